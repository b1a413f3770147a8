// A testee for pickle libraries of Go: NAME VERSION, with the name of a library.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// What a library is: how it loads a file, and what it does not keep.
type library struct {
	lacks []string
	load  func(data []byte) (any, error)
	write func(out *tags, value any) error
}

var libraries = map[string]library{"og-rek": ogRek, "gopickle": goPickle}

func text(value any) string {
	data, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(data)
}

func hello(name, version string, it library) string {
	return text(map[string]any{"name": name, "version": version, "level": 1,
		"operations": []string{"load"}, "capabilities": []string{}, "lacks": it.lacks})
}

// The bytes that files of joblib's codecs begin with.
var codecs = map[string]string{"\x1f\x8b": "gzip", "BZh": "bz2", "\xfd7zXZ": "xz", "\x5d\x00": "lzma",
	"\x04\x22\x4d\x18": "lz4", "\x28\xb5\x2f\xfd": "zstd", "ZF": "zf", "\x93NUMPY": "npy"}

func codecOf(data []byte) string {
	if len(data) > 1 && data[0]&15 == 8 && (int(data[0])*256+int(data[1]))%31 == 0 && data[0] <= 0x78 {
		return "zlib"
	}
	for magic, name := range codecs {
		if strings.HasPrefix(string(data), magic) {
			return name
		}
	}
	return ""
}

// A library may panic on a file: that is an error of it.
func loaded(it library, data []byte) (value any, err error) {
	defer func() {
		if trouble := recover(); trouble != nil {
			err = fmt.Errorf("panic: %v", trouble)
		}
	}()
	return it.load(data)
}

func load(it library, path string) string {
	data, err := os.ReadFile(path)
	if err == nil {
		if codec := codecOf(data); codec != "" {
			return `"skipped":` + text(codec)
		}
		var value any
		if value, err = loaded(it, data); err == nil {
			out := tags{ids: map[any]int{}, write: it.write}
			if err = out.visit(value); err == nil {
				return `"value":` + out.finished()
			}
		}
	}
	return `"error":` + text(map[string]any{"status": err.Error(), "offset": nil, "file_offset": nil})
}

func main() {
	it := libraries[os.Args[1]]
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		words := strings.Split(lines.Text(), "\t")
		if words[0] == "hello 1" {
			fmt.Println(hello(os.Args[1], os.Args[2], it))
		} else {
			fmt.Printf("{\"id\":%s,%s}\n", text(words[0]), load(it, words[2]))
		}
	}
}
