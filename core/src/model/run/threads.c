#include "model/run/threads.h"

#include <stdbool.h>

#if !defined(JOBLIB_HAVE_THREADS)
#define JOBLIB_HAVE_THREADS 0
#endif

#if JOBLIB_HAVE_THREADS

#include <pthread.h>

typedef struct model_thread {
    pthread_t id;
    bool started;
    void (*work)(void *item);
    void *item;
} model_thread;

static void *run_thread(void *argument)
{
    const model_thread *thread = argument;
    thread->work(thread->item);
    return NULL;
}

void joblib_model__run_threads(void (*work)(void *item), void *items, size_t count,
                               size_t item_size, void *threads)
{
    model_thread *started = threads;
    for (size_t i = 1; i < count; i++) {
        model_thread *thread = &started[i];
        *thread = (model_thread){.work = work, .item = (char *)items + i * item_size};
        thread->started = pthread_create(&thread->id, NULL, run_thread, thread) == 0;
    }
    work(items);
    for (size_t i = 1; i < count; i++) {
        if (started[i].started)
            pthread_join(started[i].id, NULL);
        else
            work(started[i].item);
    }
}

size_t joblib_model__thread_size(void)
{
    return sizeof(model_thread);
}

#else

void joblib_model__run_threads(void (*work)(void *item), void *items, size_t count,
                               size_t item_size, void *threads)
{
    (void)threads;
    for (size_t i = 0; i < count; i++) work((char *)items + i * item_size);
}

size_t joblib_model__thread_size(void)
{
    return 1;
}

#endif
