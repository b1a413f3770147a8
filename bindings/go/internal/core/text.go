package core

import (
	"strings"
	"unsafe"
)

// takeText copies text in memory of C, and frees that.
func takeText(text string) string {
	memory := *(*uintptr)(unsafe.Pointer(&text))
	if memory == 0 {
		return ""
	}
	copied := strings.Clone(text)
	Swig_free(memory)
	return copied
}
