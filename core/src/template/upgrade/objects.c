/* What an object or a name of a document is: an estimator, a part of one, or a stranger's. */
#include <string.h>

#include "base/try.h"
#include "builder/builder.h"
#include "template/upgrade/moved.h"
#include "template/upgrade/upgrade.h"

static bool is_of_sklearn(const char *module)
{
    size_t size = strlen("sklearn");
    return strncmp(module, "sklearn", size) == 0 &&
           (module[size] == '\0' || module[size] == '.');
}

/* The class of an estimator with rows; NULL for another class, also of the same name. */
static const struct joblib_template__class *class_of(const char *module, const char *name)
{
    const struct joblib_template__class *class = joblib_upgrade__find_class(name);
    for (size_t i = 0; class && i < class->row_count; i++) {
        const struct joblib_template__row *row = &class->rows[i];
        if (row->role == JOBLIB_TEMPLATE_ROLE_MODULE && strcmp(row->name, module) == 0)
            return class;
    }
    return NULL;
}

static joblib_status refuse_name(const struct joblib_upgrade__run *run,
                                 const joblib_value *global, joblib_error *error)
{
    char module[JOBLIB_ESCAPED_SIZE], name[JOBLIB_ESCAPED_SIZE];
    const char *own_module = joblib_value_module(global);
    const char *own_name = joblib_value_name(global);
    return joblib_upgrade__refuse(
        error, NULL, "%s.%s has no upgrade rule to scikit-learn %s",
        joblib_base__escape(module, own_module, strlen(own_module)),
        joblib_base__escape(name, own_name, strlen(own_name)), run->version);
}

/* The node gets another name in its place, in tuples too. Its texts in the pickle are new. */
static joblib_status give_name(struct joblib_upgrade__run *run, joblib_value *global,
                               const char *module, const char *name, joblib_error *error)
{
    joblib_value *named;
    struct joblib_value__global *old = global->global;
    JOBLIB_TRY(joblib_builder_global(run->builder, module, name, &named, error));
    if (old->node == global) old->node = NULL;
    global->global = named->global;
    global->spelling = NULL;
    global->tag = named->tag;
    global->flags |= JOBLIB_VALUE_NAMED;
    return JOBLIB_OK;
}

/* The name that the target has for a name of any release. False where nothing is known of it. */
static bool find_target_name(const struct joblib_upgrade__run *run,
                             struct joblib_upgrade__moved *moved)
{
    const struct joblib_template__class *class = class_of(moved->module, moved->name);
    if (!class) return joblib_upgrade__find_moved(run->target, moved);
    moved->module = joblib_template__module(class, run->target);
    return true;
}

joblib_status joblib_upgrade__global(struct joblib_upgrade__run *run,
                                     joblib_value *global, unsigned source,
                                     joblib_error *error)
{
    const char *module = joblib_value_module(global), *name = joblib_value_name(global);
    struct joblib_upgrade__moved moved = {module, name};
    if (source == run->target) return JOBLIB_OK;
    bool is_known = find_target_name(run, &moved);
    if (!is_known && !is_of_sklearn(module)) return JOBLIB_OK;
    if (!is_known || !moved.module) return refuse_name(run, global, error);
    if (strcmp(moved.module, module) == 0 && strcmp(moved.name, name) == 0)
        return JOBLIB_OK;
    return give_name(run, global, moved.module, moved.name, error);
}

/* "1.6" of "1.6.1", and of the candidates "1.6rc1" and "1.6.dev0" too. False for other text. */
static bool parse_release(const char *text, unsigned *release)
{
    static const char digits[] = "0123456789";
    char minor[JOBLIB_TEMPLATE_VERSION_SIZE], full[JOBLIB_TEMPLATE_VERSION_SIZE];
    size_t size = strspn(text, digits);
    if (text[size] == '.') size += 1 + strspn(text + size + 1, digits);
    if (size >= sizeof minor) return false;
    memcpy(minor, text, size);
    minor[size] = '\0';
    return joblib_template__parse_version(minor, release, full, NULL) == JOBLIB_OK;
}

/* The release that the object says it is of; it stays that of what is around it else. */
static joblib_status read_release(const joblib_value *object, unsigned *source,
                                  joblib_error *error)
{
    char escaped[JOBLIB_ESCAPED_SIZE];
    const joblib_value *value = joblib_value_attribute(object, "_sklearn_version");
    const char *text = joblib_value_text(value, NULL);
    if (!text || parse_release(text, source)) return JOBLIB_OK;
    return joblib_upgrade__refuse(error, NULL,
                                  "%s of scikit-learn %s, of which nothing is known",
                                  joblib_value_name(object),
                                  joblib_base__escape(escaped, text, strlen(text)));
}

static joblib_status write_release(const struct joblib_upgrade__run *run,
                                   joblib_value *object, joblib_error *error)
{
    joblib_value *version;
    if (!joblib_value_attribute(object, "_sklearn_version")) return JOBLIB_OK;
    JOBLIB_TRY(joblib_builder_text(run->builder, run->version, strlen(run->version),
                                   &version, error));
    return joblib_builder_set_attribute(run->builder, object, "_sklearn_version", version,
                                        error);
}

static joblib_status rewrite_estimator(struct joblib_upgrade__run *run,
                                       joblib_value *object,
                                       const struct joblib_template__class *class,
                                       unsigned source, joblib_error *error)
{
    const struct joblib_upgrade__estimator estimator = {run,   run->builder, object,
                                                        class, source,       run->target};
    if (source == JOBLIB_UPGRADE_NO_RELEASE)
        return joblib_upgrade__refuse(error, NULL,
                                      "%s does not tell its version of scikit-learn",
                                      class->name);
    if (!joblib_template__module(class, run->target))
        return joblib_upgrade__refuse(error, NULL,
                                      "%s has no upgrade rule to scikit-learn %s",
                                      class->name, run->version);
    JOBLIB_TRY(joblib_upgrade__spellings(&estimator, error));
    JOBLIB_TRY(joblib_upgrade__rule(&estimator, error));
    return joblib_upgrade__attributes(&estimator, error);
}

/* An estimator, or what belongs to one. */
static joblib_status rewrite_object(struct joblib_upgrade__run *run, joblib_value *object,
                                    unsigned source, joblib_error *error)
{
    const char *module = joblib_value_module(joblib_value_class(object));
    const char *name = joblib_value_name(joblib_value_class(object));
    const struct joblib_template__class *class = class_of(module, name);
    if (class) return rewrite_estimator(run, object, class, source, error);
    if (joblib_value_attribute(object, "_sklearn_version"))
        return joblib_upgrade__refuse(error, NULL, "%s has no upgrade rule", name);
    if (strcmp(name, "Tree") == 0 && strcmp(module, "sklearn.tree._tree") == 0)
        return joblib_upgrade__tree(run, object, error);
    if (strcmp(name, "newObj") == 0)
        return joblib_upgrade__metric(run, object, source, error);
    return JOBLIB_OK;
}

joblib_status joblib_upgrade__object(struct joblib_upgrade__run *run,
                                     joblib_value *object, unsigned *source,
                                     joblib_error *error)
{
    const char *module = joblib_value_module(joblib_value_class(object));
    if (!module || !is_of_sklearn(module)) return JOBLIB_OK;
    JOBLIB_TRY(read_release(object, source, error));
    if (*source != run->target) JOBLIB_TRY(rewrite_object(run, object, *source, error));
    return write_release(run, object, error);
}
