package core

/*
#include "handles.h"
*/
import "C"

import (
	"io"
	"runtime/cgo"
	"unsafe"
)

// sink is an io.Writer that C writes to. The writer gets memory of Go, which it may keep against
// its contract without harm.
type sink struct {
	writer   io.Writer
	failure  error // what the writer returned
	panicked bool
	value    interface{} // of the panic
}

// WriteDocument dumps to a writer. An error of the writer is returned as it is, and a panic goes
// on as if C had not been there.
func WriteDocument(document Document, writer io.Writer, options DumpOptions,
	problem *Problem) error {
	target := &sink{writer: writer}
	handle := cgo.NewHandle(target)
	defer handle.Delete()
	document.Write(uintptr(handle), options, problem)
	if target.panicked {
		panic(target.value)
	}
	return target.failure
}

//export joblibGoWrite
func joblibGoWrite(handle C.uintptr_t, data unsafe.Pointer, size C.size_t) C.int {
	target := cgo.Handle(handle).Value().(*sink)
	chunk := append([]byte(nil), unsafe.Slice((*byte)(data), int(size))...)
	if !target.write(chunk) {
		return C.JOBLIB_ERROR_CALLBACK
	}
	return C.JOBLIB_OK
}

// write is false after an error or a panic.
func (target *sink) write(chunk []byte) (ok bool) {
	defer func() {
		if target.panicked {
			target.value = recover()
			ok = false
		}
	}()
	target.panicked = true
	count, err := target.writer.Write(chunk)
	target.panicked = false
	if err == nil && count != len(chunk) {
		err = io.ErrShortWrite
	}
	target.failure = err
	return err == nil
}
