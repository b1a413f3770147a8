package joblib

import (
	"encoding/binary"
	"math"
	"unsafe"
)

// packed is an array of float64 or int64 in memory of Go, in C order. Predictions write there,
// which spares them the objects of C.
type packed struct {
	shape  []int
	floats []float64 // or nil: then ints
	ints   []int64
}

var nativeOrder, nativeMark = findByteOrder()

func findByteOrder() (binary.ByteOrder, string) {
	one := uint16(1)
	if *(*byte)(unsafe.Pointer(&one)) == 1 {
		return binary.LittleEndian, "<"
	}
	return binary.BigEndian, ">"
}

func (numbers *packed) count() int { return len(numbers.floats) + len(numbers.ints) }

func (numbers *packed) dtype() string {
	if numbers.floats != nil {
		return nativeMark + "f8"
	}
	return nativeMark + "i8"
}

func (numbers *packed) float64s() []float64 {
	out := make([]float64, numbers.count())
	copy(out, numbers.floats)
	for i, number := range numbers.ints {
		out[i] = float64(number)
	}
	return out
}

func (numbers *packed) int64s() ([]int64, error) {
	if numbers.floats != nil {
		return nil, newError(ErrKind, "%s are not integers", numbers.dtype())
	}
	return append([]int64{}, numbers.ints...), nil
}

func (numbers *packed) noText() error {
	return newError(ErrKind, "%s is not text", numbers.dtype())
}

func (numbers *packed) bytes() []byte {
	out := make([]byte, 8*numbers.count())
	for i, number := range numbers.floats {
		nativeOrder.PutUint64(out[8*i:], math.Float64bits(number))
	}
	for i, number := range numbers.ints {
		nativeOrder.PutUint64(out[8*i:], uint64(number))
	}
	return out
}

func (numbers *packed) item(i int) (any, error) {
	if i < 0 || i >= numbers.count() {
		return nil, newError(ErrRange, "index %d of %d", i, numbers.count())
	}
	if numbers.floats != nil {
		return numbers.floats[i], nil
	}
	return numbers.ints[i], nil
}

func (numbers *packed) at(i int) (*Array, error) {
	if len(numbers.shape) == 0 {
		return nil, newError(ErrRange, "axis 0 of an array of 0 dimensions")
	}
	if i < 0 || i >= numbers.shape[0] {
		return nil, newError(ErrRange, "index %d of %d", i, numbers.shape[0])
	}
	size := numbers.count() / numbers.shape[0]
	part := &packed{shape: numbers.shape[1:]}
	if numbers.floats != nil {
		part.floats = numbers.floats[i*size : (i+1)*size]
	} else {
		part.ints = numbers.ints[i*size : (i+1)*size]
	}
	return &Array{packed: part}, nil
}
