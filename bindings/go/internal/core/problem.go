// Package core is the generated wrapper of the C library, the library itself, and what they
// need of Go. The package joblib is its only user.
package core

/*
#cgo CFLAGS: -O3 -fno-strict-aliasing
#cgo LDFLAGS: -lz -lm
#cgo !windows LDFLAGS: -pthread
#include "handles.h"
*/
import "C"

// Problem is a joblib_error: memory that a call of the library fills when it fails.
type Problem C.joblib_error

// Failed tells whether the last call failed.
func (problem *Problem) Failed() bool { return problem.status != C.JOBLIB_OK }

// Status is the number of a joblib_status.
func (problem *Problem) Status() int { return int(problem.status) }

// Offset is a byte of the decoded stream, or -1.
func (problem *Problem) Offset() int64 { return int64(problem.offset) }

// FileOffset is a byte of the file, or -1.
func (problem *Problem) FileOffset() int64 { return int64(problem.file_offset) }

// Row is a row of the input, or -1.
func (problem *Problem) Row() int64 { return int64(problem.row) }

// Column is a column of the input, or -1.
func (problem *Problem) Column() int64 { return int64(problem.column) }

// Path is a place in the document, or "".
func (problem *Problem) Path() string { return terminated(problem.path[:]) }

// Message is one line.
func (problem *Problem) Message() string { return terminated(problem.message[:]) }

func terminated(text []C.char) string {
	bytes := make([]byte, 0, len(text))
	for _, letter := range text {
		if letter == 0 {
			break
		}
		bytes = append(bytes, byte(letter))
	}
	return string(bytes)
}
