package joblib_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"testing/iotest"

	"libjoblib/joblib"
)

func checkDangerous(t *testing.T, report *joblib.Report) {
	t.Helper()
	checkEqual(t, report.Outcome, joblib.OutcomeDangerous)
	checkEqual(t, len(report.Globals), 1)
	global := report.Globals[0]
	checkEqual(t, global.FullName(), "code.InteractiveInterpreter")
	check(t, global.Reason != "", "no reason")
	global.Reason = ""
	checkEqual(t, global, joblib.Global{Module: "code", Name: "InteractiveInterpreter",
		Verdict: joblib.VerdictDangerous, Called: true, Built: true, Offset: 32, Count: 1})
}

func Test14AuditsWhatAFileNames(t *testing.T) {
	clean := must(joblib.Audit(filepath.Join(vectors, "demo/iris_logistic/model.joblib")))
	checkEqual(t, clean.Outcome, joblib.OutcomeClean)
	check(t, clean.Err == nil && len(clean.Globals) > 0, "%v", clean)
	for _, global := range clean.Globals {
		checkEqual(t, global.Verdict, joblib.VerdictKnown)
	}

	path := fileOf("audit/build")
	data := readBytes(path)
	checkDangerous(t, must(joblib.Audit(path)))
	checkDangerous(t, must(joblib.AuditBytes(data)))
	checkDangerous(t, must(joblib.AuditReader(iotest.OneByteReader(bytes.NewReader(data)))))
	checkDangerous(t, must(joblib.Audit(path, joblib.Allow("code.InteractiveInterpreter"))))

	cut := must(joblib.Audit(fileOf("invalid/truncated/binbytes-3")))
	checkEqual(t, cut.Outcome, joblib.OutcomeIncomplete)
	checkEqual(t, checkStatus(t, cut.Err, joblib.ErrTruncated).Offset, int64(2))
	checkStatus(t, must(joblib.Audit("no such file")).Err, joblib.ErrNotFound)
	checkStatus(t, must(joblib.AuditBytes(nil)).Err, joblib.ErrTruncated)

	unknown := fileOf("audit/near-known")
	for _, row := range []struct {
		outcome joblib.Outcome
		options []joblib.Option
	}{
		{joblib.OutcomeUnknown, nil},
		{joblib.OutcomeClean, []joblib.Option{joblib.Allow("m.C", "numpy.ndarrayy")}},
		{joblib.OutcomeUnknown, []joblib.Option{joblib.Allow("numpy.ndarray"), joblib.MaxDepth(9)}},
	} {
		checkEqual(t, must(joblib.Audit(unknown, row.options...)).Outcome, row.outcome)
	}
	refuse := statusOf[*joblib.Report]
	refuse(t, joblib.ErrArgument)(joblib.Audit(unknown, joblib.NamedOption("max_deepness", 1)))
	refuse(t, joblib.ErrArgument)(joblib.Audit(unknown, joblib.Allow("m\x00.C")))
	refuse(t, joblib.ErrArgument)(joblib.Audit(unknown + "\x00"))
	statusOf[*joblib.Document](t, joblib.ErrArgument)(joblib.Load(unknown, joblib.Allow("m.C")))

	own := errors.New("unplugged")
	_, err := joblib.AuditReader(iotest.ErrReader(own))
	check(t, err == own, "%v is another error", err)
	func() {
		defer func() { checkEqual(t, recover(), own) }()
		_, _ = joblib.AuditReader(reader(func([]byte) (int, error) { panic(own) }))
		t.Fatal("the panic is lost")
	}()
}

const tree = `list of 8
  [0]: &1 [1]
  [1]: &2 dict of 1
    "k": 2
  [2]: &3 set {3}
  [3]: *1 [1]
  [4]: *2 dict of 1
  [5]: *3 set {3}
  [6]: tuple of 1
    [0]: *1 [1]
  [7]: dict of 1
    "inner": *1 [1]
`

func Test15ShowsValuesAsText(t *testing.T) {
	shared := rootOf("valid/pickle4/shared")
	checkEqual(t, must(shared.Show(4)), tree)
	checkEqual(t, must(shared.Show(-1)), tree)
	checkEqual(t, must(shared.Show(0)), "list of 8\n")
	checkEqual(t, must(shared.At(0).Show(0)), "[1]\n")
	expect := regexp.MustCompile(`"expect": {"value": (.*)}\n`)
	for _, name := range []string{"pickle4/shared", "pickle4/dict-keys", "pickle4/cycle-list",
		"ndarray/f-order-joblib1.6", "zlib/list-1001"} {
		line := must(os.ReadFile(filepath.Join(vectors, "valid", name+".json")))
		found := must(rootOf("valid", name).MarshalJSON())
		checkEqual(t, string(found), string(expect.FindSubmatch(line)[1]))
	}
	check(t, json.Valid(must(json.Marshal(shared))), "no JSON")
	_, err := shared.At(8).Show(4)
	checkStatus(t, err, joblib.ErrKind)
}
