#include "pickle/growing.h"

#include "base/try.h"

/* Memory is at most so many times what has come. */
#define GROWTH 4

/* So much has come that the rest is allocated at once where that only takes addresses: the
   system gives the C library pages when they are written. Growing would copy, and clear more
   of them. */
#define BELIEVED_SIZE ((size_t)4 << 20)

static size_t next_size(const joblib_base__arena *arena, size_t done, size_t size)
{
    bool is_lazy = joblib_base__is_system_allocator(&arena->allocator);
    size_t next = done ? done * GROWTH : JOBLIB_TRUSTED_SIZE;
    if (is_lazy && done >= BELIEVED_SIZE) return size;
    return next < size ? next : size;
}

joblib_status joblib_pickle__read_growing(joblib_pickle__machine *machine,
                                          joblib_io__reader *reader, size_t size,
                                          size_t extra, void **out, joblib_error *error)
{
    joblib_base__arena *arena = &machine->document->arena;
    char *data = NULL;
    size_t done = 0;
    while (done < size) {
        size_t next = next_size(arena, done, size), room = done ? done + extra : 0;
        char *moved = joblib_base__arena_resize(arena, data, room, next + extra);
        if (!moved) return joblib_pickle__exhausted(machine, next, error);
        data = moved;
        JOBLIB_TRY(joblib_io__read(reader, data + done, next - done, error));
        done = next;
    }
    *out = data;
    return JOBLIB_OK;
}

#undef GROWTH
#undef BELIEVED_SIZE
