package core

/*
#include "handles.h"
*/
import "C"

import (
	"errors"
	"io"
	"runtime/cgo"
	"unsafe"
)

// Readers that return nothing this often in a row are given up.
const maxEmptyReads = 100

const maxChunk = 1 << 16

var errInvalidCount = errors.New("joblib: the reader returned an impossible count")

// stream is an io.Reader that C reads from. The reader gets memory of Go, which it may keep
// against its contract without harm.
type stream struct {
	reader   io.Reader
	chunk    []byte
	failure  error // what the reader returned, io.EOF included
	panicked bool
	value    interface{} // of the panic
}

// ReadDocument loads from a reader, to its end. An error of the reader is returned as it is,
// and a panic goes on as if C had not been there.
func ReadDocument(reader io.Reader, options LoadOptions, problem *Problem) (Document, error) {
	var document Document
	err := readStream(reader, func(handle uintptr) bool {
		document = DocumentRead(handle, options, problem)
		return problem.Status() != C.JOBLIB_ERROR_CALLBACK
	})
	return document, err
}

// ReadAudit audits from a reader as ReadDocument loads from one.
func ReadAudit(reader io.Reader, options LoadOptions, allow AllowList,
	problem *Problem) (Audit, error) {
	var audit Audit
	err := readStream(reader, func(handle uintptr) bool {
		audit = AuditRead(handle, options, allow, problem)
		if problem.Failed() {
			return true
		}
		var failure Problem
		audit.Check(&failure)
		if failure.Status() != C.JOBLIB_ERROR_CALLBACK {
			return true
		}
		DeleteAudit(audit)
		return false
	})
	return audit, err
}

// readStream lets `call` read from the handle of a reader. The call is false if the reader
// failed; then its error is returned.
func readStream(reader io.Reader, call func(handle uintptr) bool) error {
	source := &stream{reader: reader}
	handle := cgo.NewHandle(source)
	defer handle.Delete()
	ok := call(uintptr(handle))
	if source.panicked {
		panic(source.value)
	}
	if !ok {
		return source.failure
	}
	return nil
}

//export joblibGoRead
func joblibGoRead(handle C.uintptr_t, buffer unsafe.Pointer, size C.size_t, got *C.size_t) C.int {
	source := cgo.Handle(handle).Value().(*stream)
	chunk, ok := source.read(int(size))
	if !ok {
		return C.JOBLIB_ERROR_CALLBACK
	}
	copy(unsafe.Slice((*byte)(buffer), int(size)), chunk)
	*got = C.size_t(len(chunk))
	return C.JOBLIB_OK
}

// read returns at most `size` bytes, none at the end; false after an error or a panic.
func (source *stream) read(size int) (chunk []byte, ok bool) {
	defer func() {
		if source.panicked {
			source.value = recover()
			chunk, ok = nil, false
		}
	}()
	if size > maxChunk {
		size = maxChunk
	}
	if source.chunk == nil {
		source.chunk = make([]byte, maxChunk)
	}
	source.panicked = true
	count := source.fill(source.chunk[:size])
	source.panicked = false
	return source.chunk[:count], count > 0 || source.failure == io.EOF
}

// fill reads something unless the reader has failed. An error that comes with bytes is kept
// for the next call.
func (source *stream) fill(chunk []byte) int {
	for empty := 0; source.failure == nil; empty++ {
		count, err := source.reader.Read(chunk)
		source.failure = err
		if count < 0 || count > len(chunk) {
			source.failure, count = errInvalidCount, 0
		}
		if count > 0 {
			return count
		}
		if source.failure == nil && empty == maxEmptyReads {
			source.failure = io.ErrNoProgress
		}
	}
	return 0
}
