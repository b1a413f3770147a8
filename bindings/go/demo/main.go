// demo FOLDER
//
// Loads the demo models, predicts, and compares with what scikit-learn returned. The lines are
// described in bindings/c/demo/demo.c.
package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"libjoblib/joblib"
)

const repeats = 20

var (
	models  = []string{"iris_logistic", "scaled_logistic", "random_forest"}
	samples = []int{0, 70, 140}
)

// cases are the rows of a file, and what scikit-learn returned for them.
type cases struct{ rows, labels, probabilities [][]float64 }

func stop(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

func must[T any](value T, err error) T {
	stop(err)
	return value
}

func readRows(value *joblib.Value) [][]float64 { return must(must(value.Array()).Rows()) }

func readCases(path string) cases {
	document := must(joblib.Load(path))
	defer document.Close()
	dict := must(document.Root())
	return cases{
		readRows(dict.Get("X")), readRows(dict.Get("predict")), readRows(dict.Get("predict_proba")),
	}
}

func timeOneRow(model *joblib.Model, rows [][]float64) float64 {
	out := make([]float64, must(model.OutputColumns(joblib.PredictProba, 0)))
	start := time.Now()
	for i := 0; i < repeats; i++ {
		for _, row := range rows {
			stop(model.PredictProbaInto(joblib.Row(row...), out))
		}
	}
	return time.Since(start).Seconds() / float64(repeats*len(rows))
}

// Numbers the doubles in their order, so that neighbours differ by 1.
func numberDouble(value float64) int64 {
	bits := int64(math.Float64bits(value))
	if bits < 0 {
		return math.MinInt64 - bits
	}
	return bits
}

func largestULP(found, expected [][]float64) int64 {
	largest := int64(0)
	for i, row := range expected {
		for j, value := range row {
			distance := numberDouble(found[i][j]) - numberDouble(value)
			if distance < 0 {
				distance = -distance
			}
			if distance > largest {
				largest = distance
			}
		}
	}
	return largest
}

func countEqual(found, expected []float64) int {
	equal := 0
	for i, label := range expected {
		if found[i] == label {
			equal++
		}
	}
	return equal
}

func join(numbers []float64) string {
	words := make([]string, len(numbers))
	for i, number := range numbers {
		words[i] = fmt.Sprintf("%.17g", number)
	}
	return strings.Join(words, ",")
}

func showModel(folder, name string) {
	start := time.Now()
	model := must(joblib.LoadModel(filepath.Join(folder, name, "model.joblib")))
	defer model.Close()
	loadSeconds := time.Since(start).Seconds()
	expected := readCases(filepath.Join(folder, name, "cases.joblib"))
	expectedLabels := expected.labels[0]

	labels := must(must(model.Predict(joblib.Rows(expected.rows))).Float64s())
	probabilities := must(must(model.PredictProba(joblib.Rows(expected.rows))).Rows())
	fmt.Printf("%s\tGo\t%.9f\t%.9f\t%d\t%d\t%d", name, loadSeconds,
		timeOneRow(model, expected.rows), len(expected.rows), countEqual(labels, expectedLabels),
		largestULP(probabilities, expected.probabilities))
	for _, row := range samples {
		fmt.Printf("\t%d %.17g %.17g %s %s", row, labels[row], expectedLabels[row],
			join(probabilities[row]), join(expected.probabilities[row]))
	}
	fmt.Println()
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: demo FOLDER")
		os.Exit(2)
	}
	for _, name := range models {
		showModel(os.Args[1], name)
	}
}
