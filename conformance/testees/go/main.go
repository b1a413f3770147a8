// The testee of the binding for Go. The values are walked by its example tagged.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"

	"libjoblib/joblib"
	"libjoblib/joblib/examples/tagged"
)

var codecs = []string{"zlib", "gzip", "bz2", "xz", "lzma", "lz4", "zstd", "zf"}

// operations give the answer behind the id for the words behind the operation.
var operations = map[string]func(words []string) (string, error){
	"load": load, "redump": redump, "predict": predict, "audit": audit,
}

func main() {
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		fmt.Println(answer(strings.Split(lines.Text(), "\t")))
	}
}

func answer(words []string) string {
	if len(words) < 3 {
		return hello()
	}
	result, err := operations[words[1]](words[2:])
	if err != nil {
		result = describe(err)
	}
	return fmt.Sprintf(`{"id":%s,%s}`, tagged.Text(words[0]), result)
}

func hello() string {
	can := []string{"companions", "identity", "bytes"}
	for _, codec := range codecs {
		if joblib.CodecAvailable(codec) {
			can = append(can, codec)
		}
	}
	return fmt.Sprintf(`{"name":"go","version":"%s","level":3,"operations":%s,"capabilities":%s}`,
		joblib.Version(), tagged.Texts("load", "redump", "predict", "audit"), tagged.Texts(can...))
}

// describe tells an error of the library; other errors are its faults.
func describe(err error) string {
	failure := err.(*joblib.Error)
	if failure.Status == joblib.ErrUnsupportedBuild {
		for _, codec := range codecs {
			if strings.Contains(failure.Message, " "+codec+",") {
				return `"skipped":` + tagged.Text(codec)
			}
		}
	}
	offsets := fmt.Sprintf(`"offset":%d,"file_offset":%d`, failure.Offset, failure.FileOffset)
	return fmt.Sprintf(`"error":{"status":"%s",%s}`, strings.TrimPrefix(failure.Name, "JOBLIB_ERROR_"),
		strings.ReplaceAll(offsets, "-1", "null"))
}

func open(path string) (*joblib.Value, error) {
	document, err := joblib.Load(path)
	if err != nil {
		return nil, err
	}
	defer document.Close() // the value keeps what it needs
	return document.Root()
}

func load(words []string) (string, error) {
	root, err := open(words[0])
	return `"value":` + tagged.Value(root), err
}

// redump allows every name, since Python wrote them, dangerous or not. Where no settings give the
// file's own bytes the document tells what it can.
func redump(words []string) (string, error) {
	document, err := joblib.Load(words[0])
	if err != nil {
		return "", err
	}
	defer document.Close()
	file, _ := os.ReadFile(words[0])
	report, _ := joblib.Audit(words[0])
	options := []joblib.Option{joblib.NamedOption("unsynced", 1), joblib.Same(file)}
	for _, global := range report.Globals {
		options = append(options, joblib.Allow(global.FullName()))
	}
	if err = document.Dump(words[1], options...); errors.Is(err, joblib.ErrDifferent) {
		options[1] = joblib.Allow()
		err = document.Dump(words[1], options...)
	}
	return `"redump":"written"`, err
}

func predict(words []string) (string, error) {
	method, _ := joblib.MethodOf(words[2])
	model, err := joblib.LoadModel(words[0])
	if err != nil {
		return "", err
	}
	defer model.Close()
	rows, err := open(words[1])
	if err != nil {
		return "", err
	}
	result, err := model.Run(method, rows)
	outputs := make([]string, result.Len())
	for i := range outputs {
		outputs[i] = output(result.Output(i))
	}
	return `"outputs":[` + strings.Join(outputs, ",") + "]", err
}

func output(result *joblib.Result) string {
	sparse, err := result.Sparse()
	if err != nil {
		array, _ := result.Array()
		return tagged.Array(array)
	}
	rows, columns := sparse.Shape()
	values, _ := sparse.Values()
	indices, _ := sparse.ColumnIndices()
	offsets, _ := sparse.RowOffsets()
	return fmt.Sprintf(`{"csr":{"shape":%s,"data":%s,"indices":%s,"indptr":%s}}`,
		tagged.Texts(rows, columns), tagged.Array(values), tagged.Array(indices),
		tagged.Array(offsets))
}

func audit(words []string) (string, error) {
	report, err := joblib.Audit(words[0])
	if err != nil {
		return "", err
	}
	if errors.Is(report.Err, joblib.ErrUnsupportedBuild) {
		return "", report.Err
	}
	var names []string
	for _, global := range report.Globals {
		if global.Verdict == joblib.VerdictDangerous {
			names = append(names, global.FullName())
		}
	}
	return fmt.Sprintf(`"audit":{"outcome":"%s","dangerous":%s}`, report.Outcome,
		tagged.Texts(names...)), nil
}
