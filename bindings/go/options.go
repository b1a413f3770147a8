package joblib

import (
	"math"
	"strings"

	"libjoblib/joblib/internal/core"
)

// Unlimited stands for no limit: joblib.MaxDepth(joblib.Unlimited).
const Unlimited = math.MaxUint64

// Option is an option of loading, of an audit or of a dump.
type Option struct {
	name  string
	value uint64
	texts []string // instead of the value, unless nil
	bytes []byte   // instead of both, unless nil: those of Same
}

// NamedOption sets an option by its name in C, "max_depth", as a configuration file may have
// it. An unknown name is an error of the loading or the dump.
func NamedOption(name string, value uint64) Option { return Option{name: name, value: value} }

// Mapping maps a file instead of reading it, for [Load] and [LoadModel]. The arrays of an
// uncompressed file are then views of it, and it must not shrink while the document is used.
func Mapping(on bool) Option {
	if on {
		return NamedOption("mapping", 1)
	}
	return NamedOption("mapping", 0)
}

// MaxMemory limits the bytes of the document; default 4 GiB.
func MaxMemory(bytes uint64) Option { return NamedOption("max_memory", bytes) }

// MaxDecoded limits the bytes after decompression; default 8 GiB.
func MaxDecoded(bytes uint64) Option { return NamedOption("max_decoded", bytes) }

// MaxOpcodes limits the opcodes of the pickle; default 100,000,000.
func MaxOpcodes(count uint64) Option { return NamedOption("max_opcodes", count) }

// MaxDepth limits how deep values are nested; default 1,000.
func MaxDepth(depth uint64) Option { return NamedOption("max_depth", depth) }

// MaxStack limits the values on the stack of the pickle; default 1,000,000.
func MaxStack(count uint64) Option { return NamedOption("max_stack", count) }

// MaxMemo limits the memo of the pickle; default 50,000,000.
func MaxMemo(count uint64) Option { return NamedOption("max_memo", count) }

// MaxText limits the bytes of one text; default 1 GiB.
func MaxText(bytes uint64) Option { return NamedOption("max_text", bytes) }

// MaxArray limits the bytes of one array; default that of [MaxMemory].
func MaxArray(bytes uint64) Option { return NamedOption("max_array", bytes) }

// MaxInput limits the bytes of the input as it is stored; default 4 GiB for [Read], no limit
// for files and memory.
func MaxInput(bytes uint64) Option { return NamedOption("max_input", bytes) }

// MaxCodecMemory limits the window of a decompressor; default 128 MiB.
func MaxCodecMemory(bytes uint64) Option { return NamedOption("max_codec_memory", bytes) }

// Companions names the folder of the arrays that joblib before 0.10 kept in files of their own,
// "" for none; default the folder of the file for [Load], none for the others.
func Companions(folder string) Option {
	return Option{name: "companions", texts: []string{folder}}
}

// Allow trusts names in an audit, and lets a dump write them: "package.module.Class". Loading has
// no such option.
func Allow(names ...string) Option {
	return Option{name: optionAllow, texts: append([]string{}, names...)}
}

const optionAllow = "allow"

// splitAllowed gives the options of loading, and the names of all others.
func splitAllowed(options []Option) (loading []Option, names []string) {
	for _, option := range options {
		if option.name == optionAllow && option.texts != nil {
			names = append(names, option.texts...)
		} else {
			loading = append(loading, option)
		}
	}
	return loading, names
}

// withOptions calls with the options as a C object, which is nil if there are none.
func withOptions(options []Option, call func(core.LoadOptions) error) error {
	if len(options) == 0 {
		return call(nil)
	}
	object, err := try(core.NewLoadOptions)
	if err != nil {
		return err
	}
	defer core.DeleteLoadOptions(object)
	for _, option := range options {
		if err := setOption(object, option); err != nil {
			return err
		}
	}
	return call(object)
}

func setOption(object core.LoadOptions, option Option) error {
	if err := checkText(option.name + strings.Join(option.texts, "")); err != nil {
		return err
	}
	var problem core.Problem
	if len(option.texts) == 1 {
		object.SetText(option.name, option.texts[0], &problem)
	} else {
		object.SetOption(option.name, option.value, &problem)
	}
	return toError(&problem)
}

// RunOption is an option of a prediction.
type RunOption struct{ threads uint }

// WithThreads splits the rows over so many threads, with the same bits in the result; default 1.
func WithThreads(count int) RunOption {
	if count < 0 {
		count = 0
	}
	return RunOption{uint(count)}
}

func countThreads(options []RunOption) uint {
	threads := uint(0)
	for _, option := range options {
		threads = option.threads
	}
	return threads
}
