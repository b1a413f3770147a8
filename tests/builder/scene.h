#ifndef SCENE_H
#define SCENE_H

/**
 * What tests of builders begin with, and checks that a call is refused.
 */

#include "joblib/builder.h"
#include "joblib/edit.h"
#include "support/test.h"

/* A builder with a value of each kind that matters here. */
struct scene {
    joblib_builder *builder;
    joblib_value *number, *text, *list, *tuple, *dict, *set, *frozen, *class, *object;
    joblib_value *dtype, *unhashable;
    joblib_error error;
};

#define SUCCEEDS(call) CHECK_OK(call, &scene->error)

static inline void open_scene(struct scene *scene)
{
    memset(scene, 0, sizeof *scene);
    joblib_error *error = &scene->error;
    joblib_error_init(error);
    SUCCEEDS(joblib_builder_new(NULL, &scene->builder, error));
    joblib_builder *builder = scene->builder;
    SUCCEEDS(joblib_builder_int64(builder, 7, &scene->number, error));
    SUCCEEDS(joblib_builder_text(builder, "abc", 3, &scene->text, error));
    SUCCEEDS(joblib_builder_list(builder, &scene->list, error));
    SUCCEEDS(joblib_builder_append(builder, scene->list, scene->number, error));
    SUCCEEDS(joblib_builder_dict(builder, &scene->dict, error));
    SUCCEEDS(joblib_builder_put(builder, scene->dict, scene->text, scene->number, error));
    SUCCEEDS(joblib_builder_set(builder, &scene->set, error));
    const joblib_value *items[] = {scene->text};
    SUCCEEDS(joblib_builder_tuple(builder, items, 1, &scene->tuple, error));
    SUCCEEDS(joblib_builder_frozenset(builder, items, 1, &scene->frozen, error));
    items[0] = scene->list;
    SUCCEEDS(joblib_builder_tuple(builder, items, 1, &scene->unhashable, error));
    SUCCEEDS(joblib_builder_global(builder, "m", "C", &scene->class, error));
    SUCCEEDS(joblib_builder_object(builder, JOBLIB_FORM_NEWOBJ, scene->class, NULL, NULL,
                                   &scene->object, error));
    SUCCEEDS(joblib_builder_dtype(builder, "<f8", &scene->dtype, error));
}

static inline void close_scene(struct scene *scene)
{
    joblib_builder_free(scene->builder);
}

#undef SUCCEEDS

/* A call is refused with this status and a message, and no value comes of it. */
#define REFUSED(expected, call) \
    do { \
        joblib_value *out = s.list; \
        joblib_error error = JOBLIB_ERROR_INIT; \
        CHECK_STATUS(call, &error, expected, JOBLIB_NO_OFFSET); \
        CHECK(error.message[0] != '\0'); \
        (void)out; \
    } while (0)

#define MAKES_NOTHING(expected, call) \
    do { \
        joblib_value *out = s.list; \
        joblib_error error = JOBLIB_ERROR_INIT; \
        CHECK_STATUS(call, &error, expected, JOBLIB_NO_OFFSET); \
        CHECK(error.message[0] != '\0'); \
        CHECK(out == NULL); \
    } while (0)

#define ARGUMENT JOBLIB_ERROR_ARGUMENT
#define TYPE JOBLIB_ERROR_TYPE
#define RANGE JOBLIB_ERROR_RANGE

#endif
