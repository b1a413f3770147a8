package joblib

import (
	"io"

	"libjoblib/joblib/internal/core"
)

// Document is a loaded file: immutable, owner of all its values.
type Document struct{ handle *handle[core.Document] }

func newDocument(object core.Document) *Document {
	return &Document{own(object, core.DeleteDocument, "document")}
}

// Load loads the file at `path`.
func Load(path string, options ...Option) (*Document, error) {
	if err := checkText(path); err != nil {
		return nil, err
	}
	return load(options, func(set core.LoadOptions, problem *core.Problem) (core.Document, error) {
		return core.DocumentLoad(path, set, problem), nil
	})
}

// Loads loads from bytes, which are read during the call only.
func Loads(data []byte, options ...Option) (*Document, error) {
	return load(options, func(set core.LoadOptions, problem *core.Problem) (core.Document, error) {
		return core.DocumentLoads(data, set, problem), nil
	})
}

// Read loads from a reader, to its end. An error that the reader returns comes out as it is; a
// panic of the reader goes on to the caller.
func Read(reader io.Reader, options ...Option) (*Document, error) {
	return load(options, func(set core.LoadOptions, problem *core.Problem) (core.Document, error) {
		return core.ReadDocument(reader, set, problem)
	})
}

func load(options []Option,
	call func(core.LoadOptions, *core.Problem) (core.Document, error)) (*Document, error) {
	var document *Document
	err := withOptions(options, func(set core.LoadOptions) error {
		var problem core.Problem
		object, err := call(set, &problem)
		if err == nil {
			err = toError(&problem)
		}
		if err == nil {
			document = newDocument(object)
		}
		return err
	})
	return document, err
}

// Close frees the document as soon as no value, array or model of it is left. Twice is fine.
func (document *Document) Close() error {
	document.handle.close()
	return nil
}

// Root is the object in the file.
func (document *Document) Root() (*Value, error) {
	object, err := use(document.handle, core.Document.Root)
	return newValue(object), err
}

// Codec is the container that the document was read from: "raw", "zlib", "gzip" …
func (document *Document) Codec() (string, error) {
	return use(document.handle, core.Document.Codec)
}

// Protocol is the pickle protocol that the file declares, 0 if it declares none.
func (document *Document) Protocol() (int, error) {
	return use(document.handle, core.Document.Protocol)
}

// Upgrade makes a document with the models of this one as another release of scikit-learn has
// them, older or newer: "1.6" or in full, "" for the newest. Dump it with ForSklearn(version). The
// error is ErrEstimator where an estimator has no rule, or the release no place for a value.
func (document *Document) Upgrade(version string) (*Document, error) {
	if err := checkText(version); err != nil {
		return nil, err
	}
	object, err := use(document.handle, func(object core.Document,
		problem *core.Problem) core.Document {
		return object.Upgrade(version, problem)
	})
	if err != nil {
		return nil, err
	}
	return newDocument(object), nil
}

// Memory is the number of bytes that the document holds; mapped files do not count.
func (document *Document) Memory() (int, error) {
	return use(document.handle, core.Document.Memory)
}
