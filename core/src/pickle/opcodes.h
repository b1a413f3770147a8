/**
 * The table of opcodes: names, protocols, and a function for each.
 */
#ifndef JOBLIB_PICKLE_OPCODES_H
#define JOBLIB_PICKLE_OPCODES_H

#include "pickle/machine.h"

enum joblib_pickle__opcode {
#define JOBLIB_X(byte, name, protocol, operand, function) JOBLIB_OPCODE_##name = (byte),
#include "pickle/opcodes.def"
#undef JOBLIB_X
};

/* Each function reads its operand and changes the machine. */
#define JOBLIB_X(byte, name, protocol, operand, function) \
    joblib_status joblib_pickle__##function(joblib_pickle__machine *machine, \
                                            joblib_error *error);
#include "pickle/opcodes.def"
#undef JOBLIB_X

/** Name of an opcode, or NULL if no protocol has this byte. */
const char *joblib_pickle__opcode_name(uint8_t byte);

#endif
