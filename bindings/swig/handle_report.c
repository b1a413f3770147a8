/* The parts of a model, copied while its build reports them. */

#include "handle_report.h"

#include <stdlib.h>
#include <string.h>

#include "handle_common.h"

typedef struct report_part {
    char *path;
    char *reason;
    char *module_name;
    char *class_name;
    char *version;
    int32_t status;
    uint32_t depth;
    uint32_t methods;
    uint64_t features;
} report_part;

struct JoblibReport {
    report_part *parts;
    size_t count;
    size_t capacity;
};

JoblibReport *new_JoblibReport(joblib_error *error)
{
    return joblib_shim__allocate(sizeof(JoblibReport), error);
}

static void free_part(report_part *part)
{
    free(part->path);
    free(part->reason);
    free(part->module_name);
    free(part->class_name);
    free(part->version);
}

void delete_JoblibReport(JoblibReport *self)
{
    for (size_t i = 0; self != NULL && i < self->count; i++) {
        free_part(&self->parts[i]);
    }
    if (self != NULL) {
        free(self->parts);
        free(self);
    }
}

static char *copy_word(const char *text)
{
    const size_t size = text ? strlen(text) + 1 : 1;
    char *copy = malloc(size);
    if (copy != NULL) {
        memcpy(copy, text ? text : "", size);
    }
    return copy;
}

static bool grow_parts(JoblibReport *self)
{
    const size_t capacity = self->capacity > 0 ? self->capacity * 2 : 8;
    report_part *parts;
    if (self->count < self->capacity) {
        return true;
    }
    parts = realloc(self->parts, capacity * sizeof *parts);
    if (parts == NULL) {
        return false;
    }
    self->parts = parts;
    self->capacity = capacity;
    return true;
}

void joblib_shim__report_part(void *ctx, const joblib_model_part *part)
{
    JoblibReport *self = ctx;
    report_part copy = {0};
    if (!grow_parts(self)) {
        return;
    }
    copy.path = copy_word(part->path);
    copy.reason = copy_word(part->reason);
    copy.module_name = copy_word(joblib_value_module(part->value));
    copy.class_name = copy_word(joblib_value_name(part->value));
    copy.version = copy_word(part->version);
    copy.status = part->status;
    copy.depth = part->depth;
    copy.methods = part->methods;
    copy.features = part->features;
    self->parts[self->count++] = copy;
}

static report_part part_at(const JoblibReport *self, size_t index)
{
    const report_part none = {0};
    return index < self->count ? self->parts[index] : none;
}

size_t JoblibReport_count(const JoblibReport *self)
{
    return self->count;
}

int JoblibReport_status(const JoblibReport *self, size_t index)
{
    return part_at(self, index).status;
}

joblib_text JoblibReport_path(const JoblibReport *self, size_t index)
{
    return joblib_shim__text(part_at(self, index).path);
}

joblib_text JoblibReport_reason(const JoblibReport *self, size_t index)
{
    return joblib_shim__text(part_at(self, index).reason);
}

joblib_text JoblibReport_module_name(const JoblibReport *self, size_t index)
{
    return joblib_shim__text(part_at(self, index).module_name);
}

joblib_text JoblibReport_class_name(const JoblibReport *self, size_t index)
{
    return joblib_shim__text(part_at(self, index).class_name);
}

joblib_text JoblibReport_version(const JoblibReport *self, size_t index)
{
    return joblib_shim__text(part_at(self, index).version);
}

uint32_t JoblibReport_depth(const JoblibReport *self, size_t index)
{
    return part_at(self, index).depth;
}

uint32_t JoblibReport_methods(const JoblibReport *self, size_t index)
{
    return part_at(self, index).methods;
}

uint64_t JoblibReport_features(const JoblibReport *self, size_t index)
{
    return part_at(self, index).features;
}
