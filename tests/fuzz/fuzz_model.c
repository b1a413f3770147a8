/* Builds, prepares and runs the model in the bytes of a file. */
#include <stdlib.h>

#include "fuzz/fuzz.h"
#include "support/damage.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct damage damage = {0};
    damage_try((const char *)data, size, NULL, &damage);
    if (damage.failures > 0) abort();
    return 0;
}
