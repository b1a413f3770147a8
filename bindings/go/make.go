package joblib

import (
	"math"
	"math/big"
	"reflect"
	"strings"

	"libjoblib/joblib/internal/core"
)

// Forms of the types of made.go.
const (
	formCall   = int(FormReduce)
	formNew    = int(FormNewObj)
	formNewKey = int(FormNewObjEx)
)

// maker makes values of a builder from values of Go. A value is a number; 0 stands for none, and
// for all that is made after the first error. Lists, dicts and objects come empty and are filled
// later, so that values can be nested as deep as they like, and in cycles.
type maker struct {
	core    core.Builder
	made    map[identity]madeValue
	tasks   []func()
	problem *core.Problem // alone in its memory: cgo looks at all of an object
	err     error
}

// identity tells references apart: one slice, map or pointer is one value of Python.
type identity struct {
	address uintptr
	length  int
	of      reflect.Type
}

// madeValue keeps what was met alive, so that no other gets its address. The number is 0 while the
// value is being made.
type madeValue struct {
	number int64
	source reflect.Value
}

func (work *maker) fail(err error) int64 {
	if work.err == nil {
		work.err = err
	}
	return 0
}

// got passes a number on unless the call failed.
func (work *maker) got(number int64) int64 {
	if work.problem.Failed() {
		return work.fail(readProblem(work.problem))
	}
	return number
}

// all makes a value and everything inside.
func (work *maker) all(value any) (int64, error) {
	return work.finish(func() int64 { return work.number(value) })
}

func (work *maker) finish(first func() int64) (int64, error) {
	work.err = nil
	number := first()
	work.doTasks(0)
	if work.err != nil {
		work.forget()
	}
	return number, work.err
}

// doTasks does the tasks that came after the first `done`.
func (work *maker) doTasks(done int) {
	for len(work.tasks) > done && work.err == nil {
		last := len(work.tasks) - 1
		task := work.tasks[last]
		work.tasks = work.tasks[:last]
		task()
	}
}

func (work *maker) forget() { work.made, work.tasks = map[identity]madeValue{}, nil }

func (work *maker) later(number int64, fill func()) int64 {
	if number != 0 {
		work.tasks = append(work.tasks, fill)
	}
	return number
}

func (work *maker) number(value any) int64 {
	if work.err != nil {
		return 0
	}
	problem := work.problem
	switch value := value.(type) {
	case nil:
		return work.got(work.core.None(problem))
	case bool:
		return work.got(work.core.Boolean(value, problem))
	case int:
		return work.got(work.core.Int64(int64(value), problem))
	case float64:
		return work.got(work.core.Float64(value, problem))
	case string:
		return work.got(work.core.Text(value, problem))
	}
	if number, found := work.known(value); found {
		return number
	}
	return work.reflected(reflect.ValueOf(value))
}

// known makes the values that have a type of this package, or of big integers.
func (work *maker) known(value any) (int64, bool) {
	switch value := value.(type) {
	case *big.Int:
		return work.bigInt(value), true
	case Tuple:
		return work.remember(reflect.ValueOf(value), func() int64 { return work.tuple(value) }), true
	case FrozenSet:
		return work.remember(reflect.ValueOf(value), func() int64 { return work.frozen(value) }), true
	case Set:
		return work.remember(reflect.ValueOf(value), func() int64 { return work.set(value) }), true
	case Dict:
		return work.remember(reflect.ValueOf(value), func() int64 { return work.dict(value) }), true
	case Class:
		return work.class(value), true
	case Scalar:
		return work.scalar(value), true
	case Object:
		return work.object(&value), true
	case *Object:
		return work.remember(reflect.ValueOf(value), func() int64 { return work.object(value) }), true
	case Call:
		return work.call(&value), true
	case Estimator:
		return work.estimator(&value), true
	case *Estimator:
		return work.remember(reflect.ValueOf(value), func() int64 { return work.estimator(value) }), true
	case *Call:
		return work.remember(reflect.ValueOf(value), func() int64 { return work.call(value) }), true
	}
	return work.copied(value)
}

// copied makes copies of what a file or a model gave.
func (work *maker) copied(value any) (int64, bool) {
	switch value := value.(type) {
	case *Node:
		return work.node(value), true
	case *Value:
		return work.copyValue(value), true
	case *Array:
		return work.copyArray(value), true
	case *Result:
		array, err := value.Array()
		if err != nil {
			return work.fail(err), true
		}
		return work.copyArray(array), true
	case *Document:
		root, err := value.Root()
		if err != nil {
			return work.fail(err), true
		}
		return work.copyValue(root), true
	}
	return 0, false
}

func (work *maker) bigInt(value *big.Int) int64 {
	if value == nil {
		return work.got(work.core.None(work.problem))
	}
	return work.got(work.core.Decimal(value.String(), work.problem))
}

func (work *maker) numbers(items []any) []int64 {
	numbers := []int64{}
	for _, item := range items {
		numbers = append(numbers, work.number(item))
	}
	return numbers
}

func (work *maker) tuple(items Tuple) int64 {
	if numbers := work.numbers(items); work.err == nil {
		return work.got(work.core.Tuple(numbers, work.problem))
	}
	return 0
}

func (work *maker) frozen(items FrozenSet) int64 {
	if numbers := work.numbers(items); work.err == nil {
		return work.got(work.core.Frozenset(numbers, work.problem))
	}
	return 0
}

func (work *maker) class(class Class) int64 {
	if err := checkText(string(class)); err != nil {
		return work.fail(err)
	}
	return work.got(work.core.Global(string(class), work.problem))
}

func (work *maker) node(node *Node) int64 {
	if node == nil || &node.builder.maker != work {
		return work.fail(newError(ErrArgument, "the value is of another builder"))
	}
	return node.number
}

func (work *maker) copyValue(value *Value) int64 {
	number, err := use(value.owner(), func(object core.Value, problem *core.Problem) int64 {
		return work.core.Copy(object, problem)
	})
	if err != nil {
		return work.fail(err)
	}
	return number
}

func (work *maker) copyArray(array *Array) int64 {
	if array != nil && array.source != nil {
		return work.copyValue(array.source)
	}
	if array.inGo() {
		return work.array(string(array.packed.bytes()), array.packed.dtype(), array.packed.shape)
	}
	number, err := use(array.owner(), func(object core.Array, problem *core.Problem) int64 {
		return work.core.CopyArray(object, problem)
	})
	if err != nil {
		return work.fail(err)
	}
	return number
}

func (work *maker) array(elements, dtype string, shape []int) int64 {
	return work.got(work.core.Array(elements, dtype, wide(shape), false, work.problem))
}

func wide(shape []int) []int64 {
	sizes := []int64{}
	for _, size := range shape {
		sizes = append(sizes, int64(size))
	}
	return sizes
}

func (work *maker) scalar(value Scalar) int64 {
	return work.got(work.core.Scalar(value.packed, value.dtype, work.problem))
}

// key makes the key of a dict. Names are one value for each text, as they are in Python.
func (work *maker) key(value any) int64 {
	text, isText := value.(string)
	if !isText || hasNul(text) || work.err != nil {
		return work.number(value)
	}
	return work.got(work.core.Key(text, work.problem))
}

func (work *maker) put(dict int64, key, value any) {
	keyNumber, valueNumber := work.key(key), work.number(value)
	if work.err == nil {
		work.core.Put(dict, keyNumber, valueNumber, work.problem)
		work.got(0)
	}
}

func (work *maker) append(list int64, item any) {
	if number := work.number(item); work.err == nil {
		work.core.Append(list, number, work.problem)
		work.got(0)
	}
}

func (work *maker) dict(entries Dict) int64 {
	number := work.got(work.core.Dict(work.problem))
	return work.later(number, func() {
		for _, entry := range entries {
			work.put(number, entry.Key, entry.Value)
		}
	})
}

func (work *maker) set(items Set) int64 {
	number := work.got(work.core.Set(work.problem))
	return work.later(number, func() {
		for _, item := range items {
			if one := work.number(item); work.err == nil {
				work.core.Add(number, one, work.problem)
				work.got(0)
			}
		}
	})
}

func (work *maker) object(object *Object) int64 {
	form, keywords := formNew, int64(0)
	if object.Keywords != nil {
		form, keywords = formNewKey, work.number(object.Keywords)
	}
	number := work.instance(form, object.Class, object.Arguments, keywords)
	return work.later(number, func() {
		for _, item := range object.Items {
			work.append(number, item)
		}
		for _, entry := range object.Entries {
			work.put(number, entry.Key, entry.Value)
		}
		work.state(number, object.State)
	})
}

func (work *maker) call(call *Call) int64 {
	number := work.instance(formCall, call.Function, call.Arguments, 0)
	return work.later(number, func() { work.state(number, call.State) })
}

// What an estimator is made of must be complete.
func (work *maker) estimator(estimator *Estimator) int64 {
	if err := checkText(estimator.Class + estimator.Version); err != nil {
		return work.fail(err)
	}
	given := estimator.Attributes
	if given == nil {
		given = map[string]any{}
	}
	done := len(work.tasks)
	attributes := work.number(given)
	work.doTasks(done)
	if work.err != nil {
		return 0
	}
	return work.got(work.core.Estimator(estimator.Class, estimator.Version, attributes,
		work.problem))
}

func (work *maker) instance(form int, class Class, arguments []any, keywords int64) int64 {
	classNumber := work.class(class)
	tuple := work.number(Tuple(arguments))
	if work.err != nil {
		return 0
	}
	return work.got(work.core.Object(form, classNumber, tuple, keywords, work.problem))
}

func (work *maker) state(object int64, state any) {
	if state == nil {
		return
	}
	if number := work.number(state); work.err == nil {
		work.core.SetState(object, number, work.problem)
		work.got(0)
	}
}

func (work *maker) unsigned(number uint64) int64 {
	if number <= math.MaxInt64 {
		return work.got(work.core.Int64(int64(number), work.problem))
	}
	return work.bigInt(new(big.Int).SetUint64(number))
}

// remember makes what a slice, map or pointer refers to, unless it was met before.
func (work *maker) remember(source reflect.Value, create func() int64) int64 {
	length := 0
	if source.Kind() == reflect.Slice {
		if length = source.Len(); length == 0 {
			return create()
		}
	}
	key := identity{source.Pointer(), length, source.Type()}
	found, met := work.made[key]
	if met && found.number == 0 {
		return work.fail(newError(ErrKind, "a %s holds itself", source.Type()))
	}
	if !met {
		work.made[key] = madeValue{0, source}
		found = madeValue{create(), source}
		work.made[key] = found
	}
	return found.number
}

// fieldName is the key of a field of a struct: its tag, `joblib:"name"`, or its name; "" for one
// that is left out.
func fieldName(field reflect.StructField) string {
	tag := field.Tag.Get("joblib")
	if !field.IsExported() || tag == "-" {
		return ""
	}
	if name, _, _ := strings.Cut(tag, ","); name != "" {
		return name
	}
	return field.Name
}
