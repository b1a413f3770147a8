#include "command/model_text.h"

#include <inttypes.h>
#include <string.h>

#include "command/printing.h"

enum { SHOWN_NAMES = 20 };

static void put_method_names(joblib_command__output *out, uint32_t methods,
                             const char *first, const char *between)
{
    bool any = false;
    for (int method = 0; method < joblib_method_count(); method++) {
        if ((methods >> method & 1) == 0) continue;
        joblib_command__put_text(out, any ? between : first);
        joblib_command__put_text(out, joblib_method_name(method));
        any = true;
    }
}

void joblib_command__put_model_head(joblib_command__model_printer *printer,
                                    const char *path, const joblib_document *document)
{
    joblib_command__put_plain(printer->out, path, strlen(path));
    joblib_command__put_format(printer->out, ": %s, protocol %d\n",
                               joblib_codec_name(joblib_document_codec(document)),
                               joblib_document_protocol(document));
}

static void put_alike(joblib_command__model_printer *printer)
{
    if (printer->alike > 0) {
        joblib_command__put_spaces(printer->out, (size_t)printer->last_depth * 2);
        joblib_command__put_format(printer->out, "\xe2\x80\xa6 %zu more like it\n",
                                   printer->alike);
    }
    printer->alike = 0;
}

static void put_part_line(joblib_command__output *out, const joblib_model_part *part)
{
    joblib_command__put_spaces(out, (size_t)part->depth * 2);
    if (part->path != NULL && part->path[0] != '\0') {
        joblib_command__put_plain(out, part->path, strlen(part->path));
        joblib_command__put_text(out, ": ");
    }
    joblib_command__put_summary(out, part->value);
    if (part->depth == 0 && part->version[0] != '\0') {
        joblib_command__put_text(out, ", scikit-learn ");
        joblib_command__put_plain(out, part->version, strlen(part->version));
    }
    if (part->status != JOBLIB_OK) {
        joblib_command__put_text(out, ": cannot run: ");
        joblib_command__put_plain(out, part->reason, strlen(part->reason));
    } else {
        joblib_command__put_format(out, ", %" PRIu64 " columns", part->features);
        put_method_names(out, part->methods, ": ", ", ");
    }
    joblib_command__put_text(out, "\n");
}

void joblib_command__put_part(joblib_command__model_printer *printer,
                              const joblib_model_part *part)
{
    const joblib_value *class = joblib_value_class(part->value);
    bool can_run = part->status == JOBLIB_OK;
    printer->parts++;
    if (can_run && printer->last_class == class && printer->last_depth == part->depth) {
        printer->alike++;
        return;
    }
    put_alike(printer);
    printer->last_class = can_run ? class : NULL;
    printer->last_depth = part->depth;
    put_part_line(printer->out, part);
}

static void put_columns(joblib_command__output *out, const joblib_model *model)
{
    size_t count = joblib_model_feature_count(model);
    if (joblib_model_feature_name(model, 0) == NULL) return;
    joblib_command__put_text(out, "columns: ");
    for (size_t i = 0; i < count && i < SHOWN_NAMES; i++) {
        const char *name = joblib_model_feature_name(model, i);
        if (name == NULL) break;
        if (i > 0) joblib_command__put_text(out, ", ");
        joblib_command__put_quoted(out, name, strlen(name));
    }
    if (count > SHOWN_NAMES) {
        joblib_command__put_format(out, ", \xe2\x80\xa6 %zu more", count - SHOWN_NAMES);
    }
    joblib_command__put_text(out, "\n");
}

static void put_classes(joblib_command__output *out, const joblib_model *model)
{
    size_t targets = joblib_model_target_count(model);
    for (size_t i = 0; i < targets; i++) {
        joblib_array labels;
        if (joblib_model_classes(model, i, &labels, NULL) != JOBLIB_OK) continue;
        joblib_command__put_text(out, "classes");
        if (targets > 1) joblib_command__put_format(out, " of target %zu", i);
        for (size_t j = 0; j < labels.count && j < SHOWN_NAMES; j++) {
            joblib_command__put_text(out, j == 0 ? ": " : ", ");
            joblib_command__put_element(out, &labels, j);
        }
        if (labels.count > SHOWN_NAMES) {
            joblib_command__put_format(out, ", \xe2\x80\xa6 %zu more",
                                       labels.count - SHOWN_NAMES);
        }
        joblib_command__put_text(out, "\n");
    }
}

void joblib_command__put_model_end(joblib_command__model_printer *printer,
                                   const joblib_model *model,
                                   const joblib_document *document, size_t workspace)
{
    joblib_command__output *out = printer->out;
    put_alike(printer);
    if (model != NULL) {
        put_columns(out, model);
        put_classes(out, model);
    }
    joblib_command__put_format(out, "document: %zu bytes\n",
                               joblib_document_memory(document));
    if (model == NULL) return;
    joblib_command__put_format(out, "model: %zu bytes\n", joblib_model_memory(model));
    joblib_command__put_format(out, "workspace for a row: %zu bytes\n", workspace);
}
