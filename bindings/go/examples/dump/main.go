// dump MODEL ROWS
//
// Takes the centroid of each group of points, and dumps them as a KMeans of scikit-learn. Dumps
// rows too, and prints the nearest centroid of each, as `joblib predict MODEL ROWS` and Python do.
package main

import (
	"fmt"
	"os"

	"libjoblib/joblib"
)

type point [2]float64

var groups = [][]point{
	{{0.9, 1.1}, {1.2, 0.8}, {1.0, 1.3}},
	{{4.8, 5.1}, {5.3, 4.9}},
	{{0.7, 5.2}, {1.1, 4.8}, {0.9, 5.3}, {1.3, 5.0}},
}

var rows = []point{{1, 1}, {5, 5}, {1, 5}, {2.5, 2}, {4, 2.75}}

func centroid(group []point) point {
	var sum point
	for _, one := range group {
		sum[0] += one[0]
		sum[1] += one[1]
	}
	count := float64(len(group))
	return point{sum[0] / count, sum[1] / count}
}

func nearest(to point, centers []point) int {
	best, least := 0, 0.0
	for i, center := range centers {
		x, y := to[0]-center[0], to[1]-center[1]
		if distance := x*x + y*y; i == 0 || distance < least {
			best, least = i, distance
		}
	}
	return best
}

func save(modelPath, rowsPath string, centers []point) error {
	model := joblib.Estimator{
		Class:      "KMeans",
		Attributes: map[string]any{"cluster_centers_": centers},
	}
	if err := joblib.Dump(model, modelPath); err != nil {
		return err
	}
	var flat []float64
	for _, row := range rows {
		flat = append(flat, row[:]...)
	}
	array, err := joblib.NewArray(flat, len(rows), 2)
	if err != nil {
		return err
	}
	return joblib.Dump(array, rowsPath, joblib.Compress("zlib:3"))
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: dump MODEL ROWS")
		os.Exit(2)
	}
	var centers []point
	for _, group := range groups {
		centers = append(centers, centroid(group))
	}
	if err := save(os.Args[1], os.Args[2], centers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, row := range rows {
		fmt.Println(nearest(row, centers))
	}
}
