/**
 * What a model is made of, for a person or as JSON.
 */
#ifndef JOBLIB_COMMAND_MODEL_TEXT_H
#define JOBLIB_COMMAND_MODEL_TEXT_H

#include <stddef.h>
#include <stdint.h>

#include "command/output.h"
#include "joblib.h"

typedef struct joblib_command__model_printer {
    joblib_command__output *out;
    size_t parts; /* reported so far */
    /* for a person, parts that are like the one before are counted and not printed */
    size_t alike;
    const joblib_value *last_class; /* of the part printed last; NULL if it cannot run */
    uint32_t last_depth;
} joblib_command__model_printer;

/** Puts what stands before the parts. */
void joblib_command__put_model_head(joblib_command__model_printer *printer,
                                    const char *path, const joblib_document *document);

void joblib_command__put_part(joblib_command__model_printer *printer,
                              const joblib_model_part *part);

/** Puts what follows the parts. `model` may be NULL, then `workspace` does not count. */
void joblib_command__put_model_end(joblib_command__model_printer *printer,
                                   const joblib_model *model,
                                   const joblib_document *document, size_t workspace);

/* The same as JSON. */
void joblib_command__put_model_head_json(joblib_command__model_printer *printer,
                                         const char *path,
                                         const joblib_document *document);
void joblib_command__put_part_json(joblib_command__model_printer *printer,
                                   const joblib_model_part *part);
void joblib_command__put_model_end_json(joblib_command__model_printer *printer,
                                        const joblib_model *model,
                                        const joblib_document *document,
                                        size_t workspace);

#endif
