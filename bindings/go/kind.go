package joblib

import "libjoblib/joblib/internal/core"

// Kind is the kind of a value, in Python's words.
type Kind int

// The kinds of values.
const (
	KindMissing   Kind = iota - 1 // of a nil *Value: there is nothing
	KindNone                      // Python's None
	KindBool                      // True and False
	KindInt                       // of any size
	KindFloat                     // float
	KindComplex                   // complex
	KindStr                       // text
	KindBytes                     // bytes, and the str of Python 2
	KindByteArray                 // bytearray
	KindList                      // list
	KindTuple                     // tuple
	KindDict                      // dict
	KindSet                       // set
	KindFrozenSet                 // frozenset
	KindArray                     // numpy.ndarray
	KindScalar                    // one numpy number, such as numpy.float64
	KindDType                     // numpy.dtype
	KindGlobal                    // a class or function, by its name only
	KindObject                    // an instance of a class, never made: class, arguments, state
)

// String is Python's name of the kind: "dict", "ndarray", "object".
func (kind Kind) String() string {
	if kind == KindMissing {
		return "missing"
	}
	return core.KindName(int(kind))
}

// Form says how an object was made, which its class alone does not tell.
type Form int

// The forms of objects.
const (
	FormReduce        Form = iota // class(*arguments), a call of a class or function
	FormNewObj                    // class.__new__(class, *arguments)
	FormNewObjEx                  // class.__new__(class, *arguments, **keywords)
	FormReconstructor             // copyreg._reconstructor(class, object, None)
	FormInstance                  // class(*arguments): an old-style class of Python 2
)

// String is the form in a word: "reduce", "newobj", "newobj_ex", "reconstructor", "instance".
func (form Form) String() string {
	names := [...]string{"reduce", "newobj", "newobj_ex", "reconstructor", "instance"}
	if form < 0 || int(form) >= len(names) {
		return "unknown"
	}
	return names[form]
}
