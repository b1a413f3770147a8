// Parts 11 to 13 of the smoke test.
package joblib_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"libjoblib/joblib"
)

type keptObjects struct {
	list, classes *joblib.Value
	labels        *joblib.Result
	row           *joblib.Array
	prepared      *joblib.Model
}

func (kept *keptObjects) check(t *testing.T, input *joblib.Value) {
	checkEqual(t, must(kept.list.At(0).Int64()), int64(1))
	checkEqual(t, must(kept.labels.Texts())[0], "café")
	checkEqual(t, must(must(kept.classes.Array()).Texts())[0], "café")
	checkEqual(t, kept.row.Len(), 4)
	checkEqual(t, must(must(kept.prepared.Predict(input)).Item(0)), "café")
}

func Test11SurvivesCollectionInAnyOrder(t *testing.T) {
	path := filepath.Join(vectors, "inference", textModel, "model.joblib")
	input := rootOf("inference", textModel, "input")
	var kept [20]*keptObjects
	random := rand.New(rand.NewSource(11))
	for round := 1; round <= 200; round++ {
		document := must(joblib.Load(fileOf("valid/pickle4/shared")))
		model := must(joblib.LoadModel(path))
		kept[random.Intn(len(kept))] = &keptObjects{
			list:     must(document.Root()).At(7).Get("inner"),
			labels:   must(model.Predict(input)),
			row:      must(must(input.Array()).At(1)),
			classes:  must(model.Value()).Attr("classes_"),
			prepared: must(model.Prepare()),
		}
		if round%2 == 0 {
			checkEqual(t, document.Close(), nil)
		}
		if round%3 == 0 {
			checkEqual(t, model.Close(), nil)
		}
		document, model = nil, nil
		runtime.GC()
		for _, one := range kept {
			if one != nil {
				one.check(t, input)
			}
		}
	}
}

func Test11RefusesUseAfterClose(t *testing.T) {
	document := must(joblib.Load(fileOf("valid/pickle4/shared")))
	root := must(document.Root())
	document.Close()
	document.Close()
	statusOf[*joblib.Value](t, joblib.ErrArgument)(document.Root())
	statusOf[string](t, joblib.ErrArgument)(document.Codec())
	statusOf[*joblib.Model](t, joblib.ErrArgument)(joblib.NewModel(document))
	checkEqual(t, root.Len(), 8)
	one := inference(textModel)
	labels := must(one.model.Predict(one.input))
	one.model.Close()
	one.model.Close()
	statusOf[*joblib.Result](t, joblib.ErrArgument)(one.model.Predict(one.input))
	statusOf[*joblib.Result](t, joblib.ErrArgument)(one.model.Predict(joblib.Row(1, 2, 3, 4)))
	statusOf[*joblib.Array](t, joblib.ErrArgument)(one.model.Classes(0))
	checkStatus(t, one.model.RunInto(joblib.PredictProba, joblib.Row(1, 2, 3, 4),
		make([]float64, 3)), joblib.ErrArgument)
	checkEqual(t, must(labels.Texts())[0], "café")
}

// Goroutines that predict while the model and its documents are closed.
func Test11SurvivesCloseDuringUse(t *testing.T) {
	one := inference("trees/forest-sklearn1.9")
	array := must(one.input.Array())
	rows := must(array.Rows())
	expected := decode(one.expected["predict_proba"][0].NDArray.Data)
	document := must(one.model.Document())
	var started, ended sync.WaitGroup
	for i := 0; i < 8; i++ {
		started.Add(1)
		ended.Add(1)
		go func(form joblib.Input) {
			defer ended.Done()
			for round := 0; ; round++ {
				result, err := one.model.PredictProba(form)
				if round == 10 {
					started.Done()
				}
				if err == nil && !bytes.Equal(must(result.Bytes()), expected) {
					t.Error("another result")
				}
				if _, gone := document.Root(); errors.Is(err, joblib.ErrArgument) && gone != nil {
					return
				}
			}
		}([]joblib.Input{one.input, array, joblib.Rows(rows)}[i%3])
	}
	started.Wait()
	document.Close()
	one.model.Close()
	ended.Wait()
}

func packedRows(data []byte, dtype string, rows, columns int) joblib.Packed {
	return joblib.Packed{Bytes: data, DType: dtype, Rows: rows, Columns: columns}
}

func pack(order binary.ByteOrder, numbers []float64) []byte {
	out := make([]byte, 8*len(numbers))
	for i, number := range numbers {
		order.PutUint64(out[8*i:], math.Float64bits(number))
	}
	return out
}

func packNarrow(numbers []float64) []byte {
	out := make([]byte, 4*len(numbers))
	for i, number := range numbers {
		binary.LittleEndian.PutUint32(out[4*i:], math.Float32bits(float32(number)))
	}
	return out
}

func Test12PredictsAlikeFromEveryFormOfInput(t *testing.T) {
	one := inference("trees/forest-sklearn1.9")
	array := must(one.input.Array())
	flat := must(array.Float64s())
	rows, columns := array.Shape()[0], array.Shape()[1]
	expected := decode(one.expected["predict_proba"][0].NDArray.Data)
	dense := joblib.Dense{Values: flat, Rows: rows, Columns: columns}
	for i, form := range []joblib.Input{
		one.input, array, joblib.Rows(must(array.Rows())), dense,
		packedRows(must(array.Bytes()), "<f8", rows, columns),
		packedRows(pack(binary.BigEndian, flat), ">f8", rows, columns),
		packedRows(packNarrow(flat), "f4", rows, columns),
	} {
		found := must(one.model.PredictProba(form))
		check(t, bytes.Equal(must(found.Bytes()), expected), "form %d", i)
		found = must(one.model.PredictProba(form, joblib.WithThreads(3)))
		check(t, bytes.Equal(must(found.Bytes()), expected), "form %d with threads", i)
	}
	prepared := must(one.model.Prepare())
	checkEqual(t, must(must(prepared.PredictProba(array)).Bytes()), expected)
	out := make([]float64, len(expected)/8)
	checkEqual(t, one.model.PredictProbaInto(dense, out), nil)
	checkEqual(t, pack(binary.LittleEndian, out), expected)
	checkStatus(t, one.model.PredictProbaInto(dense, out[1:]), joblib.ErrRange)
	refuse := statusOf[*joblib.Result](t, joblib.ErrArgument)
	refuse(one.model.Predict(packedRows([]byte("123"), "<f8", 1, 1)))
	refuse(one.model.Predict(packedRows([]byte("12345678"), "<c8", 1, 1)))
	refuse(one.model.Predict(packedRows([]byte("12345678"), "<f8", -1, -1)))
}

func Test13BuildsModelsAndListsWhatCannotRun(t *testing.T) {
	path := filepath.Join(vectors, "inference/pipeline/scaler-logistic-sklearn1.9/model.joblib")
	model := must(joblib.LoadModel(path, joblib.MaxDepth(200)))
	defer model.Close()
	parts := model.Parts()
	checkEqual(t, len(parts), 3)
	checkEqual(t, parts[0].Class, "sklearn.pipeline.Pipeline")
	checkEqual(t, parts[2].Depth, 1)
	checkEqual(t, must(joblib.NewModel(must(joblib.Load(path)))).Methods(), model.Methods())
	step := must(joblib.NewModelFromValue(must(model.Value()).Attr("steps").At(1).At(1)))
	checkEqual(t, must(step.TargetCount()), 1)
	check(t, must(must(model.Document()).Memory()) > 0, "document")
	refuse := statusOf[*joblib.Model]
	refused := refuse(t, joblib.ErrEstimator)(
		joblib.LoadModel(fileOf("valid/objects/plain-protocol4-joblib1.6")))
	checkEqual(t, len(refused.Parts), 1)
	checkEqual(t, refused.Parts[0].Class, "objects.Plain")
	checkEqual(t, refused.Parts[0].Status, joblib.ErrEstimator)
	check(t, refused.Parts[0].Reason != "", "no reason")
	refuse(t, joblib.ErrTruncated)(joblib.LoadModel(fileOf("invalid/truncated/binbytes-3")))
	refuse(t, joblib.ErrArgument)(joblib.LoadModel("a\x00b"))
	checkEqual(t, fmt.Sprint(model.Methods()),
		"[predict predict_proba predict_log_proba decision_function]")
}
