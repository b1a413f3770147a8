package joblib

import (
	"fmt"
	"strings"

	"libjoblib/joblib/internal/core"
)

// Status says what kind of error happened. Each status is an error too, for errors.Is.
type Status int

// Name is the name of the status in C: "JOBLIB_ERROR_TRUNCATED".
func (status Status) Name() string { return core.StatusName(int(status)) }

// Error says what the status means: "the input ends inside the object".
func (status Status) Error() string { return "joblib: " + core.StatusText(int(status)) }

// Error is an error of the library, and where it happened.
type Error struct {
	Status     Status
	Name       string // of the status: "JOBLIB_ERROR_TRUNCATED"
	Message    string // one line; what comes from a file is escaped in it
	Path       string // place in the document: "steps[1][1].coef_"; "" if none
	Offset     int64  // byte in the decompressed stream, or -1
	FileOffset int64  // byte in the file, or -1
	Row        int64  // row of a refused input, from 0, or -1
	Column     int64  // column of a refused input, from 0, or -1
	Parts      []Part // of a refused model, all its estimators; else nil
}

// Error gives path, message, status and offset in one line.
func (e *Error) Error() string {
	var text strings.Builder
	text.WriteString("joblib: ")
	if e.Path != "" {
		text.WriteString(e.Path + ": ")
	}
	fmt.Fprintf(&text, "%s (%s", e.Message, e.Name)
	if e.Offset >= 0 {
		fmt.Fprintf(&text, " at byte %d", e.Offset)
	}
	text.WriteString(")")
	return text.String()
}

// Unwrap gives the status, so that errors.Is finds it.
func (e *Error) Unwrap() error { return e.Status }

func newError(status Status, format string, arguments ...any) *Error {
	return &Error{
		Status: status, Name: status.Name(), Message: fmt.Sprintf(format, arguments...),
		Offset: -1, FileOffset: -1, Row: -1, Column: -1,
	}
}

func readProblem(problem *core.Problem) *Error {
	status := Status(problem.Status())
	return &Error{
		Status: status, Name: status.Name(), Message: problem.Message(), Path: problem.Path(),
		Offset: problem.Offset(), FileOffset: problem.FileOffset(),
		Row: problem.Row(), Column: problem.Column(),
	}
}

// toError is nil, and not a nil *Error, for a call that succeeded.
func toError(problem *core.Problem) error {
	if problem.Failed() {
		return readProblem(problem)
	}
	return nil
}

func hasNul(text string) bool { return strings.IndexByte(text, 0) >= 0 }

// Names and paths go to C as terminated text.
func checkText(text string) error {
	if hasNul(text) {
		return newError(ErrArgument, "the text %.40q holds a NUL", text)
	}
	return nil
}
