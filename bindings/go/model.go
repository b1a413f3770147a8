package joblib

import (
	"sync"

	"libjoblib/joblib/internal/core"
)

// Model runs an estimator of a document: an immutable plan, made once from the estimator's
// state. It keeps the document alive.
type Model struct {
	handle  *handle[core.Model]
	parts   []Part
	columns [methodCount]int // of the only output; 0 if there are several or none
	scratch sync.Pool        // of *scratch
}

// Part is one estimator inside a model.
type Part struct {
	Path     string   // place in the document: "steps[1][1]"; "" for the whole
	Class    string   // with its module: "sklearn.pipeline.Pipeline"
	Version  string   // scikit-learn version that wrote it; "" if it is not stored
	Status   Status   // 0, ErrEstimator or ErrModel: why it cannot run
	Reason   string   // "", or why it cannot run
	Depth    int      // 0 for the whole, 1 for its parts …
	Features int      // columns of its input; 0 if any number will do
	Methods  []Method // those that can run
}

// LoadModel loads the file at `path` and builds the model in it. If that is refused, the
// error's Parts tell all that cannot run.
func LoadModel(path string, options ...Option) (*Model, error) {
	if err := checkText(path); err != nil {
		return nil, err
	}
	var model *Model
	err := withOptions(options, func(set core.LoadOptions) (err error) {
		model, err = build(func(report core.Report, problem *core.Problem) core.Model {
			return core.ModelLoad(path, set, report, problem)
		})
		return err
	})
	return model, err
}

// NewModel builds a model from the root of a document.
func NewModel(document *Document) (*Model, error) {
	if !document.handle.acquire() {
		return nil, document.handle.missing()
	}
	defer document.handle.release()
	return build(func(report core.Report, problem *core.Problem) core.Model {
		return core.ModelFromDocument(document.handle.object, report, problem)
	})
}

// NewModelFromValue builds a model from an estimator object inside a document.
func NewModelFromValue(value *Value) (*Model, error) {
	if !value.owner().acquire() {
		return nil, value.owner().missing()
	}
	defer value.owner().release()
	return build(func(report core.Report, problem *core.Problem) core.Model {
		return core.ModelFromValue(value.handle.object, report, problem)
	})
}

func build(call func(core.Report, *core.Problem) core.Model) (*Model, error) {
	report, err := try(core.NewReport)
	if err != nil {
		return nil, err
	}
	defer core.DeleteReport(report)
	var problem core.Problem
	object := call(report, &problem)
	if problem.Failed() {
		refusal := readProblem(&problem)
		refusal.Parts = readReport(report)
		return nil, refusal
	}
	return newModel(object, readReport(report)), nil
}

func newModel(object core.Model, parts []Part) *Model {
	model := &Model{handle: own(object, core.DeleteModel, "model"), parts: parts}
	var problem core.Problem
	for method := range model.columns {
		if object.OutputCount(method, &problem) == 1 {
			model.columns[method] = object.OutputColumns(method, 0, &problem)
		}
	}
	return model
}

func readReport(report core.Report) []Part {
	parts := make([]Part, report.Count())
	for i := range parts {
		parts[i] = Part{
			Path: report.Path(i), Class: report.ModuleName(i) + "." + report.ClassName(i),
			Version: report.Version(i), Status: Status(report.Status(i)), Reason: report.Reason(i),
			Depth: int(report.Depth(i)), Features: int(report.Features(i)),
			Methods: listMethods(report.Methods(i)),
		}
	}
	return parts
}

// Close frees the model as soon as no call, array or result of it is left. Twice is fine.
func (model *Model) Close() error {
	model.handle.close()
	for used, more := model.scratch.Get().(*scratch); more; used, more = model.scratch.Get().(*scratch) {
		used.close()
	}
	return nil
}

// Prepare makes a model that predicts the same numbers faster in batches, at the cost of memory
// and of the time of this call.
func (model *Model) Prepare() (*Model, error) {
	object, err := use(model.handle, core.Model.Prepare)
	if err != nil {
		return nil, err
	}
	return newModel(object, model.parts), nil
}

// Parts are the estimators of the model, the whole first.
func (model *Model) Parts() []Part { return append([]Part{}, model.parts...) }

// Methods are those that can run.
func (model *Model) Methods() []Method {
	bits, _ := use(model.handle, core.Model.Methods)
	return listMethods(bits)
}

// Value is the estimator object that the model was built from.
func (model *Model) Value() (*Value, error) {
	object, err := use(model.handle, core.Model.Value)
	return newValue(object), err
}

// Document is the document of the model. To close it closes nothing for the model.
func (model *Model) Document() (*Document, error) {
	object, err := use(model.handle, core.Model.Document)
	if err != nil {
		return nil, err
	}
	return newDocument(object), nil
}

// Version is the scikit-learn version that wrote the model; "" if it is not stored.
func (model *Model) Version() (string, error) { return use(model.handle, core.Model.Version) }

// FeatureCount is the number of columns that the input must have; 0 if any number will do.
func (model *Model) FeatureCount() (int, error) {
	return use(model.handle, core.Model.FeatureCount)
}

// FeatureNames are the names of the input's columns; nil if the model was fitted without.
func (model *Model) FeatureNames() ([]string, error) {
	return use(model.handle, func(object core.Model, problem *core.Problem) []string {
		if object.FeatureName(0, problem) == "" {
			return nil
		}
		names := make([]string, object.FeatureCount(problem))
		for i := range names {
			names[i] = object.FeatureName(i, problem)
		}
		return names
	})
}

// TargetCount is the number of targets of a classifier that have classes; 0 for other models.
func (model *Model) TargetCount() (int, error) { return use(model.handle, core.Model.TargetCount) }

// Classes are the labels of a target, from 0, in the order of the columns of PredictProba.
func (model *Model) Classes(target int) (*Array, error) {
	object, err := use(model.handle, func(object core.Model, problem *core.Problem) core.Array {
		return object.Classes(target, problem)
	})
	return newArray(object), err
}

// OutputCount is the number of outputs of a method: 1 as a rule, 0 if the model lacks it.
func (model *Model) OutputCount(method Method) (int, error) {
	return use(model.handle, func(object core.Model, problem *core.Problem) int {
		return object.OutputCount(int(method), problem)
	})
}

// OutputColumns is the number of columns of output i of a method; 0 if there is none.
func (model *Model) OutputColumns(method Method, i int) (int, error) {
	return use(model.handle, func(object core.Model, problem *core.Problem) int {
		return object.OutputColumns(int(method), i, problem)
	})
}

// Memory is the number of bytes that the model holds beside its document.
func (model *Model) Memory() (int, error) { return use(model.handle, core.Model.Memory) }
