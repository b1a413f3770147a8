// Package joblib reads and writes joblib files and runs the scikit-learn models in them, without
// Python. Nothing in a file is ever executed, imported or opened.
//
//	model, err := joblib.LoadModel("model.joblib")
//	if err != nil {
//		return err
//	}
//	defer model.Close()
//	labels, err := model.Predict(joblib.Rows{{5.1, 3.5, 1.4, 0.2}})
//
// # Ownership
//
// Every document, value, array, model and result keeps alive what it needs of the C library
// and is freed by the garbage collector. Close of a [Document] or [Model] only frees earlier:
// values, arrays and results that were made before stay valid, and calls that run meanwhile
// end well. What is asked of a closed document or model afterwards is an error.
//
// # Concurrency
//
// Documents, values, arrays, models and results are immutable: any number of goroutines may use
// them at once. They may share a builder too, which does one thing after the other.
//
// # Errors
//
// The library's errors are of type [*Error]; errors.Is(err, joblib.ErrTruncated) asks for a
// status. An error of an io.Reader comes out of [Read] unchanged, that of an io.Writer out of
// [DumpTo].
package joblib

import "libjoblib/joblib/internal/core"

// Version is the version of the C library inside, "1.2.3".
func Version() string { return core.Version() }

// CodecAvailable tells whether files of a codec can be read, by joblib's name for it: "zlib",
// "gzip" … and "raw" for files that are not compressed.
func CodecAvailable(name string) bool { return !hasNul(name) && core.CodecAvailable(name) }
