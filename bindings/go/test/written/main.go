// written FILE
//
// Writes the values that tests/python/check_dumps.py expects, each of which Go has its own way to
// say.
package main

import (
	"fmt"
	"math"
	"math/big"
	"os"

	"libjoblib/joblib"
)

type inner struct {
	B int `joblib:"b"`
}

func array[T joblib.Element](elements []T, shape ...int) *joblib.Array {
	made, err := joblib.NewArray(elements, shape...)
	if err != nil {
		panic(err)
	}
	return made
}

func main() {
	shared := []int{1, 2}
	object := &joblib.Call{Function: "collections.Counter"}
	objects, err := joblib.NewObjectArray([]any{"a", 1, nil})
	if err != nil {
		panic(err)
	}
	value := map[string]any{
		"none":  nil,
		"truth": []bool{true, false},
		"integers": []any{0, -1, math.MinInt64, math.MaxInt64,
			new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil)},
		"floats":  []float64{0.5, 1, math.Inf(-1)},
		"complex": complex(1, -2),
		"texts":   []string{"", "café", "a\x00b", "😀"},
		"bytes":   []byte("bytes"),
		"nested":  []any{[]int{}, map[string]int{}, [][]int{{1}}, map[string]inner{"a": {1}}},
		"tuple":   joblib.Tuple{1, joblib.Tuple{}, []int{2}},
		"sets":    []any{joblib.Set{1, 2}, joblib.FrozenSet{"a"}},
		"keys": joblib.Dict{{Key: 1, Value: "int"}, {Key: joblib.Tuple{1, 2}, Value: "tuple"},
			{Key: nil, Value: "none"}},
		"shared":  [][]int{shared, shared},
		"matrix":  array([]float64{1, 2.5, 3, 4, 5, 6}, 2, 3),
		"counts":  array([]int{1, 2, 3}),
		"flags":   array([]bool{true, false}),
		"labels":  array([]string{"é", "three"}),
		"objects": objects,
		"scalar":  joblib.NewScalar(2.5),
		"object":  []any{object, object},
	}
	value["cycle"] = []any{value}
	if err := joblib.Dump(value, os.Args[1], joblib.Compress("zlib:3")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
