package joblib

import (
	"fmt"
	"math"
	"math/big"

	"libjoblib/joblib/internal/core"
)

// Value is a value of a document, and keeps it alive.
//
// Methods that look something up return nil where there is nothing, and all methods accept
// nil, so that look-ups can be chained: an error then says that there is no such value.
type Value struct{ handle *handle[core.Value] }

func newValue(object core.Value) *Value {
	if isNull(object) {
		return nil
	}
	return &Value{own(object, core.DeleteValue, "value")}
}

func (value *Value) owner() *handle[core.Value] {
	if value == nil {
		return nil
	}
	return value.handle
}

func (value *Value) ask(call func(core.Value) string) string {
	return ask(value.owner(), "", call)
}

// find makes a call that looks a value up. It fails without memory only.
func (value *Value) find(call func(core.Value, *core.Problem) core.Value) *Value {
	object, _ := use(value.owner(), call)
	return newValue(object)
}

// Show is the value as a tree with a line for each value down to `depth` levels below the
// first; a negative depth shows all. What a terminal would obey is escaped.
func (value *Value) Show(depth int) (string, error) {
	levels := uint64(math.MaxUint64)
	if depth >= 0 {
		levels = uint64(depth) + 1
	}
	return value.print(core.PRINT_TREE, levels)
}

// MarshalJSON is everything below the value as tagged JSON, without loss; the repository has its
// schema.
func (value *Value) MarshalJSON() ([]byte, error) {
	text, err := value.print(core.PRINT_JSON, 0)
	return []byte(text), err
}

func (value *Value) print(format int, levels uint64) (string, error) {
	return use(value.owner(), func(object core.Value, problem *core.Problem) string {
		return object.Print(format, levels, problem)
	})
}

// Kind is the kind of the value.
func (value *Value) Kind() Kind {
	return Kind(ask(value.owner(), int(KindMissing), core.Value.Kind))
}

// Identity is the same number for two references to one Python object, while either lives.
func (value *Value) Identity() uint64 { return ask(value.owner(), 0, core.Value.Identity) }

// Same tells whether both values are one Python object.
func (value *Value) Same(other *Value) bool {
	return value != nil && other != nil && value.Identity() == other.Identity()
}

// String describes the value in a few words; use the methods below to read it.
func (value *Value) String() string {
	if name := value.ClassName(); name != "" {
		return fmt.Sprintf("%v %s.%s", value.Kind(), value.ModuleName(), name)
	}
	return fmt.Sprintf("%v of %d", value.Kind(), value.Len())
}

// Numbers, text and bytes

// Bool reads a bool, also of numpy.
func (value *Value) Bool() (bool, error) { return use(value.owner(), core.Value.AsBool) }

// Int64 reads an integer: int, bool, or a numpy scalar of either. ErrRange if it is too large.
func (value *Value) Int64() (int64, error) { return use(value.owner(), core.Value.AsInt64) }

// Uint64 is like Int64.
func (value *Value) Uint64() (uint64, error) { return use(value.owner(), core.Value.AsUint64) }

// Float64 reads a number: float, int, bool, or a numpy scalar of these. Integers are rounded to
// nearest; ErrRange for those beyond float64.
func (value *Value) Float64() (float64, error) { return use(value.owner(), core.Value.AsFloat64) }

// Complex reads a complex number.
func (value *Value) Complex() (complex128, error) {
	return use(value.owner(), func(object core.Value, problem *core.Problem) complex128 {
		return readComplex(object, problem)
	})
}

// BigInt reads an integer of any size.
func (value *Value) BigInt() (*big.Int, error) {
	digits, err := use(value.owner(), core.Value.Decimal)
	if err != nil {
		return nil, err
	}
	return parseDecimal(digits), nil
}

// Text reads a str. A str of Python 2 is text too if all its bytes are ASCII. Lone surrogates
// stand as three bytes each, which is not valid UTF-8.
func (value *Value) Text() (string, error) { return use(value.owner(), core.Value.Text) }

// Bytes reads bytes, a bytearray or a str of Python 2.
func (value *Value) Bytes() ([]byte, error) {
	bytes, err := use(value.owner(), core.Value.Bytes)
	if err != nil {
		return nil, err
	}
	return []byte(bytes), nil
}

// IsPython2 tells whether bytes are the str of a Python 2 pickle.
func (value *Value) IsPython2() bool { return ask(value.owner(), false, core.Value.IsPy2) }

// Containers

// Len is the number of elements of a list, tuple, set or frozenset, of entries of a dict, of
// elements of an array along its first dimension; 0 for everything else.
func (value *Value) Len() int { return ask(value.owner(), 0, core.Value.Count) }

// At is element i, from 0, of a list, tuple, set or frozenset, or the value of entry i of a
// dict; nil outside, and for other kinds.
func (value *Value) At(i int) *Value {
	return value.find(func(object core.Value, problem *core.Problem) core.Value {
		return object.At(i, problem)
	})
}

// Key is the key of entry i of a dict, in the order of the file; nil outside.
func (value *Value) Key(i int) *Value {
	return value.find(func(object core.Value, problem *core.Problem) core.Value {
		return object.Key(i, problem)
	})
}

// Get finds the value of a text key in a dict; nil if there is none. Keys with a NUL are found
// by [Value.EachPair] only.
func (value *Value) Get(key string) *Value {
	if hasNul(key) {
		return nil
	}
	return value.find(func(object core.Value, problem *core.Problem) core.Value {
		return object.Find(key, problem)
	})
}

// GetInt finds the value of an integer key in a dict, also where the key is an equal float or
// bool; nil if there is none.
func (value *Value) GetInt(key int64) *Value {
	return value.find(func(object core.Value, problem *core.Problem) core.Value {
		return object.FindInt(key, problem)
	})
}

// Classes and objects

// Attr finds an attribute in an object's state; nil if there is none.
func (value *Value) Attr(name string) *Value {
	if hasNul(name) {
		return nil
	}
	return value.find(func(object core.Value, problem *core.Problem) core.Value {
		return object.Attribute(name, problem)
	})
}

// ModuleName is the module of a class or function, or of an object's class; else "".
func (value *Value) ModuleName() string { return value.ask(core.Value.ModuleName) }

// ClassName is the name of a class or function, or of an object's class, without its module;
// else "".
func (value *Value) ClassName() string { return value.ask(core.Value.ClassName) }

// Form says how an object was made; FormReduce for other kinds.
func (value *Value) Form() Form { return Form(ask(value.owner(), 0, core.Value.Form)) }

// Class is what made an object: its class, or the function that was called.
func (value *Value) Class() *Value { return value.find(core.Value.ClassValue) }

// Arguments are those of an object, a tuple; nil for other kinds.
func (value *Value) Arguments() *Value { return value.find(core.Value.Arguments) }

// Keywords are the keyword arguments of an object, a dict; nil if there are none.
func (value *Value) Keywords() *Value { return value.find(core.Value.Keywords) }

// State is the state of an object, as __setstate__ gets it; nil if it has none.
func (value *Value) State() *Value { return value.find(core.Value.State) }

// Items are the elements appended to an object that is a list in Python; a list, or nil.
func (value *Value) Items() *Value { return value.find(core.Value.Items) }

// Entries are those set on an object that is a dict in Python; a dict, or nil.
func (value *Value) Entries() *Value { return value.find(core.Value.Entries) }

// Arrays

// Array views an array, or a numpy scalar as an array without dimensions.
func (value *Value) Array() (*Array, error) {
	object, err := use(value.owner(), core.Value.Array)
	array := newArray(object)
	if array != nil {
		array.source = value
	}
	return array, err
}

// DType is the type of an array, scalar or dtype as numpy writes it, "<f8"; else "".
func (value *Value) DType() string { return value.ask(core.Value.Dtype) }

// Subclass is the class of an array where it is not ndarray, such as numpy.matrix; else nil.
func (value *Value) Subclass() *Value { return value.find(core.Value.Subclass) }
