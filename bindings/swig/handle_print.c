/* Values printed into text. */

#include <stdlib.h>

#include "handle_common.h"

joblib_text JoblibValue_print(const JoblibValue *self, int format, uint64_t levels,
                              joblib_error *error)
{
    joblib_shim__buffer text = {NULL, 0, 0};
    const joblib_sink sink = joblib_shim__buffer_sink(&text);
    joblib_print_options options = JOBLIB_PRINT_OPTIONS_INIT;
    options.format = (uint32_t)format;
    options.levels = levels;
    if (joblib_value_print(self->node, &options, &sink, error) != JOBLIB_OK) {
        free(text.data);
        return joblib_shim__text(NULL);
    }
    return (joblib_text){text.data, text.size, text.data};
}
