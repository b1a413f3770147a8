/* What the audit says of a name, kept: a model names the same few classes again and again, and
   each is judged when it is named and when it is called. */
#include <string.h>

#include "dump/dump.h"

static bool is_judged(const struct joblib_dump__verdict *verdict,
                      const struct joblib_value__global *named)
{
    return verdict->module_size == named->module_size &&
           verdict->name_size == named->name_size &&
           memcmp(verdict->names, named->module, named->module_size) == 0 &&
           memcmp(verdict->names + named->module_size, named->name, named->name_size) ==
               0;
}

/* The names are copied: those of lowered values go while the dump runs, and others take their
   place. */
static void keep_verdict(joblib_dump__job *job, const struct joblib_value__global *named,
                         const joblib_audit__row *row)
{
    size_t size = named->module_size + named->name_size;
    if (size > JOBLIB_DUMP_JUDGED_NAMES) return;
    struct joblib_dump__verdict *verdict =
        &job->verdicts[job->verdict_count++ % JOBLIB_DUMP_VERDICTS];
    verdict->row = row;
    verdict->module_size = (uint16_t)named->module_size;
    verdict->name_size = (uint16_t)named->name_size;
    memcpy(verdict->names, named->module, named->module_size);
    memcpy(verdict->names + named->module_size, named->name, named->name_size);
}

const joblib_audit__row *joblib_dump__judge(joblib_dump__job *job,
                                            const struct joblib_value__global *named)
{
    size_t count = job->verdict_count < JOBLIB_DUMP_VERDICTS ? job->verdict_count
                                                             : JOBLIB_DUMP_VERDICTS;
    for (size_t i = 0; i < count; i++) {
        if (is_judged(&job->verdicts[i], named)) return job->verdicts[i].row;
    }
    const joblib_audit__row *row = joblib_audit__judge(named->module, named->name);
    keep_verdict(job, named, row);
    return row;
}
