package main

import (
	"encoding/base64"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
)

// tags is a tagged value under construction.
type tags struct {
	out   []string
	ids   map[any]int // where a node that has an identity begins in out
	next  int         // numbers of shared nodes, in the order of their first visits
	again map[int][]int
	write func(out *tags, value any) error
}

func (t *tags) put(parts ...string) { t.out = append(t.out, parts...) }

func (t *tags) visit(value any) error { return t.write(t, value) }

// node writes what has an identity: once, and a reference later.
func (t *tags) node(identity any, tag string, content func() error) error {
	if at, seen := t.ids[identity]; seen {
		if t.again == nil {
			t.again = map[int][]int{}
		}
		t.again[at] = append(t.again[at], len(t.out))
		t.put("")
		return nil
	}
	t.put("{", "")
	t.ids[identity] = len(t.out) - 1
	t.put(`"` + tag + `":`)
	err := content()
	t.put("}")
	return err
}

func (t *tags) list(tag string, values []any) error {
	t.put(`{"` + tag + `":`)
	err := t.many(values)
	t.put("}")
	return err
}

func (t *tags) many(values []any) error {
	t.put("[")
	for i, value := range values {
		if i > 0 {
			t.put(",")
		}
		if err := t.visit(value); err != nil {
			return err
		}
	}
	t.put("]")
	return nil
}

// pairs writes keys and values in turn as a list of pairs.
func (t *tags) pairs(items []any) error {
	t.put("[")
	for i := 0; i < len(items); i += 2 {
		if i > 0 {
			t.put(",")
		}
		if err := t.many(items[i : i+2]); err != nil {
			return err
		}
	}
	t.put("]")
	return nil
}

func (t *tags) bytes(tag string, data []byte) error {
	t.put(`{"`+tag+`":"`, base64.StdEncoding.EncodeToString(data), `"}`)
	return nil
}

// plain writes the values that are Go's own.
func (t *tags) plain(value any) error {
	switch v := value.(type) {
	case nil:
		t.put(`{"none":true}`)
	case bool:
		t.put(`{"bool":`, strconv.FormatBool(v), "}")
	case int:
		t.put(`{"int":"`, strconv.Itoa(v), `"}`)
	case int64:
		t.put(`{"int":"`, strconv.FormatInt(v, 10), `"}`)
	case *big.Int:
		t.put(`{"int":"`, v.String(), `"}`)
	case float64:
		t.put(fmt.Sprintf(`{"float":"%016x"}`, math.Float64bits(v)))
	case string:
		t.put(`{"str":`, text(v), "}")
	default:
		return fmt.Errorf("a value of type %T", value)
	}
	return nil
}

// finished numbers what was met more than once.
func (t *tags) finished() string {
	for at := range t.out {
		if places := t.again[at]; len(places) > 0 {
			t.next++
			t.out[at] = fmt.Sprintf(`"id":"%d",`, t.next)
			for _, place := range places {
				t.out[place] = fmt.Sprintf(`{"ref":"%d"}`, t.next)
			}
		}
	}
	return strings.Join(t.out, "")
}
