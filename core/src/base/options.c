#include "base/options.h"

#include <stdint.h>
#include <string.h>

#include "base/try.h"

joblib_status joblib_base__read_struct(const void *given, void *out, size_t known,
                                       const char *what, joblib_error *error)
{
    uint32_t known_size = (uint32_t)known;
    memset(out, 0, known);
    if (given) {
        uint32_t size;
        memcpy(&size, given, sizeof size);
        JOBLIB_REQUIRE(size >= sizeof size, JOBLIB_ERROR_ARGUMENT,
                       "struct_size of %s is %u, below its own size", what, size);
        for (const char *byte = (const char *)given + known;
             byte < (const char *)given + size; byte++) {
            JOBLIB_REQUIRE(
                *byte == 0, JOBLIB_ERROR_ARGUMENT,
                "%s of %u bytes sets fields that this library, which knows %zu "
                "bytes, does not have",
                what, size, known);
        }
        memcpy(out, given, size < known ? size : known);
    }
    memcpy(out, &known_size, sizeof known_size);
    return JOBLIB_OK;
}
