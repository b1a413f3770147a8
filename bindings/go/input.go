package joblib

import "libjoblib/joblib/internal/core"

// Input is what a model predicts: [Rows], [Dense], [Packed], an [*Array] of numbers with one or
// two dimensions, a [*Value] that is such an array or a scipy CSR matrix, or the [*Result] or
// [*Sparse] of another model. Only the types of this package are inputs.
type Input interface {
	input() (*handle[core.Input], error)
}

// Rows are rows of one length.
type Rows [][]float64

// Dense is a matrix in C order: row i stands at Values[i*Columns : (i+1)*Columns].
type Dense struct {
	Values  []float64
	Rows    int
	Columns int
}

// Row is one row.
func Row(values ...float64) Dense { return Dense{values, 1, len(values)} }

// Packed is a matrix in C order of numbers of another type than float64. DType is the type as
// numpy writes it, with or without byte order: "<f4", ">i8", "u1", "|b1".
type Packed struct {
	Bytes   []byte
	DType   string
	Rows    int
	Columns int
}

func newInput(object core.Input) *handle[core.Input] {
	return own(object, core.DeleteInput, "input")
}

func makeInput(call func(*core.Problem) core.Input) (*handle[core.Input], error) {
	object, err := try(call)
	if err != nil {
		return nil, err
	}
	return newInput(object), nil
}

// Model.run has a shorter way for rows of one length; C names the row that differs.
func (rows Rows) input() (*handle[core.Input], error) {
	owner, err := makeInput(core.NewInput)
	for i := 0; i < len(rows) && err == nil; i++ {
		_, err = use(owner, func(object core.Input, problem *core.Problem) any {
			object.Append(append([]float64{}, rows[i]...), problem)
			return nil
		})
	}
	return owner, err
}

// dense copies the rows one after the other; false if their lengths differ.
func (rows Rows) dense() (Dense, bool) {
	if len(rows) == 0 {
		return Dense{}, true
	}
	columns := len(rows[0])
	values := make([]float64, 0, len(rows)*columns)
	for _, row := range rows {
		if len(row) != columns {
			return Dense{}, false
		}
		values = append(values, row...)
	}
	return Dense{values, len(rows), columns}, true
}

func (rows Dense) check() error {
	fits := rows.Rows >= 0 && rows.Columns >= 0
	if fits && rows.Rows > 0 && rows.Columns > 0 {
		fits = len(rows.Values)%rows.Rows == 0 && len(rows.Values)/rows.Rows == rows.Columns
	} else if fits {
		fits = len(rows.Values) == 0
	}
	if !fits {
		return newError(ErrArgument, "%d values are not %d rows of %d columns",
			len(rows.Values), rows.Rows, rows.Columns)
	}
	return nil
}

// Model.run has a shorter way for Dense, which needs no C object.
func (rows Dense) input() (*handle[core.Input], error) {
	if err := rows.check(); err != nil {
		return nil, err
	}
	bytes := (&packed{floats: rows.Values}).bytes()
	return Packed{bytes, nativeMark + "f8", rows.Rows, rows.Columns}.input()
}

func (rows Packed) input() (*handle[core.Input], error) {
	if err := checkText(rows.DType); err != nil {
		return nil, err
	}
	return makeInput(func(problem *core.Problem) core.Input {
		return core.InputPacked(rows.Bytes, rows.DType, rows.Rows, rows.Columns, problem)
	})
}

func (array *Array) input() (*handle[core.Input], error) {
	if array.inGo() {
		return array.packed.dense().input()
	}
	object, err := use(array.owner(), func(object core.Array, problem *core.Problem) core.Input {
		return core.InputFromArray(object, problem)
	})
	if err != nil {
		return nil, err
	}
	return newInput(object), nil
}

// dense is the array as a matrix; of one dimension it is one row.
func (numbers *packed) dense() Dense {
	rows, columns := 1, numbers.count()
	if len(numbers.shape) == 2 {
		rows, columns = numbers.shape[0], numbers.shape[1]
	}
	return Dense{numbers.float64s(), rows, columns}
}

func (value *Value) input() (*handle[core.Input], error) {
	object, err := use(value.owner(), func(object core.Value, problem *core.Problem) core.Input {
		return core.InputFromValue(object, problem)
	})
	if err != nil {
		return nil, err
	}
	return newInput(object), nil
}

// Sparse is a sparse matrix by rows, as scipy's csr_matrix. Row i has the stored elements from
// RowOffsets[i] to RowOffsets[i+1].
type Sparse struct{ handle *handle[core.Input] }

func (rows *Sparse) owner() *handle[core.Input] {
	if rows == nil {
		return nil
	}
	return rows.handle
}

func (rows *Sparse) input() (*handle[core.Input], error) { return rows.owner(), nil }

// Shape is the number of rows and of columns.
func (rows *Sparse) Shape() (int, int) {
	return ask(rows.owner(), 0, core.Input.Rows), ask(rows.owner(), 0, core.Input.Columns)
}

func (rows *Sparse) part(call func(core.Input, *core.Problem) core.Array) (*Array, error) {
	object, err := use(rows.owner(), call)
	return newArray(object), err
}

// Values are the stored elements, row after row.
func (rows *Sparse) Values() (*Array, error) { return rows.part(core.Input.Values) }

// RowOffsets has one number more than there are rows.
func (rows *Sparse) RowOffsets() (*Array, error) { return rows.part(core.Input.RowOffsets) }

// ColumnIndices has the column of each stored element, from 0.
func (rows *Sparse) ColumnIndices() (*Array, error) { return rows.part(core.Input.ColumnIndices) }
