#include "support/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "joblib.h"

static char *join_names(const joblib_audit_global *global)
{
    size_t room = strlen(global->module) + strlen(global->name) + 2;
    char *name = malloc(room);
    if (name) snprintf(name, room, "%s.%s", global->module, global->name);
    return name;
}

struct named names_in(const struct vector_bytes *file)
{
    joblib_audit *audit = NULL;
    struct named named = {NULL, 0};
    if (joblib_audit_memory(file->data, file->size, NULL, &audit, NULL) != JOBLIB_OK)
        return named;
    named.count = joblib_audit_count(audit);
    named.names = calloc(named.count + 1, sizeof *named.names);
    for (size_t i = 0; named.names && i < named.count; i++)
        named.names[i] = join_names(joblib_audit_at(audit, i));
    joblib_audit_free(audit);
    return named;
}

void names_free(struct named *named)
{
    for (size_t i = 0; named->names && i < named->count; i++) free(named->names[i]);
    free(named->names);
}
