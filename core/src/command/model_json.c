#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "command/model_text.h"
#include "command/printing.h"
#include "command/table/label_text.h"

static void put_member(joblib_command__output *out, const char *key, const char *text)
{
    const char *known = text != NULL ? text : "";
    joblib_command__put_format(out, "\"%s\":", key);
    joblib_command__put_json_text(out, known, strlen(known));
}

static void put_methods_json(joblib_command__output *out, uint32_t methods)
{
    const char *comma = "";
    joblib_command__put_text(out, "\"methods\":[");
    for (int method = 0; method < joblib_method_count(); method++) {
        if ((methods >> method & 1) == 0) continue;
        joblib_command__put_format(out, "%s\"%s\"", comma, joblib_method_name(method));
        comma = ",";
    }
    joblib_command__put_text(out, "]");
}

void joblib_command__put_model_head_json(joblib_command__model_printer *printer,
                                         const char *path,
                                         const joblib_document *document)
{
    joblib_command__output *out = printer->out;
    joblib_command__put_text(out, "{");
    put_member(out, "file", path);
    joblib_command__put_format(out, ",\"codec\":\"%s\",\"protocol\":%d,\"parts\":[",
                               joblib_codec_name(joblib_document_codec(document)),
                               joblib_document_protocol(document));
}

void joblib_command__put_part_json(joblib_command__model_printer *printer,
                                   const joblib_model_part *part)
{
    joblib_command__output *out = printer->out;
    joblib_command__put_text(out, printer->parts++ > 0 ? ",{" : "{");
    put_member(out, "path", part->path);
    joblib_command__put_text(out, ",");
    put_member(out, "module", joblib_value_module(part->value));
    joblib_command__put_text(out, ",");
    put_member(out, "class", joblib_value_name(part->value));
    joblib_command__put_format(out, ",\"depth\":%" PRIu32 ",", part->depth);
    put_member(out, "version", part->version);
    joblib_command__put_format(out, ",\"columns\":%" PRIu64 ",", part->features);
    put_methods_json(out, part->methods);
    joblib_command__put_format(out, ",\"status\":\"%s\",",
                               joblib_status_name(part->status));
    put_member(out, "reason", part->reason);
    joblib_command__put_text(out, "}");
}

static void put_names_json(joblib_command__output *out, const joblib_model *model)
{
    const char *name;
    joblib_command__put_text(out, ",\"column_names\":[");
    for (size_t i = 0; (name = joblib_model_feature_name(model, i)) != NULL; i++) {
        if (i > 0) joblib_command__put_text(out, ",");
        joblib_command__put_json_text(out, name, strlen(name));
    }
    joblib_command__put_text(out, "]");
}

static void put_labels_json(joblib_command__output *out, const joblib_array *labels)
{
    joblib_command__bytes text = {NULL, 0, 0};
    joblib_command__put_text(out, "[");
    for (size_t i = 0; i < labels->count; i++) {
        text.size = 0;
        if (joblib_command__append_label(&text, labels, i) == JOBLIB_ERROR_MEMORY) {
            out->failed = true;
        }
        if (i > 0) joblib_command__put_text(out, ",");
        joblib_command__put_json_text(out, text.data, text.size);
    }
    joblib_command__put_text(out, "]");
    free(text.data);
}

/* Labels as text, a list of them for each target. */
static void put_classes_json(joblib_command__output *out, const joblib_model *model)
{
    size_t targets = joblib_model_target_count(model);
    joblib_command__put_text(out, ",\"classes\":[");
    for (size_t i = 0; i < targets; i++) {
        joblib_array labels = JOBLIB_ARRAY_INIT;
        if (joblib_model_classes(model, i, &labels, NULL) != JOBLIB_OK) labels.count = 0;
        if (i > 0) joblib_command__put_text(out, ",");
        put_labels_json(out, &labels);
    }
    joblib_command__put_text(out, "]");
}

void joblib_command__put_model_end_json(joblib_command__model_printer *printer,
                                        const joblib_model *model,
                                        const joblib_document *document, size_t workspace)
{
    joblib_command__output *out = printer->out;
    joblib_command__put_format(out, "],\"runs\":%s", model != NULL ? "true" : "false");
    if (model != NULL) {
        put_names_json(out, model);
        put_classes_json(out, model);
    }
    joblib_command__put_format(out, ",\"document_bytes\":%zu",
                               joblib_document_memory(document));
    if (model != NULL) {
        joblib_command__put_format(out, ",\"model_bytes\":%zu,\"workspace_bytes\":%zu",
                                   joblib_model_memory(model), workspace);
    }
    joblib_command__put_text(out, "}\n");
}
