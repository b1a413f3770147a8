package joblib

import "libjoblib/joblib/internal/core"

// Method is a method of an estimator.
type Method int

// The methods of estimators.
const (
	Predict Method = iota
	PredictProba
	PredictLogProba
	DecisionFunction
	Transform
	methodCount
)

// String is scikit-learn's name of the method: "predict_proba".
func (method Method) String() string { return core.MethodName(int(method)) }

// MethodOf finds a method by scikit-learn's name; false if there is none.
func MethodOf(name string) (Method, bool) {
	for method := Predict; method < methodCount; method++ {
		if method.String() == name {
			return method, true
		}
	}
	return 0, false
}

func listMethods(bits uint) []Method {
	var methods []Method
	for method := Predict; method < methodCount; method++ {
		if bits&(1<<method) != 0 {
			methods = append(methods, method)
		}
	}
	return methods
}
