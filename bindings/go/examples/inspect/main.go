// inspect FILE [DEPTH]
//
// Prints what loading a joblib file in Python could run, and what the file holds, as a tree of
// DEPTH levels below the first (3 if not given).
package main

import (
	"fmt"
	"os"
	"strconv"

	"libjoblib/joblib"
)

func printReport(report *joblib.Report) {
	fmt.Printf("audit: %v\n", report)
	for _, global := range report.Globals {
		if global.Verdict != joblib.VerdictKnown {
			fmt.Printf("  %s: %q at byte %d: %s\n",
				global.Verdict, global.FullName(), global.Offset, global.Reason)
		}
	}
}

func inspect(path string, depth int) error {
	report, err := joblib.Audit(path)
	if err != nil {
		return err
	}
	printReport(report)
	document, err := joblib.Load(path)
	if err != nil {
		return err
	}
	defer document.Close()
	root, err := document.Root()
	if err != nil {
		return err
	}
	codec, _ := document.Codec()
	protocol, _ := document.Protocol()
	fmt.Printf("codec %s, protocol %d\n", codec, protocol)
	tree, err := root.Show(depth)
	fmt.Print(tree)
	return err
}

func main() {
	depth, err := 3, error(nil)
	if len(os.Args) == 3 {
		depth, err = strconv.Atoi(os.Args[2])
	}
	if len(os.Args) < 2 || len(os.Args) > 3 || err != nil {
		fmt.Fprintln(os.Stderr, "usage: inspect FILE [DEPTH]")
		os.Exit(2)
	}
	if err := inspect(os.Args[1], depth); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}
