package main

import (
	"bytes"

	"github.com/nlpodyssey/gopickle/pickle"
	"github.com/nlpodyssey/gopickle/types"
)

var goPickle = library{
	lacks: []string{"set-order", "py2str-text", "objects"},
	load: func(data []byte) (any, error) {
		unpickler := pickle.NewUnpickler(bytes.NewReader(data))
		return unpickler.Load()
	},
	write: func(t *tags, value any) error {
		switch v := value.(type) {
		case *types.List:
			return t.node(v, "list", func() error { return t.many(*v) })
		case *types.Tuple:
			return t.list("tuple", *v)
		case *types.Dict:
			return t.node(v, "dict", func() error {
				items := []any{}
				for _, entry := range *v {
					items = append(items, entry.Key, entry.Value)
				}
				return t.pairs(items)
			})
		case *types.Set:
			return t.node(v, "set", func() error {
				items := []any{}
				for item := range *v {
					items = append(items, item)
				}
				return t.many(items)
			})
		case *types.FrozenSet:
			items := []any{}
			for item := range *v {
				items = append(items, item)
			}
			return t.list("frozenset", items)
		case *types.ByteArray:
			return t.node(v, "bytearray", func() error {
				t.put(text([]byte(*v)))
				return nil
			})
		case []byte:
			return t.bytes("bytes", v)
		}
		return t.plain(value)
	},
}
