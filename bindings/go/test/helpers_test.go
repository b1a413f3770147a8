package joblib_test

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"libjoblib/joblib"
)

// The folder of the conformance vectors.
var vectors = os.Getenv("JOBLIB_VECTORS")

func TestMain(m *testing.M) {
	if vectors == "" {
		fmt.Fprintln(os.Stderr, "JOBLIB_VECTORS is not set")
		os.Exit(2)
	}
	os.Exit(m.Run())
}

func fileOf(parts ...string) string {
	return filepath.Join(vectors, filepath.Join(parts...)) + ".joblib"
}

func check(t *testing.T, condition bool, format string, arguments ...any) {
	t.Helper()
	if !condition {
		t.Fatalf(format, arguments...)
	}
}

func checkEqual(t *testing.T, found, expected any) {
	t.Helper()
	if !reflect.DeepEqual(found, expected) {
		t.Fatalf("found %#v, expected %#v", found, expected)
	}
}

// must passes a value on, or stops the test at an error.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func rootOf(parts ...string) *joblib.Value {
	return must(must(joblib.Load(fileOf(parts...))).Root())
}

func toGo(value *joblib.Value) any { return must(value.Go()) }

func arrayOf(parts ...string) *joblib.Array { return must(rootOf(parts...).Array()) }

func readBytes(path string) []byte { return must(os.ReadFile(path)) }

// checkStatus tells whether an error is one of the library with a status.
func checkStatus(t *testing.T, err error, status joblib.Status) *joblib.Error {
	t.Helper()
	var found *joblib.Error
	check(t, errors.As(err, &found), "%v is not an error of the library", err)
	check(t, errors.Is(err, status), "%v is not %v", err, status)
	checkEqual(t, found.Status, status)
	checkEqual(t, found.Name, status.Name())
	check(t, found.Message != "", "no message")
	check(t, strings.Contains(err.Error(), found.Message), "%v", err)
	return found
}

func statusOf[T any](t *testing.T, status joblib.Status) func(T, error) *joblib.Error {
	return func(_ T, err error) *joblib.Error {
		t.Helper()
		return checkStatus(t, err, status)
	}
}

// Inference cases: what scikit-learn returned, bytes in base64

type ndarray struct {
	DType string
	Shape []string
	Data  string
	Items []struct{ Str string }
}

type expectedOutput struct {
	NDArray *ndarray
	CSR     *struct{ Data, Indices, IndPtr struct{ NDArray ndarray } }
}

type inferenceCase struct {
	model    *joblib.Model
	input    *joblib.Value
	expected map[string][]expectedOutput
}

func inference(name string) inferenceCase {
	var file struct {
		Expect struct {
			Methods map[string]struct{ Outputs []expectedOutput }
		}
	}
	folder := filepath.Join(vectors, "inference", name)
	if err := json.Unmarshal(readBytes(filepath.Join(folder, "expected.json")), &file); err != nil {
		panic(err)
	}
	expected := map[string][]expectedOutput{}
	for method, one := range file.Expect.Methods {
		expected[method] = one.Outputs
	}
	return inferenceCase{
		must(joblib.LoadModel(filepath.Join(folder, "model.joblib"))),
		rootOf("inference", name, "input"), expected,
	}
}

// checkArray compares: float64 within 1e-13 of scikit-learn's, all else equal.
func checkArray(t *testing.T, found *joblib.Array, expected *ndarray) {
	t.Helper()
	checkEqual(t, found.DType(), expected.DType)
	shape := []string{}
	for _, size := range found.Shape() {
		shape = append(shape, fmt.Sprint(size))
	}
	checkEqual(t, shape, expected.Shape)
	switch expected.DType {
	case "|O":
		for i, label := range must(found.Texts()) {
			checkEqual(t, label, expected.Items[i].Str)
		}
	case "<f8":
		wanted := toFloat64s(decode(expected.Data))
		numbers := must(found.Float64s())
		checkEqual(t, len(numbers), len(wanted))
		for i, number := range numbers {
			check(t, isClose(number, wanted[i]), "%v is not %v", number, wanted[i])
		}
	default:
		checkEqual(t, must(found.Bytes()), decode(expected.Data))
	}
}

func checkOutput(t *testing.T, found *joblib.Result, expected expectedOutput) {
	t.Helper()
	if expected.CSR == nil {
		checkArray(t, must(found.Array()), expected.NDArray)
		return
	}
	sparse := must(found.Sparse())
	checkArray(t, must(sparse.Values()), &expected.CSR.Data.NDArray)
	checkArray(t, must(sparse.ColumnIndices()), &expected.CSR.Indices.NDArray)
	checkArray(t, must(sparse.RowOffsets()), &expected.CSR.IndPtr.NDArray)
}

func toFloat64s(bytes []byte) []float64 {
	numbers := make([]float64, len(bytes)/8)
	for i := range numbers {
		numbers[i] = math.Float64frombits(binary.LittleEndian.Uint64(bytes[8*i:]))
	}
	return numbers
}

func decode(text string) []byte { return must(base64.StdEncoding.DecodeString(text)) }

func isClose(found, expected float64) bool {
	return found == expected || math.IsNaN(found) && math.IsNaN(expected) ||
		math.Abs(found-expected) <= 1e-13*math.Max(1, math.Abs(expected))
}
