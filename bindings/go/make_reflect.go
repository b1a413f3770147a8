package joblib

import (
	"fmt"
	"reflect"
	"sort"
)

// reflected makes the values that only reflection tells.
func (work *maker) reflected(value reflect.Value) int64 {
	switch value.Kind() {
	case reflect.Pointer, reflect.Interface:
		return work.pointed(value)
	case reflect.Slice:
		return work.slice(value)
	case reflect.Array:
		return work.list(value)
	case reflect.Map:
		return work.mapped(value)
	case reflect.Struct:
		return work.fields(value)
	}
	return work.plain(value)
}

// plain makes numbers and text of named types.
func (work *maker) plain(value reflect.Value) int64 {
	switch {
	case value.CanInt():
		return work.got(work.core.Int64(value.Int(), work.problem))
	case value.CanUint():
		return work.unsigned(value.Uint())
	case value.CanFloat():
		return work.got(work.core.Float64(value.Float(), work.problem))
	case value.CanComplex():
		number := value.Complex()
		return work.got(work.core.Complex(real(number), imag(number), work.problem))
	case value.Kind() == reflect.Bool:
		return work.number(value.Bool())
	case value.Kind() == reflect.String:
		return work.number(value.String())
	}
	return work.fail(newError(ErrKind, "a value of type %s cannot be dumped", value.Type()))
}

func (work *maker) pointed(value reflect.Value) int64 {
	if value.IsNil() {
		return work.number(nil)
	}
	if value.Kind() == reflect.Interface || !value.Elem().CanInterface() {
		return work.number(value.Elem().Interface())
	}
	return work.remember(value, func() int64 { return work.number(value.Elem().Interface()) })
}

func (work *maker) slice(value reflect.Value) int64 {
	if value.Type().Elem().Kind() == reflect.Uint8 {
		return work.got(work.core.Bytes(string(value.Bytes()), work.problem))
	}
	if value.IsNil() {
		return work.number(nil)
	}
	return work.remember(value, func() int64 { return work.list(value) })
}

func (work *maker) list(value reflect.Value) int64 {
	number := work.got(work.core.List(work.problem))
	return work.later(number, func() {
		for i := 0; i < value.Len() && work.err == nil; i++ {
			work.append(number, value.Index(i).Interface())
		}
	})
}

func (work *maker) mapped(value reflect.Value) int64 {
	if value.IsNil() {
		return work.number(nil)
	}
	return work.remember(value, func() int64 {
		number := work.got(work.core.Dict(work.problem))
		return work.later(number, func() { work.fillMap(number, value) })
	})
}

// Maps have no order of their own; the dumps of equal maps should be equal.
func (work *maker) fillMap(number int64, value reflect.Value) {
	keys := value.MapKeys()
	sort.SliceStable(keys, func(i, j int) bool { return comesBefore(keys[i], keys[j]) })
	for _, key := range keys {
		work.put(number, key.Interface(), value.MapIndex(key).Interface())
	}
}

func comesBefore(a, b reflect.Value) bool {
	switch {
	case a.CanInt() && b.CanInt():
		return a.Int() < b.Int()
	case a.CanUint() && b.CanUint():
		return a.Uint() < b.Uint()
	case a.CanFloat() && b.CanFloat():
		return a.Float() < b.Float()
	}
	return fmt.Sprint(a) < fmt.Sprint(b)
}

func (work *maker) fields(value reflect.Value) int64 {
	number := work.got(work.core.Dict(work.problem))
	return work.later(number, func() {
		for i := 0; i < value.NumField(); i++ {
			if name := fieldName(value.Type().Field(i)); name != "" {
				work.put(number, name, value.Field(i).Interface())
			}
		}
	})
}
