// The smoke test of every binding; bindings/README.md numbers its parts. 11 to 13 stand in
// lifetime_test.go.
package joblib_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"math/big"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"

	"libjoblib/joblib"
)

const textModel = "linear/logistic-labels-text-sklearn1.9"

func Test01LoadsEachCodec(t *testing.T) {
	check(t, regexp.MustCompile(`^\d+\.\d+\.\d+$`).MatchString(joblib.Version()), "version")
	check(t, joblib.CodecAvailable("raw") && joblib.CodecAvailable("zlib"), "codecs")
	check(t, !joblib.CodecAvailable("rot13") && !joblib.CodecAvailable("zlib\x00"), "rot13")
	for codec, folder := range map[string]string{"raw": "pickle4", "zlib": "zlib", "gzip": "gzip"} {
		path := fileOf("valid", folder, "list-1001")
		for _, document := range []*joblib.Document{
			must(joblib.Load(path)), must(joblib.Loads(readBytes(path))),
		} {
			checkEqual(t, must(document.Codec()), codec)
			checkEqual(t, must(document.Protocol()), 4)
			check(t, must(document.Memory()) > 0, "memory")
			list := must(document.Root())
			checkEqual(t, list.Len(), 1001)
			list.Each(func(i int, item *joblib.Value) bool {
				checkEqual(t, must(item.Int64()), int64(i))
				return true
			})
		}
	}
}

func Test02WalksContainersAndObjects(t *testing.T) {
	shared := rootOf("valid/pickle4/shared")
	checkEqual(t, shared.Kind(), joblib.KindList)
	checkEqual(t, shared.Kind().String(), "list")
	check(t, shared.At(0).Same(shared.At(3)), "shared")
	check(t, shared.At(7).Get("inner").Same(shared.At(0)), "shared in a dict")
	check(t, shared.At(6).At(0).Same(shared.At(0)), "shared in a tuple")
	check(t, !shared.At(0).Same(shared.At(1)), "not shared")
	checkEqual(t, must(shared.At(1).Get("k").Int64()), int64(2))
	check(t, shared.At(1).Get("missing") == nil && shared.At(1).Get("k\x00") == nil, "missing")
	check(t, shared.At(8) == nil && shared.At(-1) == nil, "outside")
	cycle := rootOf("valid/pickle4/cycle-list")
	check(t, cycle.At(1).At(1).At(1).Same(cycle), "cycle")
	turned := toGo(cycle).([]any)
	check(t, &turned[0] == &turned[1].([]any)[0], "cycle of Go")

	keys := rootOf("valid/pickle4/dict-keys")
	entries := toGo(keys).([]joblib.Entry)
	for i, key := range []any{nil, true, int64(2), 3.5, "t", []byte("b")} {
		checkEqual(t, entries[i], joblib.Entry{Key: key, Value: int64(i)})
	}
	checkEqual(t, keys.Key(6).Kind(), joblib.KindTuple)
	checkEqual(t, keys.Key(7).Kind(), joblib.KindFrozenSet)
	checkEqual(t, must(keys.GetInt(2).Int64()), int64(2))
	checkEqual(t, must(keys.GetInt(1).Int64()), int64(1))
	checkEqual(t, toGo(shared.At(1)), map[string]any{"k": int64(2)})
	checkMissing(t)
}

func checkMissing(t *testing.T) {
	var missing *joblib.Value
	checkEqual(t, missing.Get("a").At(1).Attr("b").Kind(), joblib.KindMissing)
	checkEqual(t, missing.Kind().String(), "missing")
	checkEqual(t, missing.Len(), 0)
	statusOf[int64](t, joblib.ErrKind)(missing.Int64())
	statusOf[any](t, joblib.ErrKind)(missing.Go())
	statusOf[*joblib.Array](t, joblib.ErrKind)(missing.Array())
	statusOf[*joblib.Model](t, joblib.ErrKind)(joblib.NewModelFromValue(missing))
	model := inference(textModel).model
	var nothing *joblib.Result
	checkEqual(t, nothing.Len(), 0)
	for _, rows := range []joblib.Input{missing, nothing, (*joblib.Array)(nil), (*joblib.Sparse)(nil)} {
		statusOf[*joblib.Result](t, joblib.ErrKind)(model.Predict(rows))
	}
}

func Test02WalksObjects(t *testing.T) {
	both := rootOf("valid/objects/slots-and-dict-protocol4-joblib1.6")
	checkEqual(t, both.Kind(), joblib.KindObject)
	checkEqual(t, both.ModuleName(), "objects")
	checkEqual(t, both.ClassName(), "Both")
	checkEqual(t, both.Form(), joblib.FormNewObj)
	checkEqual(t, both.Class().ClassName(), "Both")
	checkEqual(t, both.String(), "object objects.Both")
	checkEqual(t, both.Arguments().Len(), 0)
	check(t, both.Keywords() == nil && both.Items() == nil, "keywords, items")
	checkEqual(t, must(both.Attr("a").Int64()), int64(1))
	checkEqual(t, must(both.Attr("c").Int64()), int64(3))
	check(t, both.Attr("missing") == nil, "missing")
	found := map[string]int64{}
	both.EachPair(func(key, item *joblib.Value) bool {
		found[must(key.Text())] = must(item.Int64())
		return true
	})
	checkEqual(t, found, map[string]int64{"a": 1, "c": 3})
	checkEqual(t, both.State().Kind(), joblib.KindTuple)
	check(t, toGo(both).(*joblib.Value) == both, "an object is itself")
}

func Test03ReadsArrays(t *testing.T) {
	for _, name := range []string{"f-order-joblib1.6", "c-order-joblib1.0"} {
		array := arrayOf("valid/ndarray", name)
		numbers := []float64{0, 1, 2, 3, 4, 5}
		checkEqual(t, array.DType(), "<f8")
		checkEqual(t, array.Shape(), []int{2, 3})
		checkEqual(t, array.Order(), strings.ToUpper(name[:1]))
		checkEqual(t, array.String(), "ndarray <f8 (2, 3)")
		checkEqual(t, must(array.Float64s()), numbers)
		checkEqual(t, toFloat64s(must(array.Bytes())), numbers)
		checkEqual(t, must(must(array.At(1)).Float64s()), numbers[3:])
		checkEqual(t, must(array.Rows()), [][]float64{numbers[:3], numbers[3:]})
		checkEqual(t, must(array.Go()).([]any)[1], []any{3.0, 4.0, 5.0})
		checkEqual(t, must(array.Item(5)), 5.0)
		checkEqual(t, []int{array.Len(), array.Count(), array.ItemSize()}, []int{2, 6, 8})
		statusOf[any](t, joblib.ErrRange)(array.Item(6))
		statusOf[any](t, joblib.ErrRange)(array.Item(-1))
		statusOf[*joblib.Array](t, joblib.ErrRange)(array.At(2))
		statusOf[[]int64](t, joblib.ErrKind)(array.Int64s())
		statusOf[[]string](t, joblib.ErrKind)(array.Texts())
	}
	checkEqual(t, must(arrayOf("valid/ndarray/text-joblib1.6").Texts()), []string{"", "ab", "é你"})
	objects := arrayOf("valid/ndarray/objects-joblib1.6")
	checkEqual(t, must(objects.Go()), []any{int64(1), "a", nil, []any{int64(2)}, 3.5})
	checkEqual(t, objects.Object(3).Len(), 1)
	statusOf[[]byte](t, joblib.ErrKind)(objects.Bytes())
	records := arrayOf("valid/ndarray/struct-packed-joblib1.6")
	checkEqual(t, records.Fields(), []string{"a", "b"})
	checkEqual(t, must(records.Field("a").Int64s()), []int64{0, 9})
	checkEqual(t, records.Field("b").DType(), "<f8")
	check(t, records.Field("c") == nil, "no field")
	scalars := rootOf("valid/ndarray/scalars-joblib1.6")
	checkEqual(t, toGo(scalars).([]any)[:6],
		[]any{true, int64(-1), uint64(1 << 63), 1.5, 2.5, complex(1, 2)})
	checkEqual(t, must(scalars.At(5).Complex()), complex(1, 2))
	checkEqual(t, must(scalars.At(6).Array()).DType(), "<M8[D]")
	checkEqual(t, rootOf("valid/ndarray/dtypes-joblib1.6").At(1).DType(), ">i4")
}

func Test04RunsEveryMethod(t *testing.T) {
	run := map[joblib.Method]bool{}
	for _, name := range []string{"linear/logistic-labels-text", "linear/logistic-labels-bool",
		"trees/tree-outputs", "linear/logistic-labels-object", "trees/forest",
		"trees/forest-regressor", "pipeline/scaler-logistic-text", "preprocessing/standard",
		"dummy/prior-outputs", "preprocessing/standard-csr"} {
		one := inference(name + "-sklearn1.9")
		for _, method := range one.model.Methods() {
			result := must(one.model.Run(method, one.input))
			checkEqual(t, result.Len(), must(one.model.OutputCount(method)))
			for i, output := range one.expected[method.String()] {
				checkOutput(t, result.Output(i), output)
			}
			run[method] = true
			delete(one.expected, method.String())
		}
		checkEqual(t, len(one.expected), 0)
	}
	checkEqual(t, len(run), 5)

	text := inference(textModel)
	checkEqual(t, must(must(text.model.Classes(0)).Texts()), []string{"café", "green", "red"})
	checkEqual(t, must(text.model.Version()), "1.9.1")
	checkEqual(t, must(must(text.model.Predict(text.input)).Texts())[0], "café")
	checkEqual(t, must(must(text.model.Predict(text.input)).Item(0)), "café")
	checkEqual(t, must(text.model.FeatureCount()), 4)
	check(t, must(text.model.FeatureNames()) == nil, "feature names")
	method, found := joblib.MethodOf("predict_log_proba")
	check(t, found && method == joblib.PredictLogProba, "MethodOf")

	csr := inference("preprocessing/standard-csr-sklearn1.9")
	scaled := must(csr.model.Transform(csr.input))
	check(t, scaled.IsSparse() && scaled.Shape() == nil && scaled.DType() == "", "sparse")
	rows, columns := must(scaled.Sparse()).Shape()
	checkEqual(t, []int{rows, columns}, []int{10, 4})
	checkEqual(t, scaled.String(), "sparse rows (10, 4)")
	statusOf[[]float64](t, joblib.ErrKind)(scaled.Float64s())
	check(t, must(csr.model.Transform(scaled)).IsSparse(), "a result is an input")
}

func Test05ReturnsErrorsThatSayWhere(t *testing.T) {
	cut := statusOf[*joblib.Document](t, joblib.ErrTruncated)(
		joblib.Load(fileOf("invalid/truncated/binbytes-3")))
	checkEqual(t, []int64{cut.Offset, cut.FileOffset, cut.Row, cut.Column}, []int64{2, 2, -1, -1})
	check(t, strings.Contains(cut.Error(), "JOBLIB_ERROR_TRUNCATED at byte 2"), "%v", cut)
	check(t, !errors.Is(cut, joblib.ErrCorrupt), "another status")
	statusOf[*joblib.Document](t, joblib.ErrCorrupt)(
		joblib.Load(fileOf("invalid/zlib/checksum-wrong")))
	statusOf[*joblib.Document](t, joblib.ErrNotFound)(joblib.Load(fileOf("no/such")))
	statusOf[*joblib.Document](t, joblib.ErrArgument)(joblib.Load("a\x00b"))
	statusOf[*joblib.Document](t, joblib.ErrTruncated)(joblib.Loads(nil))
	statusOf[int64](t, joblib.ErrKind)(rootOf("valid/pickle4/shared").Int64())

	text := inference(textModel)
	rows := must(must(text.input.Array()).Rows())
	rows[2][1] = math.NaN()
	nan := statusOf[*joblib.Result](t, joblib.ErrValue)(text.model.Predict(joblib.Rows(rows)))
	checkEqual(t, []int64{nan.Row, nan.Column}, []int64{2, 1})
	refuse := statusOf[*joblib.Result](t, joblib.ErrInput)
	refuse(text.model.Predict(joblib.Row(1, 2, 3)))
	refuse(text.model.Predict(joblib.Rows{}))
	_, err := text.model.Predict(joblib.Dense{Rows: math.MaxInt64})
	check(t, err != nil, "endless rows")
	refuse(text.model.Predict(nil))
	ragged := refuse(text.model.Predict(joblib.Rows{{1, 2, 3, 4}, {1, 2, 3}}))
	checkEqual(t, ragged.Row, int64(1))
	statusOf[*joblib.Result](t, joblib.ErrMethod)(text.model.Transform(text.input))
	statusOf[*joblib.Result](t, joblib.ErrMethod)(text.model.Transform(joblib.Row(1, 2, 3, 4)))
	statusOf[*joblib.Result](t, joblib.ErrArgument)(
		text.model.Predict(joblib.Dense{Values: []float64{1}, Rows: 1, Columns: 2}))
}

// Slices may be parts of objects that hold pointers, which cgo must not be told of.
func Test05TakesPartsOfObjects(t *testing.T) {
	text := inference(textModel)
	data := readBytes(fileOf("valid/pickle4/text-nul"))
	object := &struct {
		next  *testing.T
		row   [4]float64
		out   [3]float64
		bytes [1 << 10]byte
	}{next: t}
	copy(object.bytes[:], data)
	must(joblib.Loads(object.bytes[:len(data)]))
	must(text.model.Predict(joblib.Row(object.row[:]...)))
	must(text.model.Predict(packedRows(object.bytes[:4], "u1", 1, 4)))
	checkEqual(t, text.model.PredictProbaInto(joblib.Row(object.row[:]...), object.out[:]), nil)
	check(t, math.Abs(object.out[0]+object.out[1]+object.out[2]-1) < 1e-9, "not 1")
	statusOf[*joblib.Result](t, joblib.ErrInput)(
		text.model.Predict(joblib.Rows{object.row[:], object.row[:2]}))
}

func Test06KeepsIntegersExact(t *testing.T) {
	huge, _ := new(big.Int).SetString("1"+strings.Repeat("0", 30), 10)
	two64 := new(big.Int).Lsh(big.NewInt(1), 64)
	values := rootOf("valid/pickle4/int-big")
	checkEqual(t, toGo(values).([]any)[:8], []any{int64(2147483648), int64(-2147483649),
		uint64(1 << 63), int64(math.MinInt64), two64, uint64(math.MaxUint64), huge,
		new(big.Int).Neg(huge)})
	checkEqual(t, must(values.At(5).Uint64()), uint64(math.MaxUint64))
	checkEqual(t, must(values.At(4).BigInt()), two64)
	statusOf[int64](t, joblib.ErrRange)(values.At(5).Int64())
	statusOf[uint64](t, joblib.ErrRange)(values.At(4).Uint64())
	edges := []int64{0, 1, -1, 255, 256, 65535, 65536, 2147483647, -2147483648}
	rootOf("valid/pickle4/int-edges").Each(func(i int, item *joblib.Value) bool {
		checkEqual(t, must(item.Int64()), edges[i])
		return true
	})
	// A pickle of [2^53 + 1, 2^63 - 1], as protocol 2 writes it.
	pickle := []byte("\x80\x02](\x8a\x07\x01\x00\x00\x00\x00\x00\x20\x8a\x08" +
		"\xff\xff\xff\xff\xff\xff\xff\x7fe.")
	checkEqual(t, toGo(must(must(joblib.Loads(pickle)).Root())),
		[]any{int64(1<<53 + 1), int64(math.MaxInt64)})
}

func Test07KeepsTextAndBytes(t *testing.T) {
	checkEqual(t, toGo(rootOf("valid/pickle4/text-nul")), []any{"a\x00b", "\x00"})
	checkEqual(t, toGo(rootOf("valid/pickle4/text")),
		[]any{"", "a", "café", "你好", "😀", "\"\\/\b\f\n\r\t\x7f\x1f"})
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	checkEqual(t, toGo(rootOf("valid/pickle4/bytes")).([]any)[:3], []any{[]byte{}, []byte("a"), all})
}

func Test08KeepsNaNAndInfinity(t *testing.T) {
	special := toGo(rootOf("valid/pickle4/float-special")).([]any)
	checkEqual(t, special[:2], []any{math.Inf(1), math.Inf(-1)})
	for _, item := range special[2:5] {
		check(t, math.IsNaN(item.(float64)), "not NaN")
	}
	one := inference("trees/tree-missing-sklearn1.9")
	rows := must(must(one.input.Array()).Rows())
	checkOutput(t, must(one.model.Predict(one.input)), one.expected["predict"][0])
	checkOutput(t, must(one.model.Predict(joblib.Rows(rows))), one.expected["predict"][0])
	rows[0][0] = math.Inf(1)
	statusOf[*joblib.Result](t, joblib.ErrValue)(one.model.Predict(joblib.Rows(rows)))
}

// A reader with a function.
type reader func([]byte) (int, error)

func (read reader) Read(chunk []byte) (int, error) { return read(chunk) }

func Test09ReadsStreams(t *testing.T) {
	path := fileOf("valid/zlib/list-1001")
	file := must(os.Open(path))
	defer file.Close()
	checkEqual(t, must(must(joblib.Read(file)).Root()).Len(), 1001)
	data := readBytes(path)
	for _, source := range []io.Reader{
		iotest.OneByteReader(bytes.NewReader(data)), iotest.HalfReader(bytes.NewReader(data)),
		iotest.DataErrReader(bytes.NewReader(data)),
	} {
		document := must(joblib.Read(source))
		checkEqual(t, must(must(document.Root()).At(1000).Int64()), int64(1000))
	}
	refuse := statusOf[*joblib.Document]
	refuse(t, joblib.ErrTruncated)(joblib.Read(bytes.NewReader(nil)))
	refuse(t, joblib.ErrTrailing)(joblib.Read(bytes.NewReader(append(data, 0))))

	own := errors.New("unplugged")
	for _, before := range []int{0, 10, len(data)} {
		_, err := joblib.Read(io.MultiReader(bytes.NewReader(data[:before]), iotest.ErrReader(own)))
		check(t, err == own, "%v is another error", err)
	}
	_, err := joblib.Read(reader(func([]byte) (int, error) { return 0, nil }))
	check(t, err == io.ErrNoProgress, "%v", err)
	_, err = joblib.Read(reader(func(chunk []byte) (int, error) { return len(chunk) + 1, nil }))
	check(t, err != nil, "an impossible count")
	func() {
		defer func() { checkEqual(t, recover(), own) }()
		_, _ = joblib.Read(reader(func([]byte) (int, error) { panic(own) }))
		t.Fatal("the panic is lost")
	}()
}

func Test10TakesOptions(t *testing.T) {
	path := fileOf("valid/pickle4/nested-100")
	refuse := statusOf[*joblib.Document]
	refuse(t, joblib.ErrLimit)(joblib.Load(path, joblib.MaxDepth(50)))
	checkEqual(t, must(must(joblib.Load(path, joblib.MaxDepth(200))).Root()).Kind(),
		joblib.KindList)
	mapped := must(joblib.Load(path, joblib.MaxDepth(joblib.Unlimited), joblib.Mapping(true)))
	checkEqual(t, must(mapped.Root()).Len(), 1)
	refuse(t, joblib.ErrLimit)(joblib.Loads(readBytes(path), joblib.MaxMemory(100)))
	for _, option := range []joblib.Option{
		joblib.NamedOption("max_deepness", 1), joblib.NamedOption("max_depth\x00", 1),
		joblib.MaxDepth(0), joblib.NamedOption("mapping", 3), joblib.MaxInput(0),
	} {
		refuse(t, joblib.ErrArgument)(joblib.Load(path, option))
	}
	must(joblib.Load(path, joblib.NamedOption("mapping", 2), joblib.MaxCodecMemory(1<<20)))
	for _, option := range []joblib.Option{joblib.MaxDecoded(9), joblib.MaxOpcodes(9),
		joblib.MaxInput(9),
		joblib.MaxStack(2), joblib.MaxMemo(2), joblib.NamedOption("max_depth", 9)} {
		refuse(t, joblib.ErrLimit)(joblib.Load(path, option))
	}
	must(joblib.Load(path, joblib.MaxText(1<<20)))
	refuse(t, joblib.ErrLimit)(joblib.Load(fileOf("valid/ndarray/f-order-joblib1.6"),
		joblib.MaxArray(8)))
}
