package joblib

import (
	"fmt"

	"libjoblib/joblib/internal/core"
)

// Result is what a prediction gives: one array as a rule. predict_proba of a classifier with
// several targets gives an array for each, and transform may give a sparse matrix.
//
// The methods named as those of [Array] read the only array of a result; of others, and of a nil
// *Result, they give an error or nil.
type Result struct{ outputs []output }

// output has one of both.
type output struct {
	array  *Array
	sparse *Sparse
}

func readResult(object core.Result) (*Result, error) {
	defer core.DeleteResult(object)
	result := &Result{}
	for i := 0; i < object.Count(); i++ {
		one, err := readOutput(object, i)
		if err != nil {
			return nil, err
		}
		result.outputs = append(result.outputs, one)
	}
	return result, nil
}

func readOutput(object core.Result, i int) (output, error) {
	if object.IsSparse(i) {
		matrix, err := try(func(problem *core.Problem) core.Input { return object.Csr(i, problem) })
		if err != nil {
			return output{}, err
		}
		return output{sparse: &Sparse{newInput(matrix)}}, nil
	}
	array, err := try(func(problem *core.Problem) core.Array { return object.Array(i, problem) })
	return output{array: newArray(array)}, err
}

// Len is the number of outputs.
func (result *Result) Len() int {
	if result == nil {
		return 0
	}
	return len(result.outputs)
}

// Output is output i, from 0, as a result of its own; nil outside.
func (result *Result) Output(i int) *Result {
	if i < 0 || i >= result.Len() {
		return nil
	}
	return &Result{result.outputs[i : i+1 : i+1]}
}

// Array is the only output.
func (result *Result) Array() (*Array, error) {
	if err := result.checkSingle(); err != nil {
		return nil, err
	}
	if array := result.outputs[0].array; array != nil {
		return array, nil
	}
	return nil, newError(ErrKind, "the output is sparse: see Sparse")
}

// Sparse is the only output, where it is sparse.
func (result *Result) Sparse() (*Sparse, error) {
	if err := result.checkSingle(); err != nil {
		return nil, err
	}
	if sparse := result.outputs[0].sparse; sparse != nil {
		return sparse, nil
	}
	return nil, newError(ErrKind, "the output is not sparse")
}

// IsSparse tells whether the only output is sparse.
func (result *Result) IsSparse() bool {
	return result.Len() == 1 && result.outputs[0].sparse != nil
}

// String describes the result in a few words: "ndarray <f8 (10, 3)".
func (result *Result) String() string {
	if array, err := result.Array(); err == nil {
		return array.String()
	}
	if sparse, err := result.Sparse(); err == nil {
		rows, columns := sparse.Shape()
		return fmt.Sprintf("sparse rows (%d, %d)", rows, columns)
	}
	return fmt.Sprintf("%d outputs", result.Len())
}

func (result *Result) checkSingle() error {
	if result.Len() != 1 {
		return newError(ErrKind, "the result has %d outputs: see Output", result.Len())
	}
	return nil
}

func (result *Result) input() (*handle[core.Input], error) {
	if result.IsSparse() {
		return result.outputs[0].sparse.input()
	}
	array, err := result.Array()
	if err != nil {
		return nil, err
	}
	return array.input()
}

// DType is that of [Array.DType].
func (result *Result) DType() string {
	array, _ := result.Array()
	return array.DType()
}

// Shape is that of [Array.Shape]: one number for the labels of one target, else two.
func (result *Result) Shape() []int {
	array, _ := result.Array()
	return array.Shape()
}

// Float64s is that of [Array.Float64s].
func (result *Result) Float64s() ([]float64, error) { return fromArray(result, (*Array).Float64s) }

// Int64s is that of [Array.Int64s].
func (result *Result) Int64s() ([]int64, error) { return fromArray(result, (*Array).Int64s) }

// Texts is that of [Array.Texts].
func (result *Result) Texts() ([]string, error) { return fromArray(result, (*Array).Texts) }

// Rows is that of [Array.Rows].
func (result *Result) Rows() ([][]float64, error) { return fromArray(result, (*Array).Rows) }

// Bytes is that of [Array.Bytes].
func (result *Result) Bytes() ([]byte, error) { return fromArray(result, (*Array).Bytes) }

// Item is that of [Array.Item]: of labels, the one of row i.
func (result *Result) Item(i int) (any, error) {
	return fromArray(result, func(array *Array) (any, error) { return array.Item(i) })
}

// Items is that of [Array.Items].
func (result *Result) Items() ([]any, error) { return fromArray(result, (*Array).Items) }

func fromArray[T any](result *Result, read func(*Array) (T, error)) (T, error) {
	array, err := result.Array()
	if err != nil {
		var none T
		return none, err
	}
	return read(array)
}
