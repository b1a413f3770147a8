#include "pickle/opcodes.h"

#include <stddef.h>

const char *joblib_pickle__opcode_name(uint8_t byte)
{
    switch (byte) {
#define JOBLIB_X(byte, name, protocol, operand, function) \
    case byte: \
        return #name;
#include "pickle/opcodes.def"
#undef JOBLIB_X
    default:
        return NULL;
    }
}
