package joblib

import (
	"runtime"
	"sync"
	"sync/atomic"

	"libjoblib/joblib/internal/core"
)

// pointer is what the generated code makes of a C object.
type pointer interface{ Swigcptr() uintptr }

func isNull(object pointer) bool { return object == nil || object.Swigcptr() == 0 }

// handle owns a C object and counts its users: one until close, and one for each call that
// runs. So an object is never freed during a call, whatever closes or collects it.
type handle[T pointer] struct {
	object T
	free   func(T)
	what   string
	users  atomic.Int64
	closed atomic.Bool
}

// own takes a C object, which the garbage collector frees unless close comes first.
func own[T pointer](object T, free func(T), what string) *handle[T] {
	owner := hold(object, free, what)
	runtime.SetFinalizer(owner, (*handle[T]).close)
	return owner
}

// hold takes a C object that close must free.
func hold[T pointer](object T, free func(T), what string) *handle[T] {
	owner := &handle[T]{object: object, free: free, what: what}
	owner.users.Store(1)
	return owner
}

func (owner *handle[T]) close() {
	if owner != nil && owner.closed.CompareAndSwap(false, true) {
		owner.release()
	}
}

// acquire is false for an object that was closed.
func (owner *handle[T]) acquire() bool {
	if owner == nil || owner.closed.Load() {
		return false
	}
	for {
		users := owner.users.Load()
		if users == 0 {
			return false
		}
		if owner.users.CompareAndSwap(users, users+1) {
			return true
		}
	}
}

func (owner *handle[T]) release() {
	if owner.users.Add(-1) == 0 {
		owner.free(owner.object)
	}
}

func (owner *handle[T]) missing() error {
	if owner == nil {
		return newError(ErrKind, "there is no such value")
	}
	return newError(ErrArgument, "the %s is closed", owner.what)
}

// Problems are half a kilobyte each, and every call needs one.
var problems = sync.Pool{New: func() any { return new(core.Problem) }}

// try makes a call that may fail.
func try[T any](call func(problem *core.Problem) T) (T, error) {
	problem := problems.Get().(*core.Problem)
	defer problems.Put(problem)
	result := call(problem)
	return result, toError(problem)
}

// use makes a call with an object, which may fail.
func use[T pointer, R any](owner *handle[T], call func(T, *core.Problem) R) (R, error) {
	if !owner.acquire() {
		var none R
		return none, owner.missing()
	}
	defer owner.release()
	return try(func(problem *core.Problem) R { return call(owner.object, problem) })
}

// ask makes a call that cannot fail; of what is closed or missing the answer is `none`.
func ask[T pointer, R any](owner *handle[T], none R, call func(T) R) R {
	if !owner.acquire() {
		return none
	}
	defer owner.release()
	return call(owner.object)
}
