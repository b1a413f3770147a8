package joblib_test

import (
	"path/filepath"
	"testing"

	"libjoblib/joblib"
)

func checkField(t *testing.T, field joblib.Field, name string, offset int) *joblib.DType {
	t.Helper()
	checkEqual(t, field.Name, name)
	checkEqual(t, field.Offset, offset)
	return field.Type
}

func Test19TellsExactlyWhatAFileHolds(t *testing.T) {
	dict := rootOf("valid/python2/str-and-unicode-joblib0.11-py2.7")
	checkEqual(t, []bool{dict.Key(0).IsPython2(), dict.At(0).IsPython2()}, []bool{true, false})
	pair := rootOf("valid/pickle5/bytearray8")
	checkEqual(t, pair.At(0).Kind(), joblib.KindByteArray)
	check(t, pair.At(0).Same(pair.At(1)), "two byte arrays")
	number := rootOf("valid/ndarray/scalar-big-endian")
	checkEqual(t, number.ElementType().String(), ">f8")
	checkEqual(t, must(must(number.Array()).StoredBytes()), []byte{0x3f, 0xf0, 0, 0, 0, 0, 0, 0})
	checkEqual(t, pair.ElementType() == nil, true)
	objects := must(rootOf("valid/ndarray/objects-f-order-joblib1.6").Array())
	checkEqual(t, objects.Object(2).Kind(), joblib.KindStr)
	statusOf[[]byte](t, joblib.ErrKind)(objects.StoredBytes())
	checkEqual(t, joblib.FormNewObjEx.String(), "newobj_ex")
	checkEqual(t, joblib.Form(9).String(), "unknown")
}

func Test19TellsWhatRecordsAreMadeOf(t *testing.T) {
	array := must(rootOf("valid/kinds/struct-sub-struct-joblib1.6").Array())
	record := array.ElementType()
	checkEqual(t, record.ItemSize(), 35)
	check(t, record.Base() == nil && record.Shape() == nil, "a sub-array")
	fields := record.Fields()
	checkEqual(t, len(fields), 2)
	outer := checkField(t, fields[0], "a", 0)
	bytes := checkField(t, fields[1], "b", 32)
	checkEqual(t, outer.Shape(), []int{2, 2})
	checkEqual(t, bytes.Shape(), []int{3})
	checkEqual(t, bytes.Base().String(), "|u1")
	check(t, bytes.Base().Fields() == nil, "fields of a number")
	inner := checkField(t, outer.Base().Fields()[1], "y", 4)
	checkEqual(t, inner.Base().String(), "<i2")
	stored := must(array.StoredBytes())
	checkEqual(t, len(stored), 70)
	checkEqual(t, stored[69], byte(69))
}

func Test19DescribesNumbersInMemoryOfGo(t *testing.T) {
	text := inference(textModel)
	numbers := must(must(text.model.PredictProba(joblib.Row(0.5, -1.25, 2, 0))).Array())
	checkEqual(t, numbers.ElementType().String(), numbers.DType())
	checkEqual(t, numbers.ElementType().ItemSize(), 8)
	check(t, numbers.ElementType().Fields() == nil && numbers.ElementType().Base() == nil, "record")
	checkEqual(t, must(numbers.StoredBytes()), must(numbers.Bytes()))
}

func Test20DumpsTheBytesOfAFileAgain(t *testing.T) {
	for _, name := range []string{"zlib/level-9", "cpickle/list-1001-protocol4", "gzip/level-1"} {
		data := readBytes(fileOf("valid", name))
		document := must(joblib.Loads(data))
		check(t, string(must(joblib.Dumps(document))) != string(data), "the default gives %s", name)
		checkEqual(t, must(joblib.Dumps(document, joblib.Same(data))), data)
		path := filepath.Join(t.TempDir(), "other.gz")
		checkEqual(t, document.Dump(path, joblib.Compress("zlib:1"), joblib.Same(data)), nil)
		checkEqual(t, readBytes(path), data)
	}
	data := readBytes(fileOf("valid/hostile/os-system"))
	document := must(joblib.Loads(data))
	statusOf[[]byte](t, joblib.ErrForbidden)(joblib.Dumps(document, joblib.Same(data)))
	statusOf[[]byte](t, joblib.ErrDifferent)(joblib.Dumps(document, joblib.Same(data),
		joblib.Allow("posix.system", "os.system")))
}
