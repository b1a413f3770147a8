package joblib

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"unicode/utf8"
)

// Element is what an array of numpy can hold: bool, numbers, text.
type Element interface {
	bool | int | int8 | int16 | int32 | int64 | uint8 | uint16 | uint32 | uint64 |
		float32 | float64 | string
}

// NewScalar makes one number or text of numpy's types.
func NewScalar[T Element](element T) Scalar {
	packed, dtype := packElements([]T{element})
	return Scalar{packed, dtype}
}

// NewArray makes an array from its elements in C order, which are copied. Without a shape it has
// one dimension. Its type is that of Go: "<f8" for float64, "<i8" for int, "<U5" for text of at
// most five letters.
func NewArray[T Element](elements []T, shape ...int) (*Array, error) {
	if shape == nil {
		shape = []int{len(elements)}
	}
	packed, dtype := packElements(elements)
	return makeArray(func(work *maker) int64 { return work.array(packed, dtype, shape) })
}

// NewObjectArray makes an array of objects from anything that a [Builder] takes.
func NewObjectArray(items []any, shape ...int) (*Array, error) {
	if shape == nil {
		shape = []int{len(items)}
	}
	return makeArray(func(work *maker) int64 {
		numbers := work.numbers(items)
		if work.err != nil {
			return 0
		}
		return work.got(work.core.ObjectArray(numbers, wide(shape), work.problem))
	})
}

func makeArray(call func(*maker) int64) (*Array, error) {
	builder, err := NewBuilder()
	if err != nil {
		return nil, err
	}
	defer builder.Close()
	document, err := builder.finish(func() int64 { return call(&builder.maker) })
	if err != nil {
		return nil, err
	}
	defer document.Close()
	root, err := document.Root()
	if err != nil {
		return nil, err
	}
	return root.Array()
}

// packElements gives the bytes of all elements, and their type.
func packElements[T Element](elements []T) (string, string) {
	switch elements := any(elements).(type) {
	case []string:
		return packTexts(elements)
	case []int:
		wide := make([]int64, len(elements))
		for i, number := range elements {
			wide[i] = int64(number)
		}
		return packElements(wide)
	}
	var buffer bytes.Buffer
	_ = binary.Write(&buffer, nativeOrder, elements) // of fixed size, and memory does not fail
	return buffer.String(), dtypeOf(elements)
}

func dtypeOf(elements any) string {
	names := map[string]string{
		"[]bool": "|b1", "[]int8": "|i1", "[]uint8": "|u1", "[]int16": "i2", "[]uint16": "u2",
		"[]int32": "i4", "[]uint32": "u4", "[]int64": "i8", "[]uint64": "u8",
		"[]float32": "f4", "[]float64": "f8",
	}
	name := names[fmt.Sprintf("%T", elements)]
	if name[0] == '|' {
		return name
	}
	return nativeMark + name
}

// packTexts gives each text four bytes a letter, and all one length.
func packTexts(texts []string) (string, string) {
	length := 1
	for _, text := range texts {
		if count := utf8.RuneCountInString(text); count > length {
			length = count
		}
	}
	letters := make([]rune, 0, length*len(texts))
	for _, text := range texts {
		row := append(make([]rune, 0, length), []rune(text)...)
		letters = append(letters, row[:length]...)
	}
	packed, _ := packElements(letters)
	return packed, fmt.Sprintf("%sU%d", nativeMark, length)
}
