#ifndef FUZZ_H
#define FUZZ_H

/** What libFuzzer calls with each input. It stops the program if a promise is broken. */

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
