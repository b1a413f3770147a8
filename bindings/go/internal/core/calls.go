package core

/*
#include "go_calls.h"
*/
import "C"

import "unsafe"

// The calls that read slices of the user. They pass pointers to numbers, and so cgo does not
// care what else is in the object that a slice is a part of.

// Output describes the numbers that RunDense wrote.
type Output C.joblib_go_output

// IsInt64 tells whether the numbers are int64 and not float64.
func (output *Output) IsInt64() bool { return output.number == C.JOBLIB_NUMBER_INT64 }

// Dimensions is 1 or 2.
func (output *Output) Dimensions() int { return int(output.ndim) }

// Int64s reads the memory of float64 as int64, which was written there.
func Int64s(numbers []float64) []int64 {
	if len(numbers) == 0 {
		return []int64{}
	}
	return unsafe.Slice((*int64)(unsafe.Pointer(&numbers[0])), len(numbers))
}

func firstByte(data []byte) unsafe.Pointer {
	if len(data) == 0 {
		return nil
	}
	return unsafe.Pointer(&data[0])
}

func firstNumber(numbers []float64) *C.double {
	if len(numbers) == 0 {
		return nil
	}
	return (*C.double)(&numbers[0])
}

func pointerTo(handle interface{ Swigcptr() uintptr }) C.uintptr_t {
	return C.uintptr_t(getSwigcptr(handle))
}

// DocumentLoads loads from bytes.
func DocumentLoads(data []byte, options LoadOptions, problem *Problem) Document {
	return SwigcptrDocument(C.joblib_go_loads((*C.uchar)(firstByte(data)), C.size_t(len(data)),
		pointerTo(options), (*C.joblib_error)(problem)))
}

// AuditLoads audits bytes.
func AuditLoads(data []byte, options LoadOptions, allow AllowList, problem *Problem) Audit {
	return SwigcptrAudit(C.joblib_go_audit((*C.uchar)(firstByte(data)), C.size_t(len(data)),
		pointerTo(options), pointerTo(allow), (*C.joblib_error)(problem)))
}

// InputPacked copies rows in bytes.
func InputPacked(data []byte, dtype string, rows, columns int, problem *Problem) Input {
	name := append([]byte(dtype), 0)
	return SwigcptrInput(C.joblib_go_packed((*C.uchar)(firstByte(data)), C.size_t(len(data)),
		(*C.char)(firstByte(name)), C.size_t(rows), C.size_t(columns),
		(*C.joblib_error)(problem)))
}

// ShareModel gives another handle of the model, which lives when `model` is closed.
func ShareModel(model Model, problem *Problem) Model {
	return SwigcptrModel(C.joblib_go_share(pointerTo(model), (*C.joblib_error)(problem)))
}

// FillDense writes the one dense numeric output of a method to `out`.
func FillDense(model Model, method int, values []float64, rows int, workspace Workspace,
	out []float64, problem *Problem) {
	C.joblib_go_fill(pointerTo(model), C.int(method), firstNumber(values), C.size_t(len(values)),
		C.size_t(rows), pointerTo(workspace), firstNumber(out), C.size_t(len(out)),
		(*C.joblib_error)(problem))
}

// RunDense returns a result, or NULL if `out` got the numbers, as `output` describes them.
func RunDense(model Model, method int, values []float64, rows int, workspace Workspace,
	threads uint, out []float64, output *Output, problem *Problem) Result {
	return SwigcptrResult(C.joblib_go_run(pointerTo(model), C.int(method), firstNumber(values),
		C.size_t(len(values)), C.size_t(rows), pointerTo(workspace), C.uint32_t(threads),
		firstNumber(out), C.size_t(len(out)), (*C.joblib_go_output)(output),
		(*C.joblib_error)(problem)))
}
