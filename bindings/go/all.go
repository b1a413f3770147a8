//go:build go1.23

package joblib

import "iter"

// All goes over what [Value.Each] does: for i, item := range value.All().
func (value *Value) All() iter.Seq2[int, *Value] {
	return func(yield func(int, *Value) bool) { value.Each(yield) }
}

// AllPairs goes over what [Value.EachPair] does: for key, item := range value.AllPairs().
func (value *Value) AllPairs() iter.Seq2[*Value, *Value] {
	return func(yield func(*Value, *Value) bool) { value.EachPair(yield) }
}
