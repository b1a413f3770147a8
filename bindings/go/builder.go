package joblib

import (
	"sync"

	"libjoblib/joblib/internal/core"
)

// Builder makes documents from values of Go. It takes
//
//   - nil, bool, numbers, *big.Int, complex numbers; text that is UTF-8; []byte as bytes;
//   - slices and arrays as lists; maps as dicts, sorted by their keys; structs as dicts of their
//     exported fields, which `joblib:"name"` renames and `joblib:"-"` leaves out;
//   - [Tuple], [Set], [FrozenSet], [Dict], [Class], [Object], [Call], [Scalar];
//   - copies of [*Value], [*Array], [*Result] and [*Document], and a [*Node] of this builder.
//
// Two references to one slice, map or pointer become one value, so values may hold themselves.
// What was met is remembered until the document is made.
type Builder struct {
	mutex  sync.Mutex
	handle *handle[core.Builder]
	maker  maker
}

// Node is a value of a builder, which can be filled and changed. Paths are those of [Error]:
// "steps[1][1].coef_", counted from 0.
type Node struct {
	builder *Builder
	number  int64
}

// Edit is a copy of a document that is being changed. Its node is the root.
type Edit struct{ *Node }

func newBuilder(object core.Builder) *Builder {
	builder := &Builder{handle: own(object, core.DeleteBuilder, "builder")}
	builder.maker.core, builder.maker.problem = object, new(core.Problem)
	builder.maker.forget()
	return builder
}

// NewBuilder makes a builder without values.
func NewBuilder() (*Builder, error) {
	object, err := try(core.NewBuilder)
	if err != nil {
		return nil, err
	}
	return newBuilder(object), nil
}

// Edit copies the document to change it. The document stays as it is.
func (document *Document) Edit() (*Edit, error) {
	object, err := use(document.owner(), func(object core.Document,
		problem *core.Problem) core.Builder {
		return core.BuilderFromDocument(object, problem)
	})
	if err != nil {
		return nil, err
	}
	return &Edit{&Node{newBuilder(object), 1}}, nil
}

// Document makes a document of the copy as it is now, which ends the edit.
func (edit *Edit) Document() (*Document, error) { return edit.builder.Document(edit.Node) }

// Close frees the builder and its values. Documents that it made stay.
func (builder *Builder) Close() error {
	builder.handle.close()
	return nil
}

// work makes values while nobody else does.
func (builder *Builder) work(call func(*maker) error) error {
	builder.mutex.Lock()
	defer builder.mutex.Unlock()
	if !builder.handle.acquire() {
		return builder.handle.missing()
	}
	defer builder.handle.release()
	return call(&builder.maker)
}

// Value makes a value of anything that the builder takes.
func (builder *Builder) Value(value any) (*Node, error) {
	node := &Node{builder: builder}
	err := builder.work(func(work *maker) (err error) {
		node.number, err = work.all(value)
		return err
	})
	if err != nil {
		return nil, err
	}
	return node, nil
}

// Object makes an instance of a class with a state, as [Object] describes it.
func (builder *Builder) Object(class Class, state any) (*Node, error) {
	return builder.Value(&Object{Class: class, State: state})
}

// Document makes a document of `root`, which may be a [*Node]. The nodes are then of the document
// and no longer of the builder, which may build another.
func (builder *Builder) Document(root any) (*Document, error) {
	return builder.finish(func() int64 { return builder.maker.number(root) })
}

func (builder *Builder) finish(root func() int64) (*Document, error) {
	var document *Document
	err := builder.work(func(work *maker) error {
		number, err := work.finish(root)
		if err != nil {
			return err
		}
		work.forget()
		object, err := try(func(problem *core.Problem) core.Document {
			return work.core.Finish(number, problem)
		})
		if err == nil {
			document = newDocument(object)
		}
		return err
	})
	return document, err
}

// makeDocument makes a document with a builder of its own.
func makeDocument(root any) (*Document, error) {
	builder, err := NewBuilder()
	if err != nil {
		return nil, err
	}
	defer builder.Close()
	return builder.Document(root)
}

// change makes values, then calls with their numbers.
func (node *Node) change(call func(object core.Builder, numbers []int64, problem *core.Problem),
	makers ...func(*maker) int64) error {
	return node.builder.work(func(work *maker) error {
		numbers := []int64{}
		for _, one := range makers {
			number, err := work.finish(func() int64 { return one(work) })
			if err != nil {
				return err
			}
			numbers = append(numbers, number)
		}
		_, err := try(func(problem *core.Problem) any {
			call(work.core, numbers, problem)
			return nil
		})
		return err
	})
}

func valueOf(value any) func(*maker) int64 {
	return func(work *maker) int64 { return work.number(value) }
}

func keyOf(key any) func(*maker) int64 {
	return func(work *maker) int64 { return work.key(key) }
}

// Append appends to a list.
func (node *Node) Append(item any) error {
	return node.change(func(object core.Builder, numbers []int64, problem *core.Problem) {
		object.Append(node.number, numbers[0], problem)
	}, valueOf(item))
}

// Insert puts an item before item i of a list.
func (node *Node) Insert(i int, item any) error {
	return node.change(func(object core.Builder, numbers []int64, problem *core.Problem) {
		object.Insert(node.number, i, numbers[0], problem)
	}, valueOf(item))
}

// SetItem replaces item i of a list, or of an array of objects.
func (node *Node) SetItem(i int, item any) error {
	return node.change(func(object core.Builder, numbers []int64, problem *core.Problem) {
		object.SetAt(node.number, i, numbers[0], problem)
	}, valueOf(item))
}

// RemoveItem removes item i of a list.
func (node *Node) RemoveItem(i int) error {
	return node.change(func(object core.Builder, _ []int64, problem *core.Problem) {
		object.RemoveAt(node.number, i, problem)
	})
}

// Put sets an entry of a dict.
func (node *Node) Put(key, value any) error {
	return node.change(func(object core.Builder, numbers []int64, problem *core.Problem) {
		object.Put(node.number, numbers[0], numbers[1], problem)
	}, keyOf(key), valueOf(value))
}

// Add adds an item to a set.
func (node *Node) Add(item any) error {
	return node.change(func(object core.Builder, numbers []int64, problem *core.Problem) {
		object.Add(node.number, numbers[0], problem)
	}, valueOf(item))
}

// Remove removes an entry of a dict by its key, or an item of a set.
func (node *Node) Remove(key any) error {
	return node.change(func(object core.Builder, numbers []int64, problem *core.Problem) {
		object.RemoveKey(node.number, numbers[0], problem)
	}, keyOf(key))
}

// SetAttribute sets an attribute of an object.
func (node *Node) SetAttribute(name string, value any) error {
	if err := checkText(name); err != nil {
		return err
	}
	return node.change(func(object core.Builder, numbers []int64, problem *core.Problem) {
		object.SetAttribute(node.number, name, numbers[0], problem)
	}, valueOf(value))
}

// RemoveAttribute removes an attribute of an object.
func (node *Node) RemoveAttribute(name string) error {
	if err := checkText(name); err != nil {
		return err
	}
	return node.change(func(object core.Builder, _ []int64, problem *core.Problem) {
		object.RemoveAttribute(node.number, name, problem)
	})
}

// SetState sets what the object's __setstate__ gets in Python.
func (node *Node) SetState(state any) error {
	return node.change(func(object core.Builder, numbers []int64, problem *core.Problem) {
		object.SetState(node.number, numbers[0], problem)
	}, valueOf(state))
}

// SetClass gives an object another class.
func (node *Node) SetClass(class Class) error {
	return node.change(func(object core.Builder, numbers []int64, problem *core.Problem) {
		object.SetClass(node.number, numbers[0], problem)
	}, valueOf(class))
}

// Set puts a value in the place of what stands at a path below the node.
func (node *Node) Set(path string, value any) error {
	if err := checkText(path); err != nil {
		return err
	}
	return node.change(func(object core.Builder, numbers []int64, problem *core.Problem) {
		object.Replace(node.number, path, numbers[0], problem)
	}, valueOf(value))
}

// Find gives what stands at a path below the node; ErrRange if there is no such place.
func (node *Node) Find(path string) (*Node, error) {
	if err := checkText(path); err != nil {
		return nil, err
	}
	found := &Node{builder: node.builder}
	err := node.change(func(object core.Builder, _ []int64, problem *core.Problem) {
		found.number = object.Find(node.number, path, problem)
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}
