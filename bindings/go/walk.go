package joblib

import "libjoblib/joblib/internal/core"

// Each calls f with each element of a list, tuple, set or frozenset and its index, or with the
// value of each entry of a dict, until f returns false.
func (value *Value) Each(f func(i int, item *Value) bool) {
	for i, count := 0, value.items(); i < count; i++ {
		if !f(i, value.At(i)) {
			return
		}
	}
}

// An array has a length, but no values for elements.
func (value *Value) items() int {
	if kind := value.Kind(); kind == KindArray || kind == KindScalar {
		return 0
	}
	return value.Len()
}

// EachPair calls f with key and value of each entry of a dict, in the order of the file, or
// with name and value of each attribute of an object, until f returns false.
func (value *Value) EachPair(f func(key, item *Value) bool) {
	for _, dict := range value.dicts() {
		for i, count := 0, dict.Len(); i < count; i++ {
			if !f(dict.Key(i), dict.At(i)) {
				return
			}
		}
	}
}

// The dicts of the entries or attributes: an object may have two, the second for slots.
func (value *Value) dicts() []*Value {
	switch value.Kind() {
	case KindDict:
		return []*Value{value}
	case KindObject:
		return append(value.attributeDict(0), value.attributeDict(1)...)
	}
	return nil
}

func (value *Value) attributeDict(index int) []*Value {
	dict := value.find(func(object core.Value, problem *core.Problem) core.Value {
		return object.AttributeDict(index, problem)
	})
	if dict == nil {
		return nil
	}
	return []*Value{dict}
}

// Entry is an entry of a dict that has keys other than text.
type Entry struct{ Key, Value any }

// Go converts the value, and what it contains, to types of Go:
//
//	None                         nil
//	bool                         bool
//	int                          int64; uint64 or *big.Int where that is too small
//	float, complex               float64, complex128
//	str                          string
//	bytes, bytearray             []byte
//	list, tuple, set, frozenset  []any
//	dict                         map[string]any if all keys are text, else []Entry
//	numpy's numbers and text     as those of Python
//	ndarray                      *Array
//	object, class, dtype         *Value
//
// Shared and cyclic references are kept: one container of Python is one of Go.
func (value *Value) Go() (any, error) {
	if !value.owner().acquire() {
		return nil, value.owner().missing()
	}
	defer value.owner().release()
	walk := converter{made: map[uint64]any{}}
	result, err := walk.convert(value, value.native())
	for err == nil && len(walk.tasks) > 0 {
		last := len(walk.tasks) - 1
		next := walk.tasks[last]
		walk.tasks = walk.tasks[:last]
		err = walk.run(next)
	}
	return result, err
}

// converter walks without recursion, since files may be nested as deep as the options let them.
type converter struct {
	made  map[uint64]any // containers by identity
	tasks []task
}

// task reads element `index` of a container, a key or a value, and stores it.
type task struct {
	parent *Value
	index  int
	read   func(parent *Value, index int) *Value
	store  func(any)
}

func (walk *converter) run(next task) error {
	item := next.read(next.parent, next.index)
	kind := item.native()
	result, err := walk.convert(item, kind)
	if err == nil {
		next.store(result)
	}
	if kind != core.NATIVE_VALUE {
		item.handle.close() // sooner than the garbage collector would
	}
	return err
}

func (value *Value) native() int {
	return ask(value.owner(), core.NATIVE_NONE, core.Value.NativeKind)
}

// convert reads a scalar, or makes a container and adds tasks that fill it.
func (walk *converter) convert(value *Value, kind int) (any, error) {
	switch kind {
	case core.NATIVE_BYTES:
		return value.Bytes()
	case core.NATIVE_ARRAY:
		return value.Array()
	case core.NATIVE_VALUE:
		return walk.container(value), nil
	}
	return use(value.owner(), func(object core.Value, problem *core.Problem) any {
		result, _ := readScalar(object, kind, problem)
		return result
	})
}

func (walk *converter) container(value *Value) any {
	if made, found := walk.made[value.Identity()]; found {
		return made
	}
	var made any
	switch value.Kind() {
	case KindList, KindTuple, KindSet, KindFrozenSet:
		made = walk.list(value)
	case KindDict:
		made = walk.dict(value)
	default:
		made = value
	}
	walk.made[value.Identity()] = made
	return made
}

func (walk *converter) list(value *Value) []any {
	list := make([]any, value.Len())
	for i := range list {
		item := &list[i]
		walk.tasks = append(walk.tasks, task{value, i, (*Value).At, func(x any) { *item = x }})
	}
	return list
}

func (walk *converter) dict(value *Value) any {
	keys := make([]string, value.Len())
	for i := range keys {
		key, err := value.Key(i).Text()
		if err != nil {
			return walk.entries(value)
		}
		keys[i] = key
	}
	dict := make(map[string]any, len(keys))
	for i, key := range keys {
		name := key
		walk.tasks = append(walk.tasks, task{value, i, (*Value).At, func(x any) { dict[name] = x }})
	}
	return dict
}

func (walk *converter) entries(value *Value) []Entry {
	entries := make([]Entry, value.Len())
	for i := range entries {
		entry := &entries[i]
		walk.tasks = append(walk.tasks,
			task{value, i, (*Value).Key, func(x any) { entry.Key = x }},
			task{value, i, (*Value).At, func(x any) { entry.Value = x }})
	}
	return entries
}
