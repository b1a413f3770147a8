package main

import (
	"bytes"

	pickle "github.com/kisielk/og-rek"
)

// Dicts and strings in the modes that keep the most.
var ogRek = library{
	lacks: []string{"identity", "order", "objects"},
	load: func(data []byte) (any, error) {
		config := pickle.DecoderConfig{StrictUnicode: true, PyDict: true}
		return pickle.NewDecoderWithConfig(bytes.NewReader(data), &config).Decode()
	},
	write: func(t *tags, value any) error {
		switch v := value.(type) {
		case pickle.None:
			return t.plain(nil)
		case []any:
			return t.list("list", v)
		case pickle.Tuple:
			return t.list("tuple", v)
		case pickle.Dict:
			items := []any{}
			v.Iter()(func(key, value any) bool {
				items = append(items, key, value)
				return true
			})
			t.put(`{"dict":`)
			err := t.pairs(items)
			t.put("}")
			return err
		case pickle.Bytes:
			return t.bytes("bytes", []byte(v))
		case pickle.ByteString:
			return t.bytes("py2str", []byte(v))
		case []byte:
			return t.bytes("bytearray", v)
		}
		return t.plain(value)
	},
}
