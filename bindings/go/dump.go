package joblib

import (
	"bytes"
	"io"

	"libjoblib/joblib/internal/core"
)

// Options of a dump, beside [Allow], which names the classes and functions that are written
// although they could run code in Python or are unknown, and [NamedOption] for "fast", "in_place",
// "unsynced" and "unchecked", which the C library describes.

// Compress chooses codec and level as joblib.dump of Python does: "zlib", "zlib:3", "3", "true".
// Without it the end of the path chooses, else the document.
func Compress(text string) Option { return Option{name: "compress", texts: []string{text}} }

// Protocol chooses the protocol of the pickle, 0 to 5; default that of the document, else 4.
func Protocol(number int) Option { return NamedOption("protocol", uint64(number)) }

// Like names the release of joblib and the Python that are followed: "1.6.0/py3.13", or one of
// both.
func Like(text string) Option { return Option{name: "like", texts: []string{text}} }

// ForSklearn writes what every environment of a scikit-learn reads: "1.6".
func ForSklearn(version string) Option {
	return Option{name: "sklearn", texts: []string{version}}
}

// Fast compresses faster, to bytes that are valid but not those of joblib.
func Fast() Option { return NamedOption("fast", 1) }

// Same names the bytes of the file that a document was loaded from: the settings that give them
// again are found, and used instead of others. The error is ErrDifferent if there are none; nothing
// is written then. The bytes are read during the call only.
func Same(file []byte) Option { return Option{name: "same", bytes: append([]byte{}, file...)} }

// Dump dumps a value to the file at `path`: a [*Document], or what a [Builder] takes. At every
// moment the file is the old or the new one, complete.
func Dump(value any, path string, options ...Option) error {
	if err := checkText(path); err != nil {
		return err
	}
	return dump(value, options, func(document core.Document, set core.DumpOptions,
		problem *core.Problem) error {
		document.Dump(path, set, problem)
		return nil
	})
}

// DumpTo dumps a value to a writer. An error of the writer comes out as it is; a panic goes on to
// the caller.
func DumpTo(value any, writer io.Writer, options ...Option) error {
	return dump(value, options, func(document core.Document, set core.DumpOptions,
		problem *core.Problem) error {
		return core.WriteDocument(document, writer, set, problem)
	})
}

// Dumps dumps a value to bytes.
func Dumps(value any, options ...Option) ([]byte, error) {
	var buffer bytes.Buffer
	if err := DumpTo(value, &buffer, options...); err != nil {
		return nil, err
	}
	return buffer.Bytes(), nil
}

// Dump dumps the document to a file: [Dump].
func (document *Document) Dump(path string, options ...Option) error {
	return Dump(document, path, options...)
}

// DumpTo dumps the document to a writer: [DumpTo].
func (document *Document) DumpTo(writer io.Writer, options ...Option) error {
	return DumpTo(document, writer, options...)
}

type dumpCall func(core.Document, core.DumpOptions, *core.Problem) error

func dump(value any, options []Option, call dumpCall) error {
	document, isDocument := value.(*Document)
	if !isDocument {
		made, err := makeDocument(value)
		if err != nil {
			return err
		}
		defer made.Close()
		document = made
	}
	return withDumpOptions(options, func(set core.DumpOptions) error {
		var failure error
		_, err := use(document.owner(), func(object core.Document, problem *core.Problem) any {
			if file := sameBytes(options); file != nil {
				object.FindSame(string(file), set, problem)
			}
			if !problem.Failed() {
				failure = call(object, set, problem)
			}
			return nil
		})
		if failure != nil {
			return failure
		}
		return err
	})
}

func (document *Document) owner() *handle[core.Document] {
	if document == nil {
		return nil
	}
	return document.handle
}

// withDumpOptions calls with the options as a C object.
func withDumpOptions(options []Option, call func(core.DumpOptions) error) error {
	object, err := try(core.NewDumpOptions)
	if err != nil {
		return err
	}
	defer core.DeleteDumpOptions(object)
	for _, option := range options {
		if err := setDumpOption(object, option); err != nil {
			return err
		}
	}
	return call(object)
}

// sameBytes are those of the last option Same; nil if there is none.
func sameBytes(options []Option) (file []byte) {
	for _, option := range options {
		if option.bytes != nil {
			file = option.bytes
		}
	}
	return file
}

func setDumpOption(object core.DumpOptions, option Option) error {
	var problem core.Problem
	if option.bytes != nil {
		return nil // when the document is at hand
	}
	if option.texts == nil {
		object.SetOption(option.name, option.value, &problem)
	}
	for _, text := range option.texts {
		if err := checkText(text); err != nil {
			return err
		}
		object.SetText(option.name, text, &problem)
		if problem.Failed() {
			break
		}
	}
	return toError(&problem)
}
