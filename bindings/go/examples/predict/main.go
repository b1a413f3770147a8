// predict MODEL INPUT [METHOD]
//
// Runs a model on the rows of a joblib file and prints a line for each: its label or numbers.
package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"libjoblib/joblib"
)

func format(item any) string {
	if number, isFloat := item.(float64); isFloat {
		return fmt.Sprintf("%.17g", number)
	}
	return fmt.Sprint(item)
}

// printRows prints the items of each row; of one dimension, an item is a row.
func printRows(result *joblib.Result) error {
	items, err := result.Items()
	if err != nil {
		return err
	}
	columns := 1
	if shape := result.Shape(); len(shape) == 2 {
		columns = shape[1]
	}
	for ; len(items) >= columns && columns > 0; items = items[columns:] {
		words := make([]string, columns)
		for j := range words {
			words[j] = format(items[j])
		}
		fmt.Println(strings.Join(words, ","))
	}
	return nil
}

func predict(modelPath, inputPath, name string) error {
	method, found := joblib.MethodOf(name)
	if !found {
		return fmt.Errorf("there is no method %s", name)
	}
	model, err := joblib.LoadModel(modelPath)
	if err != nil {
		return err
	}
	defer model.Close()
	document, err := joblib.Load(inputPath)
	if err != nil {
		return err
	}
	defer document.Close()
	rows, err := document.Root()
	if err != nil {
		return err
	}
	result, err := model.Run(method, rows)
	for i := 0; err == nil && i < result.Len(); i++ {
		err = printRows(result.Output(i))
	}
	return err
}

func report(err error) {
	fmt.Fprintln(os.Stderr, err)
	var refusal *joblib.Error
	if !errors.As(err, &refusal) {
		return
	}
	for _, part := range refusal.Parts {
		if part.Reason != "" {
			fmt.Fprintf(os.Stderr, "  %s %s: %s\n", part.Path, part.Class, part.Reason)
		}
	}
}

func main() {
	arguments := append(os.Args[1:], "predict")
	if len(arguments) < 3 || len(arguments) > 4 {
		fmt.Fprintln(os.Stderr, "usage: predict MODEL INPUT [METHOD]")
		os.Exit(2)
	}
	if err := predict(arguments[0], arguments[1], arguments[2]); err != nil {
		report(err)
		os.Exit(1)
	}
}
