package joblib

import "libjoblib/joblib/internal/core"

// Item reads element i, counted in C order, as [Value.Go] does. Elements that Go has no type
// for are []byte: dates, durations and records.
func (array *Array) Item(i int) (any, error) {
	if array.inGo() {
		return array.packed.item(i)
	}
	var kind int
	item, err := use(array.owner(), func(object core.Array, problem *core.Problem) any {
		kind = object.NativeKind(i, problem)
		if problem.Failed() {
			return nil
		}
		return readElement(object, i, kind, problem)
	})
	if value, isValue := item.(core.Value); isValue && err == nil {
		return newValue(value).Go()
	}
	return item, err
}

func readElement(object core.Array, i, kind int, problem *core.Problem) any {
	if item, found := readScalar(element{object, i}, kind, problem); found {
		return item
	}
	if kind == core.NATIVE_BYTES {
		return []byte(object.Item(i, problem))
	}
	return object.ObjectAt(i, problem)
}

// Object is element i, counted in C order, of an array of objects; nil for other arrays and
// outside.
func (array *Array) Object(i int) *Value {
	object, _ := use(array.owner(), func(object core.Array, problem *core.Problem) core.Value {
		return object.ObjectAt(i, problem)
	})
	return newValue(object)
}

// Items reads all elements, in C order, as [Array.Item] does.
func (array *Array) Items() ([]any, error) {
	items := make([]any, array.Count())
	for i := range items {
		item, err := array.Item(i)
		if err != nil {
			return nil, err
		}
		items[i] = item
	}
	return items, nil
}

// Go converts the array to slices of slices, as deep as it has dimensions, of what
// [Array.Item] gives. Of no dimensions it is the element.
func (array *Array) Go() (any, error) {
	if array == nil {
		return nil, array.owner().missing()
	}
	items, err := array.Items()
	if err != nil {
		return nil, err
	}
	shape := array.Shape()
	if len(shape) == 0 {
		return items[0], nil
	}
	return nest(items, shape), nil
}

func nest(items []any, shape []int) []any {
	if len(shape) == 1 {
		return items
	}
	nested := make([]any, shape[0])
	for i := range nested {
		size := len(items) / len(nested)
		nested[i] = nest(items[i*size:(i+1)*size], shape[1:])
	}
	return nested
}
