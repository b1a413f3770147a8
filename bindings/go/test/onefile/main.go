// onefile MODEL CASES
//
// The library as one file, joblib.c beside this program, and cgo without the package joblib:
// loads a model, predicts, and compares with scikit-learn. Exit status 0 if all labels are equal.
package main

/*
#cgo LDFLAGS: -lz -lm
#cgo !windows LDFLAGS: -pthread
#include <stdlib.h>
#include "joblib.h"
*/
import "C"

import (
	"fmt"
	"os"
	"unsafe"
)

func check(status C.joblib_status, problem *C.joblib_error) {
	if status != C.JOBLIB_OK {
		fmt.Fprintln(os.Stderr, C.GoString(&problem.message[0]))
		os.Exit(1)
	}
}

func load(path string) *C.joblib_document {
	var problem C.joblib_error
	var document *C.joblib_document
	name := C.CString(path)
	defer C.free(unsafe.Pointer(name))
	check(C.joblib_load_file(name, nil, &document, &problem), &problem)
	return document
}

func find(dict *C.joblib_value, key string) *C.joblib_value {
	name := C.CString(key)
	defer C.free(unsafe.Pointer(name))
	return C.joblib_value_find(dict, name)
}

func predict(model *C.joblib_model, rows *C.joblib_value) []float64 {
	var problem C.joblib_error
	var input C.joblib_input
	check(C.joblib_input_from_value(rows, &input, &problem), &problem)
	out := make([]float64, int(input.rows))
	check(C.joblib_model_fill(model, C.JOBLIB_METHOD_PREDICT, &input, nil,
		(*C.double)(&out[0]), C.size_t(len(out)), &problem), &problem)
	return out
}

func readNumbers(value *C.joblib_value) []float64 {
	var problem C.joblib_error
	var array C.joblib_array
	check(C.joblib_value_array(value, &array, &problem), &problem)
	out := make([]float64, int(array.count))
	check(C.joblib_array_read_float64(&array, (*C.double)(&out[0]), array.count, &problem),
		&problem)
	return out
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: onefile MODEL CASES")
		os.Exit(2)
	}
	document, cases := load(os.Args[1]), load(os.Args[2])
	defer C.joblib_document_release(document)
	defer C.joblib_document_release(cases)
	var problem C.joblib_error
	var model *C.joblib_model
	check(C.joblib_model_new(document, nil, nil, &model, &problem), &problem)
	defer C.joblib_model_release(model)

	dict := C.joblib_document_root(cases)
	found, expected := predict(model, find(dict, "X")), readNumbers(find(dict, "predict"))
	equal := 0
	for i, label := range expected {
		if found[i] == label {
			equal++
		}
	}
	fmt.Printf("joblib %s: %d labels of %d are equal\n", C.GoString(C.joblib_version()), equal,
		len(expected))
	if equal != len(expected) {
		os.Exit(1)
	}
}
