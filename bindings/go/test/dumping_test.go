// Parts 16 to 18 of the smoke test: documents, values of Go, builders and edits are dumped.
package joblib_test

import (
	"bytes"
	"errors"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"libjoblib/joblib"
)

type writer func([]byte) (int, error)

func (write writer) Write(data []byte) (int, error) { return write(data) }

func reload(value any, options ...joblib.Option) *joblib.Document {
	return must(joblib.Loads(must(joblib.Dumps(value, options...))))
}

func rootOfDump(value any) *joblib.Value { return must(reload(value).Root()) }

func Test16DumpsDocuments(t *testing.T) {
	for _, name := range []string{"pickle4/shared", "ndarray/f-order-joblib1.6", "zlib/list-1001"} {
		data := readBytes(fileOf("valid", name))
		document := must(joblib.Loads(data))
		checkEqual(t, must(joblib.Dumps(document)), data)
		var buffer bytes.Buffer
		checkEqual(t, document.DumpTo(&buffer), nil)
		checkEqual(t, buffer.Bytes(), data)
		path := filepath.Join(t.TempDir(), "dumped")
		checkEqual(t, document.Dump(path), nil)
		checkEqual(t, readBytes(path), data)
		file := must(os.Create(path))
		checkEqual(t, joblib.DumpTo(document, file), nil)
		checkEqual(t, file.Close(), nil)
		checkEqual(t, readBytes(path), data)
	}
}

func Test16TakesOptionsOfADump(t *testing.T) {
	document := must(joblib.Load(fileOf("valid/pickle4/shared")))
	for compress, codec := range map[string]string{
		"zlib": "zlib", "gzip:1": "gzip", "9": "zlib", "true": "zlib", "false": "raw",
	} {
		again := reload(document, joblib.Compress(compress))
		checkEqual(t, must(again.Codec()), codec)
		checkEqual(t, must(must(again.Root()).Show(4)), must(must(document.Root()).Show(4)))
	}
	path := filepath.Join(t.TempDir(), "list.gz")
	checkEqual(t, document.Dump(path), nil)
	checkEqual(t, must(must(joblib.Load(path)).Codec()), "gzip")
	for _, row := range []struct {
		protocol int
		options  []joblib.Option
	}{
		{2, []joblib.Option{joblib.Protocol(2)}},
		{3, []joblib.Option{joblib.Like("1.1.0/py3.7")}},
		{2, []joblib.Option{joblib.Protocol(2), joblib.Like("1.1.0/py3.7"), joblib.Fast()}},
	} {
		checkEqual(t, must(reload(document, row.options...).Protocol()), row.protocol)
	}
	for _, option := range []joblib.Option{joblib.Protocol(6), joblib.Protocol(-1),
		joblib.Like("new"), joblib.Compress("zip"), joblib.Compress("10"), joblib.MaxDepth(1),
		joblib.ForSklearn("9"), joblib.Like("1\x00"), joblib.Companions("")} {
		statusOf[[]byte](t, joblib.ErrArgument)(joblib.Dumps(document, option))
	}
}

func Test16EndsDumpsThatFail(t *testing.T) {
	document := must(joblib.Load(fileOf("valid/pickle4/shared")))
	checkStatus(t, document.Dump("no/such/folder/file"), joblib.ErrNotFound)
	checkStatus(t, document.Dump("a\x00b"), joblib.ErrArgument)
	own := errors.New("full")
	err := document.DumpTo(writer(func([]byte) (int, error) { return 0, own }))
	check(t, err == own, "%v is another error", err)
	func() {
		defer func() { checkEqual(t, recover(), own) }()
		_ = document.DumpTo(writer(func([]byte) (int, error) { panic(own) }))
		t.Fatal("the panic is lost")
	}()
	danger := must(joblib.Load(fileOf("audit/build")))
	statusOf[[]byte](t, joblib.ErrForbidden)(joblib.Dumps(danger))
	must(joblib.Dumps(danger, joblib.Allow("code.InteractiveInterpreter")))
	document.Close()
	statusOf[[]byte](t, joblib.ErrArgument)(joblib.Dumps(document))
	statusOf[[]byte](t, joblib.ErrKind)(joblib.Dumps((*joblib.Document)(nil)))
}

type inner struct {
	Name   string `joblib:"name"`
	Weight float32
	Left   int `joblib:"-"`
	hidden int
	Self   *inner `joblib:"self"`
}

func Test17DumpsValues(t *testing.T) {
	power := new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil)
	shared := []int{1}
	type named string
	value := []any{nil, true, -5, int64(math.MinInt64), uint64(math.MaxUint64), power, 1.5,
		math.Inf(1), "café", []byte("\xff\x00"), "a\x00b", named("x"), shared, shared,
		map[string]any{"b": 1, "a": []float64{2.5}}, map[int]string{7: "seven", -1: "last"},
		joblib.Tuple{1, joblib.Tuple{}}, joblib.Set{3, 3}, complex(1, -2), [2]int8{1, 2}, nil,
		joblib.Dict{{Key: joblib.Tuple{1, 2}, Value: "pair"}, {Key: nil, Value: joblib.FrozenSet{1}}},
	}
	value[20] = value
	root := rootOfDump(value)
	for i, wanted := range []any{nil, true, int64(-5), int64(math.MinInt64),
		uint64(math.MaxUint64), power, 1.5, math.Inf(1), "café", []byte("\xff\x00"), "a\x00b", "x"} {
		checkEqual(t, toGo(root.At(i)), wanted)
	}
	check(t, root.At(12).Same(root.At(13)), "two lists")
	checkEqual(t, toGo(root.At(14).Key(0)), "a")
	checkEqual(t, toGo(root.At(15).Key(0)), int64(-1))
	checkEqual(t, root.At(16).Kind(), joblib.KindTuple)
	checkEqual(t, root.At(17).Len(), 1)
	checkEqual(t, toGo(root.At(18)), complex(1, -2))
	checkEqual(t, root.At(19).Len(), 2)
	check(t, root.At(20).Same(root), "no cycle")
	checkEqual(t, root.At(21).At(1).Kind(), joblib.KindFrozenSet)

	one := &inner{Name: "é", Weight: 0.5, hidden: 1}
	one.Self = one
	object := rootOfDump([]any{one, one, *one}).At(0)
	checkEqual(t, object.Len(), 3)
	checkEqual(t, toGo(object.Get("name")), "é")
	checkEqual(t, toGo(object.Get("Weight")), 0.5)
	check(t, object.Get("self").Same(object), "no cycle")
	var deep []any
	for i := 0; i < 900; i++ {
		deep = []any{deep}
	}
	must(joblib.Dumps(deep))
}

func checkMade(t *testing.T, array *joblib.Array, dtype string, shape []int, items ...any) {
	t.Helper()
	checkEqual(t, array.DType(), dtype)
	checkEqual(t, array.Shape(), shape)
	checkEqual(t, must(array.Items()), items)
}

func Test17DumpsArrays(t *testing.T) {
	numbers := must(joblib.NewArray([]float64{1.5, 2.5, 3.5, 4.5}, 2, 2))
	checkMade(t, numbers, "<f8", []int{2, 2}, 1.5, 2.5, 3.5, 4.5)
	checkMade(t, must(joblib.NewArray([]int{1, 2})), "<i8", []int{2}, int64(1), int64(2))
	checkMade(t, must(joblib.NewArray([]float32{1})), "<f4", []int{1}, 1.0)
	checkMade(t, must(joblib.NewArray([]bool{true})), "|b1", []int{1}, true)
	checkMade(t, must(joblib.NewArray([]uint8{7}, 1, 1)), "|u1", []int{1, 1}, int64(7))
	checkMade(t, must(joblib.NewArray([]string{"é", "three"})), "<U5", []int{2}, "é", "three")
	checkMade(t, must(joblib.NewObjectArray([]any{"a", 1, nil})), "|O", []int{3}, "a", int64(1), nil)
	root := rootOfDump([]any{numbers, must(numbers.At(1)), joblib.NewScalar(2.5),
		joblib.NewScalar(int32(3))})
	checkMade(t, must(root.At(0).Array()), "<f8", []int{2, 2}, 1.5, 2.5, 3.5, 4.5)
	checkMade(t, must(root.At(1).Array()), "<f8", []int{2}, 3.5, 4.5)
	checkEqual(t, toGo(root.At(2)), 2.5)
	checkEqual(t, root.At(3).DType(), "<i4")
	result := must(inference(textModel).model.PredictProba(joblib.Row(1, 2, 3, 4)))
	checkEqual(t, must(must(rootOfDump(result).Array()).Bytes()), must(result.Bytes()))

	source := must(joblib.Load(fileOf("valid/pickle4/shared")))
	copied := rootOfDump([]any{source, must(source.Root()).At(0)})
	check(t, copied.At(0).At(0).Same(copied.At(1)), "two copies")
	objects := arrayOf("valid/ndarray/objects-joblib1.6")
	checkEqual(t, must(must(rootOfDump(objects).Array()).Item(1)), "a")
}

func Test17RefusesWhatHasNoValue(t *testing.T) {
	refuse := statusOf[[]byte]
	refuse(t, joblib.ErrKind)(joblib.Dumps(func() {}))
	refuse(t, joblib.ErrKind)(joblib.Dumps([]any{make(chan int)}))
	refuse(t, joblib.ErrArgument)(joblib.Dumps("\xff"))
	refuse(t, joblib.ErrType)(joblib.Dumps(joblib.Dict{{Key: []int{}, Value: 1}}))
	loop := joblib.Tuple{nil}
	loop[0] = loop
	refuse(t, joblib.ErrKind)(joblib.Dumps(loop))
	statusOf[*joblib.Array](t, joblib.ErrArgument)(joblib.NewArray([]int{1, 2, 3}, 2))
	statusOf[*joblib.Array](t, joblib.ErrArgument)(joblib.NewArray([]int{}, -1))
}

func Test18BuildsDocuments(t *testing.T) {
	builder := must(joblib.NewBuilder())
	object := must(builder.Value(&joblib.Call{Function: "collections.OrderedDict",
		State: map[string]any{"name": "x"}}))
	checkEqual(t, object.Put("key", []int{1, 2}), nil)
	list := must(builder.Value([]any{object, object}))
	checkEqual(t, list.Append("end"), nil)
	checkEqual(t, list.Insert(0, 0), nil)
	checkEqual(t, list.SetItem(3, "last"), nil)
	root := must(must(builder.Document(list)).Root())
	checkEqual(t, toGo(root.At(0)), int64(0))
	check(t, root.At(1).Same(root.At(2)), "two objects")
	checkEqual(t, root.At(1).ClassName(), "OrderedDict")
	checkEqual(t, toGo(root.At(1).Attr("name")), "x")
	checkEqual(t, toGo(root.At(3)), "last")
	checkStatus(t, list.Append(1), joblib.ErrArgument)
	other := must(must(joblib.NewBuilder()).Value(1))
	statusOf[*joblib.Node](t, joblib.ErrArgument)(builder.Value(other))
	builder.Close()
	statusOf[*joblib.Node](t, joblib.ErrArgument)(builder.Value(1))
	statusOf[[]byte](t, joblib.ErrForbidden)(joblib.Dumps(joblib.Object{Class: "my.Class"}))
	must(joblib.Dumps(joblib.Object{Class: "my.Class"}, joblib.Allow("my.Class")))
	statusOf[[]byte](t, joblib.ErrArgument)(joblib.Dumps(joblib.Class("nothing")))
}

func predict(t *testing.T, document *joblib.Document, rows ...[]float64) []float64 {
	t.Helper()
	return must(must(must(joblib.NewModel(document)).Predict(joblib.Rows(rows))).Float64s())
}

func Test18EditsModels(t *testing.T) {
	model := joblib.Estimator{Class: "LinearRegression", Version: "1.6",
		Attributes: map[string]any{"coef_": []float64{2, -1}, "intercept_": 0.5}}
	document := reload(model, joblib.ForSklearn("1.6"))
	checkEqual(t, predict(t, document, []float64{1, 1}, []float64{3, 0}), []float64{1.5, 6.5})
	older := must(document.Upgrade("0.22"))
	checkEqual(t, must(must(older.Root()).Attr("normalize").Bool()), false)
	checkEqual(t, predict(t, reload(older, joblib.ForSklearn("0.22")), []float64{1, 1}),
		[]float64{1.5})
	must(document.Upgrade(""))
	statusOf[*joblib.Document](t, joblib.ErrArgument)(document.Upgrade("0.1"))
	unknown := reload(joblib.Object{Class: "sklearn.manifold._t_sne.TSNE"},
		joblib.Allow("sklearn.manifold._t_sne.TSNE"))
	statusOf[*joblib.Document](t, joblib.ErrEstimator)(unknown.Upgrade("1.6"))
	edit := must(document.Edit())
	checkEqual(t, edit.Set("coef_", must(joblib.NewArray([]float64{1, 1}))), nil)
	checkEqual(t, edit.SetAttribute("note_", []int{1}), nil)
	checkEqual(t, must(edit.Find("note_")).Append(2), nil)
	checkStatus(t, edit.Set("missing.x", 1), joblib.ErrRange)
	edited := must(edit.Document())
	checkEqual(t, predict(t, edited, []float64{1, 1}), []float64{2.5})
	checkEqual(t, must(edited.Root()).Attr("note_").Len(), 2)
	checkEqual(t, predict(t, document, []float64{1, 1}), []float64{1.5})
	checkStatus(t, edit.Set("coef_", 1), joblib.ErrArgument)

	refuse := statusOf[[]byte]
	refuse(t, joblib.ErrArgument)(joblib.Dumps(joblib.Estimator{Class: "NoSuch"}))
	refuse(t, joblib.ErrArgument)(joblib.Dumps(joblib.Estimator{Class: "Ridge",
		Attributes: map[string]any{"colour": 1}}))
	steps := []any{
		joblib.Tuple{"scale", joblib.Estimator{Class: "StandardScaler", Attributes: map[string]any{
			"mean_": []int{1}, "scale_": []int{2}, "var_": []int{4}}}},
		joblib.Tuple{"model", joblib.Estimator{Class: "Ridge", Attributes: map[string]any{
			"coef_": []int{3}, "intercept_": 1}}},
	}
	pipeline := reload(joblib.Estimator{Class: "Pipeline", Attributes: map[string]any{"steps": steps}})
	checkEqual(t, predict(t, pipeline, []float64{5}), []float64{7})
}

// A document is dumped, and a builder filled, by goroutines at once.
func Test18SharesABuilder(t *testing.T) {
	builder := must(joblib.NewBuilder())
	list := must(builder.Value([]any{}))
	document := must(joblib.Load(fileOf("valid/pickle4/shared")))
	expected := must(joblib.Dumps(document))
	var group sync.WaitGroup
	for i := 0; i < 8; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			for round := 0; round < 20; round++ {
				if list.Append(map[string]int{"i": i}) != nil ||
					!bytes.Equal(must(joblib.Dumps(document)), expected) {
					t.Error("another result")
				}
			}
		}(i)
	}
	group.Wait()
	checkEqual(t, must(must(builder.Document(list)).Root()).Len(), 160)
}
