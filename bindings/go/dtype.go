package joblib

import "libjoblib/joblib/internal/core"

// DType is the type of an array's elements: what its text, "<f8", does not tell of records and
// sub-arrays.
type DType struct {
	handle *handle[core.DType]
	text   string // in place of the handle: numbers in memory of Go
}

// Field is a field of a record.
type Field struct {
	Name   string
	Type   *DType
	Offset int // bytes from the start of the record
}

func newDType(object core.DType) *DType {
	if isNull(object) {
		return nil
	}
	return &DType{handle: own(object, core.DeleteDType, "dtype")}
}

func (dtype *DType) owner() *handle[core.DType] {
	if dtype == nil {
		return nil
	}
	return dtype.handle
}

// ElementType is the type of a dtype, a numpy number or an array; nil for other kinds.
func (value *Value) ElementType() *DType {
	object, _ := use(value.owner(), core.Value.ElementType)
	return newDType(object)
}

// ElementType is the type of the elements.
func (array *Array) ElementType() *DType {
	if array.inGo() {
		return &DType{text: array.packed.dtype()}
	}
	object, _ := use(array.owner(), core.Array.ElementType)
	return newDType(object)
}

// String is the type as numpy writes it: "<f8", "|b1", "<U5", "<M8[ns]", "|O"; of a record "|V64".
func (dtype *DType) String() string {
	if dtype != nil && dtype.handle == nil {
		return dtype.text
	}
	return ask(dtype.owner(), "", core.DType.Text)
}

// ItemSize is the number of bytes of one element.
func (dtype *DType) ItemSize() int {
	if dtype != nil && dtype.handle == nil {
		return 8
	}
	return ask(dtype.owner(), 0, core.DType.Itemsize)
}

// Fields are those of a record; nil for other types.
func (dtype *DType) Fields() []Field {
	var fields []Field
	for i := 0; i < ask(dtype.owner(), 0, core.DType.FieldCount); i++ {
		fields = append(fields, dtype.field(i))
	}
	return fields
}

func (dtype *DType) field(i int) Field {
	inner, _ := use(dtype.owner(), func(object core.DType, problem *core.Problem) core.DType {
		return object.Field(i, problem)
	})
	name := ask(dtype.owner(), "", func(object core.DType) string { return object.FieldName(i) })
	offset := ask(dtype.owner(), 0, func(object core.DType) int { return object.FieldOffset(i) })
	return Field{name, newDType(inner), offset}
}

// Base is the type of the elements of a sub-array, such as ("<f8", (2, 3)); nil for other types.
func (dtype *DType) Base() *DType {
	object, _ := use(dtype.owner(), core.DType.Base)
	return newDType(object)
}

// Shape is the number of elements of a sub-array along each dimension; nil for other types.
func (dtype *DType) Shape() []int {
	var shape []int
	for axis := 0; axis < ask(dtype.owner(), 0, core.DType.Ndim); axis++ {
		size, _ := use(dtype.owner(), func(object core.DType, problem *core.Problem) int {
			return int(object.Shape(axis, problem))
		})
		shape = append(shape, size)
	}
	return shape
}
