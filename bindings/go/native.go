package joblib

import (
	"math/big"

	"libjoblib/joblib/internal/core"
)

// What the library calls a number or text, and Go has a type for. Values have these methods,
// and elements of arrays.
type scalar interface {
	AsBool(*core.Problem) bool
	AsInt64(*core.Problem) int64
	AsUint64(*core.Problem) uint64
	AsFloat64(*core.Problem) float64
	Real(*core.Problem) float64
	Imaginary(*core.Problem) float64
	Decimal(*core.Problem) string
	Text(*core.Problem) string
}

type element struct {
	array core.Array
	index int
}

func (e element) AsBool(problem *core.Problem) bool   { return e.array.AsBool(e.index, problem) }
func (e element) AsInt64(problem *core.Problem) int64 { return e.array.AsInt64(e.index, problem) }
func (e element) AsUint64(problem *core.Problem) uint64 {
	return e.array.AsUint64(e.index, problem)
}
func (e element) AsFloat64(problem *core.Problem) float64 {
	return e.array.AsFloat64(e.index, problem)
}
func (e element) Real(problem *core.Problem) float64 { return e.array.Real(e.index, problem) }
func (e element) Imaginary(problem *core.Problem) float64 {
	return e.array.Imaginary(e.index, problem)
}
func (e element) Decimal(problem *core.Problem) string { return e.array.Decimal(e.index, problem) }
func (e element) Text(problem *core.Problem) string    { return e.array.Text(e.index, problem) }

// readScalar reads what has one of the native kinds; false for the others.
func readScalar(from scalar, kind int, problem *core.Problem) (any, bool) {
	switch kind {
	case core.NATIVE_NONE:
		return nil, true
	case core.NATIVE_BOOL:
		return from.AsBool(problem), true
	case core.NATIVE_INT64:
		return from.AsInt64(problem), true
	case core.NATIVE_UINT64:
		return from.AsUint64(problem), true
	case core.NATIVE_BIG:
		return parseDecimal(from.Decimal(problem)), true
	case core.NATIVE_FLOAT64:
		return from.AsFloat64(problem), true
	case core.NATIVE_COMPLEX:
		return readComplex(from, problem), true
	case core.NATIVE_TEXT:
		return from.Text(problem), true
	}
	return nil, false
}

func readComplex(from scalar, problem *core.Problem) complex128 {
	real := from.Real(problem)
	if problem.Failed() {
		return 0
	}
	return complex(real, from.Imaginary(problem))
}

func parseDecimal(digits string) *big.Int {
	number, _ := new(big.Int).SetString(digits, 10)
	return number
}
