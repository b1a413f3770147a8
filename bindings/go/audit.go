package joblib

import (
	"fmt"
	"io"

	"libjoblib/joblib/internal/core"
)

// Verdict is what is known of one name in a file.
type Verdict string

// What is known of a name.
const (
	VerdictKnown     Verdict = "known"     // numpy, scipy, scikit-learn or plain data of Python
	VerdictUnknown   Verdict = "unknown"   // nothing is promised: Python runs what it finds
	VerdictDangerous Verdict = "dangerous" // can run code or reach the system
)

// Outcome is what is known of a file.
type Outcome string

// What is known of a file; the last of these that is true.
const (
	OutcomeClean      Outcome = "clean"      // read to its end, every name known
	OutcomeUnknown    Outcome = "unknown"    // read to its end, some names unknown
	OutcomeIncomplete Outcome = "incomplete" // not read to its end
	OutcomeDangerous  Outcome = "dangerous"  // a dangerous name, read to its end or not
)

// Global is a class or function that a file names.
type Global struct {
	Module  string
	Name    string
	Verdict Verdict
	Reason  string // one line: why this verdict
	Called  bool   // it is called, or an instance is made
	Built   bool   // a state is given to what it made
	Nesting int    // pickles around its first place; 0 in the outermost
	Offset  int64  // of its first place, in the decompressed stream
	Count   int64  // how often it is named
}

// FullName is module and name: "os.system".
func (global Global) FullName() string { return global.Module + "." + global.Name }

// Report is what an audit found.
type Report struct {
	Outcome Outcome
	Globals []Global // each name once, in the order of the file
	Err     error    // why the file was not read to its end, an [*Error]; nil if it was
}

// String tells the outcome in a few words.
func (report *Report) String() string {
	return fmt.Sprintf("%s, %d names", report.Outcome, len(report.Globals))
}

// Audit tells which classes and functions the file at `path` names, and whether loading it in
// Python could run code. A file that cannot be opened or read to its end gives a report too.
func Audit(path string, options ...Option) (*Report, error) {
	if err := checkText(path); err != nil {
		return nil, err
	}
	return audit(options, func(set core.LoadOptions, allow core.AllowList,
		problem *core.Problem) (core.Audit, error) {
		return core.AuditLoad(path, set, allow, problem), nil
	})
}

// AuditBytes audits bytes, which are read during the call only.
func AuditBytes(data []byte, options ...Option) (*Report, error) {
	return audit(options, func(set core.LoadOptions, allow core.AllowList,
		problem *core.Problem) (core.Audit, error) {
		return core.AuditLoads(data, set, allow, problem), nil
	})
}

// AuditReader audits from a reader, to its end. An error that the reader returns comes out as
// it is; a panic of the reader goes on to the caller.
func AuditReader(reader io.Reader, options ...Option) (*Report, error) {
	return audit(options, func(set core.LoadOptions, allow core.AllowList,
		problem *core.Problem) (core.Audit, error) {
		return core.ReadAudit(reader, set, allow, problem)
	})
}

type auditCall func(core.LoadOptions, core.AllowList, *core.Problem) (core.Audit, error)

func audit(options []Option, call auditCall) (*Report, error) {
	var report *Report
	set, names := splitAllowed(options)
	err := withOptions(set, func(set core.LoadOptions) error {
		return withAllowList(names, func(allow core.AllowList) (err error) {
			report, err = makeReport(func(problem *core.Problem) (core.Audit, error) {
				return call(set, allow, problem)
			})
			return err
		})
	})
	return report, err
}

func makeReport(call func(*core.Problem) (core.Audit, error)) (*Report, error) {
	var problem core.Problem
	object, err := call(&problem)
	if err == nil {
		err = toError(&problem)
	}
	if err != nil {
		return nil, err
	}
	defer core.DeleteAudit(object)
	report := &Report{Outcome: Outcome(object.Outcome())}
	object.Check(&problem)
	report.Err = toError(&problem)
	report.Globals = make([]Global, object.Count())
	for i := range report.Globals {
		report.Globals[i] = readGlobal(object, i)
	}
	return report, nil
}

func readGlobal(object core.Audit, i int) Global {
	return Global{
		Module: object.ModuleName(i), Name: object.GlobalName(i),
		Verdict: Verdict(object.Verdict(i)), Reason: object.Reason(i),
		Called: object.IsCalled(i), Built: object.IsBuilt(i),
		Nesting: int(object.Nesting(i)), Offset: int64(object.Offset(i)),
		Count: int64(object.Occurrences(i)),
	}
}

// withAllowList calls with the names as a C object.
func withAllowList(names []string, call func(core.AllowList) error) error {
	object, err := try(core.NewAllowList)
	if err != nil {
		return err
	}
	defer core.DeleteAllowList(object)
	for _, name := range names {
		if err := checkText(name); err != nil {
			return err
		}
		var problem core.Problem
		object.Append(name, &problem)
		if err := toError(&problem); err != nil {
			return err
		}
	}
	return call(object)
}
