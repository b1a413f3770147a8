package joblib

import (
	"math"

	"libjoblib/joblib/internal/core"
)

// Unlimited stands for no limit: joblib.MaxDepth(joblib.Unlimited).
const Unlimited = math.MaxUint64

// Option is an option of loading.
type Option struct {
	name  string
	value uint64
}

// NamedOption sets an option by its name in C, "max_depth", as a configuration file may have
// it. An unknown name is an error of the loading.
func NamedOption(name string, value uint64) Option { return Option{name, value} }

// Mapping maps a file instead of reading it, for [Load] and [LoadModel]. The arrays of an
// uncompressed file are then views of it, and it must not shrink while the document is used.
func Mapping(on bool) Option {
	if on {
		return Option{"mapping", 1}
	}
	return Option{"mapping", 0}
}

// MaxMemory limits the bytes of the document; default 4 GiB.
func MaxMemory(bytes uint64) Option { return Option{"max_memory", bytes} }

// MaxDecoded limits the bytes after decompression; default 8 GiB.
func MaxDecoded(bytes uint64) Option { return Option{"max_decoded", bytes} }

// MaxOpcodes limits the opcodes of the pickle; default 100,000,000.
func MaxOpcodes(count uint64) Option { return Option{"max_opcodes", count} }

// MaxDepth limits how deep values are nested; default 1,000.
func MaxDepth(depth uint64) Option { return Option{"max_depth", depth} }

// MaxStack limits the values on the stack of the pickle; default 1,000,000.
func MaxStack(count uint64) Option { return Option{"max_stack", count} }

// MaxMemo limits the memo of the pickle; default 50,000,000.
func MaxMemo(count uint64) Option { return Option{"max_memo", count} }

// MaxText limits the bytes of one text; default 1 GiB.
func MaxText(bytes uint64) Option { return Option{"max_text", bytes} }

// MaxArray limits the bytes of one array; default that of [MaxMemory].
func MaxArray(bytes uint64) Option { return Option{"max_array", bytes} }

// MaxInput limits the bytes of the input as it is stored; default 4 GiB for [Read], no limit
// for files and memory.
func MaxInput(bytes uint64) Option { return Option{"max_input", bytes} }

// MaxCodecMemory limits the window of a decompressor; default 128 MiB.
func MaxCodecMemory(bytes uint64) Option { return Option{"max_codec_memory", bytes} }

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
	if err := checkText(option.name); err != nil {
		return err
	}
	var problem core.Problem
	object.SetOption(option.name, option.value, &problem)
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
