package joblib

import (
	"libjoblib/joblib/internal/core"
)

// Predict runs the method predict: labels, or the numbers of a regressor.
func (model *Model) Predict(rows Input, options ...RunOption) (*Result, error) {
	return model.Run(Predict, rows, options...)
}

// PredictProba runs the method predict_proba: a column for each class, in the order of Classes.
func (model *Model) PredictProba(rows Input, options ...RunOption) (*Result, error) {
	return model.Run(PredictProba, rows, options...)
}

// PredictLogProba runs the method predict_log_proba.
func (model *Model) PredictLogProba(rows Input, options ...RunOption) (*Result, error) {
	return model.Run(PredictLogProba, rows, options...)
}

// DecisionFunction runs the method decision_function.
func (model *Model) DecisionFunction(rows Input, options ...RunOption) (*Result, error) {
	return model.Run(DecisionFunction, rows, options...)
}

// Transform runs the method transform.
func (model *Model) Transform(rows Input, options ...RunOption) (*Result, error) {
	return model.Run(Transform, rows, options...)
}

// Run runs a method. Errors are ErrMethod if the model lacks it, ErrInput if the rows do not fit
// the model, and ErrValue, with Row and Column, for NaN or infinity where the model refuses
// them.
func (model *Model) Run(method Method, rows Input, options ...RunOption) (*Result, error) {
	threads := countThreads(options)
	switch matrix := rows.(type) {
	case nil:
		return nil, newError(ErrInput, "there are no rows")
	case Dense:
		return model.runDense(method, matrix, threads)
	case Rows:
		if dense, equal := matrix.dense(); equal {
			return model.runDense(method, dense, threads)
		}
	}
	input, err := rows.input()
	if err != nil {
		return nil, err
	}
	return model.runInput(method, input, threads)
}

// RunInto writes the only output of a method to `out`, in C order, without allocating: rows times
// OutputColumns numbers, also for labels that are numbers. It is the fastest way for one row:
//
//	err := model.RunInto(joblib.PredictProba, joblib.Row(row...), out)
//
// ErrRange if `out` is too short, ErrKind if the output is not numbers or not one.
func (model *Model) RunInto(method Method, rows Dense, out []float64) error {
	if err := rows.check(); err != nil {
		return err
	}
	used, err := model.begin()
	if err != nil {
		return err
	}
	defer model.end(used)
	core.FillDense(used.model.object, int(method), rows.Values, rows.Rows,
		used.workspace.object, out, used.problem)
	return toError(used.problem)
}

// PredictInto is RunInto of predict.
func (model *Model) PredictInto(rows Dense, out []float64) error {
	return model.RunInto(Predict, rows, out)
}

// PredictProbaInto is RunInto of predict_proba.
func (model *Model) PredictProbaInto(rows Dense, out []float64) error {
	return model.RunInto(PredictProba, rows, out)
}

// scratch is what one call needs, kept for the next: a share in the model, so that calls at once
// write to no memory in common; memory that grows to what the model needs; and places that C
// writes to, which must hold no pointer of Go.
type scratch struct {
	model     *handle[core.Model]
	workspace *handle[core.Workspace]
	problem   *core.Problem
	output    *core.Output
}

func (used *scratch) close() {
	used.workspace.close()
	used.model.close()
}

// begin takes a scratch for one call, until end. Close does not disturb the call.
func (model *Model) begin() (*scratch, error) {
	if model.handle.closed.Load() {
		return nil, model.handle.missing()
	}
	if used, found := model.scratch.Get().(*scratch); found {
		return used, nil
	}
	share, err := use(model.handle, core.ShareModel)
	if err != nil {
		return nil, err
	}
	owner := own(share, core.DeleteModel, "model")
	workspace, err := try(core.NewWorkspace)
	if err != nil {
		return nil, err
	}
	return &scratch{owner, own(workspace, core.DeleteWorkspace, "workspace"), new(core.Problem),
		new(core.Output)}, nil
}

func (model *Model) end(used *scratch) {
	if model.handle.closed.Load() {
		used.close()
		return
	}
	model.scratch.Put(used)
}

func (model *Model) columnsOf(method Method) int {
	if method < 0 || method >= methodCount {
		return 0
	}
	return model.columns[method]
}

// runDense makes one call of C, which writes the numbers into memory of Go, unless there are
// several outputs or the output is sparse or not of float64 or int64.
func (model *Model) runDense(method Method, rows Dense, threads uint) (*Result, error) {
	if err := rows.check(); err != nil {
		return nil, err
	}
	used, err := model.begin()
	if err != nil {
		return nil, err
	}
	defer model.end(used)
	columns := model.columnsOf(method)
	if rows.Columns == 0 {
		columns = 0 // no number bounds the rows: let C refuse them
	}
	out := make([]float64, rows.Rows*columns)
	object := core.RunDense(used.model.object, int(method), rows.Values, rows.Rows,
		used.workspace.object, threads, out, used.output, used.problem)
	if err := toError(used.problem); err != nil {
		return nil, err
	}
	if !isNull(object) {
		return readResult(object)
	}
	shape := []int{rows.Rows, columns}[:used.output.Dimensions()]
	return newPackedResult(shape, out, used.output.IsInt64()), nil
}

func newPackedResult(shape []int, out []float64, isInt64 bool) *Result {
	numbers := &packed{shape: shape, floats: out}
	if isInt64 {
		numbers = &packed{shape: shape, ints: core.Int64s(out)}
	}
	return &Result{[]output{{array: &Array{packed: numbers}}}}
}

func (model *Model) runInput(method Method, input *handle[core.Input],
	threads uint) (*Result, error) {
	used, err := model.begin()
	if err != nil {
		return nil, err
	}
	defer model.end(used)
	object, err := use(input, func(rows core.Input, problem *core.Problem) core.Result {
		return used.model.object.Run(int(method), rows, used.workspace.object, threads, problem)
	})
	if err != nil {
		return nil, err
	}
	return readResult(object)
}
