// dump MODEL ROWS
//
// Finds the column and the threshold that separate two groups best, and dumps this decision as a
// DecisionTreeClassifier of scikit-learn. Dumps the rows too, and prints the label of each, as
// `joblib predict MODEL ROWS` and Python do.
package main

import (
	"fmt"
	"os"

	"libjoblib/joblib"
)

// sample has measures that are exact in float32, to which scikit-learn's trees round.
type sample struct {
	measures [2]float64
	ripe     bool
}

var samples = []sample{
	{[2]float64{0.25, 3.5}, false}, {[2]float64{2.5, 1.25}, false}, {[2]float64{0.75, 0.5}, false},
	{[2]float64{2.25, 5.5}, true}, {[2]float64{0.5, 4.75}, true}, {[2]float64{3.5, 4.25}, true},
}

var labels = []string{"green", "ripe"}

// split sends the samples whose measure is at most the threshold to the left.
type split struct {
	column    int
	threshold float64
}

func (by split) isLeft(one sample) bool { return one.measures[by.column] <= by.threshold }

// count tells how many of each label are in the root, on the left and on the right.
func (by split) count() [3][2]float64 {
	var counts [3][2]float64
	for _, one := range samples {
		label, side := 0, 2
		if one.ripe {
			label = 1
		}
		if by.isLeft(one) {
			side = 1
		}
		counts[0][label]++
		counts[side][label]++
	}
	return counts
}

// errors is the number of samples that their side is wrong about.
func (by split) errors() float64 {
	counts := by.count()
	return lesser(counts[1]) + lesser(counts[2])
}

func lesser(counts [2]float64) float64 {
	if counts[0] < counts[1] {
		return counts[0]
	}
	return counts[1]
}

func fit() split {
	var best split
	for column := range samples[0].measures {
		for i, one := range samples {
			by := split{column, one.measures[column]}
			if (column == 0 && i == 0) || by.errors() < best.errors() {
				best = by
			}
		}
	}
	return best
}

func (by split) label(one sample) string {
	counts := by.count()
	side := counts[2]
	if by.isLeft(one) {
		side = counts[1]
	}
	if side[1] > side[0] {
		return labels[1]
	}
	return labels[0]
}

// model is a tree of three nodes: the root 0, its left child 1, its right child 2.
func (by split) model() joblib.Estimator {
	return joblib.Estimator{
		Class: "DecisionTreeClassifier",
		Attributes: map[string]any{
			"n_features_in_": len(samples[0].measures),
			"classes_":       labels,
			"children_left":  []int{1, -1, -1},
			"children_right": []int{2, -1, -1},
			"feature":        []int{by.column, -2, -2},
			"threshold":      []float64{by.threshold, -2, -2},
			"value":          by.count(),
		},
	}
}

func save(modelPath, rowsPath string, found split) error {
	if err := joblib.Dump(found.model(), modelPath); err != nil {
		return err
	}
	var flat []float64
	for _, one := range samples {
		flat = append(flat, one.measures[:]...)
	}
	rows, err := joblib.NewArray(flat, len(samples), 2)
	if err != nil {
		return err
	}
	return joblib.Dump(rows, rowsPath, joblib.Compress("zlib:3"))
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: dump MODEL ROWS")
		os.Exit(2)
	}
	found := fit()
	if err := save(os.Args[1], os.Args[2], found); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, one := range samples {
		fmt.Println(found.label(one))
	}
}
