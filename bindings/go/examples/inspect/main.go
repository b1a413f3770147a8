// inspect FILE [DEPTH]
//
// Prints what a joblib file holds, as a tree of DEPTH levels (3 if not given).
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"libjoblib/joblib"
)

type printer struct {
	depth int
	seen  map[uint64]bool
}

// describe gives the line of a value; false if there is nothing to walk into.
func describe(value *joblib.Value) (string, bool) {
	native, err := value.Go()
	if err != nil {
		return err.Error(), false
	}
	switch native := native.(type) {
	case nil:
		return "None", false
	case string, []byte:
		return fmt.Sprintf("%q", native), false
	case *joblib.Array:
		return native.String(), false
	case []any, map[string]any, []joblib.Entry, *joblib.Value:
		return value.String(), true
	}
	return fmt.Sprint(native), false
}

func nameOf(key *joblib.Value) string {
	if text, err := key.Text(); err == nil {
		return text
	}
	line, _ := describe(key)
	return line
}

func (tree *printer) print(name string, value *joblib.Value, level int) {
	line, isWalked := describe(value)
	fmt.Printf("%s%s%s\n", strings.Repeat("  ", level), name, line)
	if !isWalked || level >= tree.depth || tree.seen[value.Identity()] {
		return
	}
	tree.seen[value.Identity()] = true
	if kind := value.Kind(); kind == joblib.KindDict || kind == joblib.KindObject {
		value.EachPair(func(key, item *joblib.Value) bool {
			tree.print(nameOf(key)+": ", item, level+1)
			return true
		})
		return
	}
	value.Each(func(_ int, item *joblib.Value) bool {
		tree.print("- ", item, level+1)
		return true
	})
}

func inspect(path string, depth int) error {
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
	tree := printer{depth, map[uint64]bool{}}
	tree.print("", root, 0)
	return nil
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
