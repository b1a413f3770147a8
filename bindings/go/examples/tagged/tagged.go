// Package tagged walks values and writes them as tagged JSON, by conformance/schema of the
// repository: what tells every kind of value apart, and which of them are one Python object.
// MarshalJSON of a value gives the same; this shows how to read all that a file holds.
package tagged

import (
	"encoding/base64"
	"fmt"
	"math"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"libjoblib/joblib"
)

type tagger struct {
	out    []string
	places map[uint64][]int // where a value that may be shared stands in `out`, by identity
	order  []uint64         // of the first visits
}

// Value writes a value and all below it.
func Value(value *joblib.Value) string {
	t := newTagger()
	t.value(value)
	return t.finish()
}

// Array writes an array that is no value, such as the result of a prediction.
func Array(array *joblib.Array) string {
	t := newTagger()
	t.put(`{"ndarray":`)
	t.array(array, false, "")
	t.put("}")
	return t.finish()
}

func newTagger() *tagger { return &tagger{places: map[uint64][]int{}} }

// finish numbers what stands in several places.
func (t *tagger) finish() string {
	id := 0
	for _, identity := range t.order {
		if places := t.places[identity]; len(places) > 1 {
			id++
			t.out[places[0]] = fmt.Sprintf(`{"id":"%d",`, id)
			for _, place := range places[1:] {
				t.out[place] = fmt.Sprintf(`{"ref":"%d"}`, id)
			}
		}
	}
	return strings.Join(t.out, "")
}

func (t *tagger) put(texts ...string) { t.out = append(t.out, texts...) }

// value calls itself as deep as values are nested: the stack of Go grows.
func (t *tagger) value(value *joblib.Value) {
	tag := strings.ToLower(value.Kind().String())
	if value.IsPython2() {
		tag = "py2str"
	}
	if strings.Contains(" list dict set bytearray ndarray object ", " "+tag+" ") {
		identity := value.Identity()
		t.places[identity] = append(t.places[identity], len(t.out))
		if len(t.places[identity]) > 1 {
			t.put("")
			return
		}
		t.order = append(t.order, identity)
	}
	t.put("{", Text(tag), ":")
	t.content(value)
	t.put("}")
}

func (t *tagger) content(value *joblib.Value) {
	switch value.Kind() {
	case joblib.KindNone:
		t.put("true")
	case joblib.KindBool:
		t.put(fmt.Sprint(read(value.Bool())))
	case joblib.KindInt:
		t.put(Text(read(value.BigInt())))
	case joblib.KindFloat:
		t.put(bits(read(value.Float64())))
	case joblib.KindComplex:
		number := read(value.Complex())
		t.put("[", bits(real(number)), ",", bits(imag(number)), "]")
	case joblib.KindStr:
		t.put(Text(read(value.Text())))
	case joblib.KindBytes, joblib.KindByteArray:
		t.put(encode(read(value.Bytes())))
	case joblib.KindDict:
		t.pairs(value)
	case joblib.KindArray:
		t.array(read(value.Array()), false, value.Subclass().ClassName())
	case joblib.KindScalar:
		t.array(read(value.Array()), true, "")
	case joblib.KindDType:
		t.put(dtype(value.ElementType()))
	case joblib.KindGlobal:
		t.put(Texts(value.ModuleName(), value.ClassName()))
	case joblib.KindObject:
		t.object(value)
	default:
		t.items(value)
	}
}

func (t *tagger) list(count int, item func(i int)) {
	t.put("[")
	for i := 0; i < count; i++ {
		if i > 0 {
			t.put(",")
		}
		item(i)
	}
	t.put("]")
}

func (t *tagger) items(list *joblib.Value) {
	t.list(list.Len(), func(i int) { t.value(list.At(i)) })
}

func (t *tagger) pairs(dict *joblib.Value) {
	t.list(dict.Len(), func(i int) {
		t.put("[")
		t.value(dict.Key(i))
		t.put(",")
		t.value(dict.At(i))
		t.put("]")
	})
}

func (t *tagger) object(value *joblib.Value) {
	t.put(`{"class":`)
	t.value(value.Class())
	t.put(`,"form":`, Text(value.Form()), `,"args":`)
	t.items(value.Arguments())
	for _, part := range []struct {
		key   string
		value *joblib.Value
		write func(*joblib.Value)
	}{
		{"kwargs", value.Keywords(), t.value}, {"state", value.State(), t.value},
		{"items", value.Items(), t.items}, {"entries", value.Entries(), t.pairs},
	} {
		if part.value != nil {
			t.put(",", Text(part.key), ":")
			part.write(part.value)
		}
	}
	t.put("}")
}

func (t *tagger) array(array *joblib.Array, scalar bool, subclass string) {
	t.put(`{"dtype":`, dtype(array.ElementType()))
	if !scalar {
		t.put(`,"shape":`, Texts(array.Shape()...), `,"order":`, Text((array.Order() + "C")[:1]))
	}
	if array.DType() == "|O" {
		t.put(`,"items":`)
		t.list(array.Count(), func(i int) { t.value(array.Object(i)) })
	} else {
		t.put(`,"data":`, encode(read(array.StoredBytes())))
	}
	if subclass != "" {
		t.put(`,"subclass":`, Text(subclass))
	}
	t.put("}")
}

func dtype(of *joblib.DType) string {
	if base := of.Base(); base != nil {
		return `{"base":` + dtype(base) + `,"shape":` + Texts(of.Shape()...) + "}"
	}
	var fields []string
	for _, field := range of.Fields() {
		fields = append(fields, fmt.Sprintf("[%s,%s,%s]",
			Text(field.Name), dtype(field.Type), Text(field.Offset)))
	}
	if fields == nil {
		return Text(of)
	}
	return `{"fields":[` + strings.Join(fields, ",") + `],"itemsize":` + Text(of.ItemSize()) + "}"
}

// read is for what the kind of a value says to succeed.
func read[T any](result T, _ error) T { return result }

func bits(number float64) string { return fmt.Sprintf(`"%016x"`, math.Float64bits(number)) }

func encode(data []byte) string { return `"` + base64.StdEncoding.EncodeToString(data) + `"` }

// Texts writes a list of texts.
func Texts[T any](items ...T) string {
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = Text(item)
	}
	return "[" + strings.Join(texts, ",") + "]"
}

// Text writes the text of an item, in ASCII. Lone surrogates, which Python's text may hold, stay
// what they are.
func Text(item any) string {
	var out strings.Builder
	for text := fmt.Sprint(item); text != ""; {
		code, size := utf8.DecodeRuneInString(text)
		if code == utf8.RuneError && size == 1 && len(text) > 2 {
			code, size = 0xd000|rune(text[1]&63)<<6|rune(text[2]&63), 3
		}
		text = text[size:]
		if escape := strings.IndexRune("\"\\\b\t\n\f\r", code); escape >= 0 {
			out.WriteString(`\` + `"\btnfr`[escape:escape+1])
		} else if code >= ' ' && code <= '~' {
			out.WriteRune(code)
		} else if high, low := utf16.EncodeRune(code); high != utf8.RuneError {
			fmt.Fprintf(&out, `\u%04x\u%04x`, high, low)
		} else {
			fmt.Fprintf(&out, `\u%04x`, code)
		}
	}
	return `"` + out.String() + `"`
}
