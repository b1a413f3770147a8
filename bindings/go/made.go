package joblib

// Values of Python that Go has no type for, as [Dump] and a [Builder] take them.

// Tuple is a tuple.
type Tuple []any

// Set is a set. Equal items are kept once.
type Set []any

// FrozenSet is a frozenset.
type FrozenSet []any

// Dict is a dict in this order, with keys of any kind.
type Dict []Entry

// Class is a class or function by its name: "package.module.Class", or
// "package.module:Outer.Class" for one that stands inside a class.
type Class string

// Scalar is one number or text of numpy's types: [NewScalar].
type Scalar struct{ packed, dtype string }

// Object is an instance of a class, by the names of things only: nothing is called. A *Object that
// is met again is the same object, and may hold itself.
type Object struct {
	Class     Class
	State     any // its attributes, as a rule: a map, a struct or a Dict; nil for none
	Arguments []any
	Keywords  Dict
	Items     []any // of what is a list too
	Entries   Dict  // of what is a dict too
}

// Call is what a function or class returns in Python: Function(*Arguments).
type Call struct {
	Function  Class
	Arguments []any
	State     any // set afterwards, as that of an Object
}

// Estimator is a model of scikit-learn, from what a trained one knows: Attributes holds it under
// scikit-learn's names, as numbers, slices and arrays. Version is that of scikit-learn, such as
// "1.6"; "" is the newest.
type Estimator struct {
	Class      string // "LinearRegression" …
	Attributes map[string]any
	Version    string
}
