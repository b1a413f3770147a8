package joblib

import (
	"fmt"
	"strings"

	"libjoblib/joblib/internal/core"
)

// Array is an n-dimensional array of a document, a model or a result, and keeps it alive.
// Indices count from 0 and, where there is one for several dimensions, in C order: the last
// dimension goes fastest.
type Array struct {
	handle *handle[core.Array]
	packed *packed // in place of the handle: numbers in memory of Go
	source *Value  // whose array it is, or nil
}

func newArray(object core.Array) *Array {
	if isNull(object) {
		return nil
	}
	return &Array{handle: own(object, core.DeleteArray, "array")}
}

func (array *Array) owner() *handle[core.Array] {
	if array == nil {
		return nil
	}
	return array.handle
}

func (array *Array) inGo() bool { return array != nil && array.packed != nil }

// DType is the type of the elements as numpy writes it: "<f8", "|b1", "<U5", "<M8[ns]", "|O".
func (array *Array) DType() string {
	if array.inGo() {
		return array.packed.dtype()
	}
	return ask(array.owner(), "", core.Array.Dtype)
}

// Shape is the number of elements along each dimension.
func (array *Array) Shape() []int {
	if array.inGo() {
		return append([]int{}, array.packed.shape...)
	}
	return ask(array.owner(), nil, func(object core.Array) []int {
		var problem core.Problem
		shape := make([]int, object.Ndim())
		for axis := range shape {
			shape[axis] = int(object.Shape(axis, &problem))
		}
		return shape
	})
}

// Len is the number of elements along the first dimension; 0 if there is none.
func (array *Array) Len() int {
	if shape := array.Shape(); len(shape) > 0 {
		return shape[0]
	}
	return 0
}

// Count is the number of elements in all.
func (array *Array) Count() int {
	if array.inGo() {
		return array.packed.count()
	}
	return ask(array.owner(), 0, core.Array.Count)
}

// ItemSize is the number of bytes of one element; of objects that of a pointer.
func (array *Array) ItemSize() int {
	if array.inGo() {
		return 8
	}
	return ask(array.owner(), 0, core.Array.Itemsize)
}

// Order is "C" or "F" for the memory order of that name, "" for neither.
func (array *Array) Order() string {
	if array.inGo() {
		return "C"
	}
	return ask(array.owner(), "", core.Array.Order)
}

// String describes the array: "ndarray <f8 (2, 3)".
func (array *Array) String() string {
	shape := strings.Trim(strings.ReplaceAll(fmt.Sprint(array.Shape()), " ", ", "), "[]")
	return fmt.Sprintf("ndarray %s (%s)", array.DType(), shape)
}

// Float64s copies all elements, in C order: bool, integers and floats. Integers beyond 2^53 are
// rounded to nearest.
func (array *Array) Float64s() ([]float64, error) {
	if array.inGo() {
		return array.packed.float64s(), nil
	}
	return use(array.owner(), func(object core.Array, problem *core.Problem) []float64 {
		out := make([]float64, object.Count())
		object.ReadFloat64s(out, problem)
		return out
	})
}

// Int64s copies all elements, in C order: bool and integers, exactly. ErrRange if one is too
// large, ErrKind for other elements.
func (array *Array) Int64s() ([]int64, error) {
	if array.inGo() {
		return array.packed.int64s()
	}
	return use(array.owner(), func(object core.Array, problem *core.Problem) []int64 {
		out := make([]int64, object.Count())
		object.ReadInt64s(out, problem)
		return out
	})
}

// Bytes copies the bytes of all elements, in C order and in this machine's byte order. ErrKind
// for objects.
func (array *Array) Bytes() ([]byte, error) {
	if array.inGo() {
		return array.packed.bytes(), nil
	}
	return use(array.owner(), func(object core.Array, problem *core.Problem) []byte {
		out := make([]byte, object.Count()*object.Itemsize())
		object.ReadBytes(out, problem)
		return out
	})
}

// StoredBytes copies the bytes of all elements as they stand in memory: in the byte order of
// [Array.DType] and in [Array.Order], or in C order where that is "". ErrKind for objects.
func (array *Array) StoredBytes() ([]byte, error) {
	if array.inGo() {
		return array.packed.bytes(), nil
	}
	bytes, err := use(array.owner(), core.Array.StoredBytes)
	if err != nil {
		return nil, err
	}
	return []byte(bytes), nil
}

// Texts reads all elements, in C order: text, bytes of kind 'S', or objects that are str.
func (array *Array) Texts() ([]string, error) {
	if array.inGo() {
		return nil, array.packed.noText()
	}
	return use(array.owner(), func(object core.Array, problem *core.Problem) []string {
		out := make([]string, object.Count())
		for i := range out {
			out[i] = object.Text(i, problem)
			if problem.Failed() {
				return nil
			}
		}
		return out
	})
}

// At is the part of the array at index i of its first dimension.
func (array *Array) At(i int) (*Array, error) {
	if array.inGo() {
		return array.packed.at(i)
	}
	object, err := use(array.owner(), func(object core.Array, problem *core.Problem) core.Array {
		return object.At(i, problem)
	})
	return newArray(object), err
}

// Rows copies the numbers of an array of two dimensions row by row; one of one dimension is one
// row.
func (array *Array) Rows() ([][]float64, error) {
	shape := array.Shape()
	flat, err := array.Float64s()
	if err != nil {
		return nil, err
	}
	if len(shape) == 1 {
		return [][]float64{flat}, nil
	}
	if len(shape) != 2 {
		return nil, newError(ErrKind, "an array of %d dimensions has no rows", len(shape))
	}
	rows := make([][]float64, shape[0])
	for i := range rows {
		rows[i] = flat[i*shape[1] : (i+1)*shape[1] : (i+1)*shape[1]]
	}
	return rows, nil
}

// Fields names the fields of an array of records; nil for others.
func (array *Array) Fields() []string {
	return ask(array.owner(), nil, func(object core.Array) []string {
		var names []string
		for i := 0; i < object.FieldCount(); i++ {
			names = append(names, object.FieldName(i))
		}
		return names
	})
}

// Field is one field of all records; nil if there is none of that name.
func (array *Array) Field(name string) *Array {
	if hasNul(name) {
		return nil
	}
	object, _ := use(array.owner(), func(object core.Array, problem *core.Problem) core.Array {
		return object.Field(name, problem)
	})
	return newArray(object)
}
