/* The tables as arrays, and looking things up in them. */
#include "template/tables.h"

#include <string.h>

#include "base/try.h"
#include "joblib/template.h"
#include "template/derive.h"

#include "template/row_macros.def"
/* clang-format off */
#include "template/linear.def"
#include "template/scalers.def"
#include "template/encoding.def"
#include "template/imputing.def"
#include "template/points.def"
#include "template/trees.def"
#include "template/networks.def"
#include "template/composition.def"
/* clang-format on */

#include "template/row_macros_end.def"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

#define JOBLIB_X(rows, name, derive) \
    _Static_assert(COUNT(rows##_rows) <= JOBLIB_TEMPLATE_MAX_ROWS, name);
#include "template/classes.def"
#undef JOBLIB_X

static const struct joblib_template__class all_classes[] = {
#define JOBLIB_X(rows, name, derive) \
    {name, rows##_rows, COUNT(rows##_rows), joblib_template__##derive},
#include "template/classes.def"
#undef JOBLIB_X
};

static const struct {
    const char *text;
    const char *last;
    uint32_t joblib; /* as joblib_dump_options has it */
    uint32_t python;
} releases[JOBLIB_TEMPLATE_RELEASE_COUNT] = {
#define JOBLIB_X(name, text, last, joblib, python) {text, last, joblib, python},
#include "template/versions.def"
#undef JOBLIB_X
};

const struct joblib_template__class *joblib_template__find_class(const char *name)
{
    for (size_t i = 0; i < COUNT(all_classes); i++)
        if (strcmp(all_classes[i].name, name) == 0) return &all_classes[i];
    return NULL;
}

const char *joblib_template__module(const struct joblib_template__class *class,
                                    unsigned release)
{
    for (size_t i = 0; i < class->row_count; i++) {
        const struct joblib_template__row *row = &class->rows[i];
        if (row->role == JOBLIB_TEMPLATE_ROLE_MODULE &&
            joblib_template__holds(row, release))
            return row->name;
    }
    return NULL;
}

size_t joblib_template__find_row(const struct joblib_template__class *class,
                                 unsigned release, const char *name)
{
    size_t i = 0;
    for (; i < class->row_count; i++) {
        const struct joblib_template__row *row = &class->rows[i];
        if (row->role != JOBLIB_TEMPLATE_ROLE_MODULE &&
            joblib_template__holds(row, release) && strcmp(row->name, name) == 0)
            break;
    }
    return i;
}

/* Whether text goes on after the release as a version does: "", ".1", ".2.post1". */
static bool ends_as_version(const char *rest)
{
    static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyz.+";
    if (*rest == '\0') return true;
    return rest[0] == '.' && rest[1] != '\0' && rest[strspn(rest, letters)] == '\0';
}

joblib_status joblib_template__parse_version(const char *text, unsigned *release,
                                             char out[JOBLIB_TEMPLATE_VERSION_SIZE],
                                             joblib_error *error)
{
    char escaped[JOBLIB_ESCAPED_SIZE];
    JOBLIB_REQUIRE(text, JOBLIB_ERROR_ARGUMENT, "version of scikit-learn is NULL");
    for (unsigned i = 0; i < JOBLIB_TEMPLATE_RELEASE_COUNT; i++) {
        size_t size = strlen(releases[i].text);
        if (strncmp(text, releases[i].text, size) != 0) continue;
        if (!ends_as_version(text + size)) continue;
        const char *version = text[size] ? text : releases[i].last;
        size = strlen(version) + 1;
        if (size > JOBLIB_TEMPLATE_VERSION_SIZE) break;
        memcpy(out, version, size);
        *release = i;
        return JOBLIB_OK;
    }
    JOBLIB_REQUIRE(false, JOBLIB_ERROR_ARGUMENT,
                   "\"%s\" is no version of scikit-learn from 0.20 to %s",
                   joblib_base__escape(escaped, text, strlen(text)),
                   releases[JOBLIB_TEMPLATE_RELEASE_COUNT - 1].text);
    return JOBLIB_ERROR_ARGUMENT;
}

/* The public list */

size_t joblib_template_class_count(void)
{
    size_t count = 0;
    while (strcmp(all_classes[count].name, "LabelBinarizer") != 0) count++;
    return count;
}

const char *joblib_template_class_name(size_t index)
{
    return index < joblib_template_class_count() ? all_classes[index].name : NULL;
}

size_t joblib_template_version_count(void)
{
    return JOBLIB_TEMPLATE_RELEASE_COUNT;
}

const char *joblib_template_version(size_t index)
{
    return index < JOBLIB_TEMPLATE_RELEASE_COUNT ? releases[index].text : NULL;
}

joblib_status joblib_template_dump_options(const char *version,
                                           joblib_dump_options *options,
                                           joblib_error *error)
{
    char text[JOBLIB_TEMPLATE_VERSION_SIZE];
    unsigned release;
    JOBLIB_REQUIRE(options, JOBLIB_ERROR_ARGUMENT, "options are NULL");
    JOBLIB_REQUIRE(options->struct_size >= sizeof *options, JOBLIB_ERROR_ARGUMENT,
                   "struct_size of joblib_dump_options is %u, below its own size",
                   options->struct_size);
    JOBLIB_TRY(joblib_template__parse_version(version, &release, text, error));
    options->protocol = 4 + 1; /* the newest that all these versions of Python read */
    options->joblib_version = releases[release].joblib;
    options->python_version = releases[release].python;
    options->numpy_version = 1;
    return JOBLIB_OK;
}

static const uint8_t public_kinds[] = {
    [JOBLIB_TEMPLATE_ROLE_MODULE] = JOBLIB_ATTRIBUTE_DERIVED,
    [JOBLIB_TEMPLATE_ROLE_PARAMETER] = JOBLIB_ATTRIBUTE_PARAMETER,
    [JOBLIB_TEMPLATE_ROLE_CONSTRUCTED] = JOBLIB_ATTRIBUTE_DERIVED,
    [JOBLIB_TEMPLATE_ROLE_REQUIRED] = JOBLIB_ATTRIBUTE_REQUIRED,
    [JOBLIB_TEMPLATE_ROLE_OPTIONAL] = JOBLIB_ATTRIBUTE_OPTIONAL,
    [JOBLIB_TEMPLATE_ROLE_ZEROS] = JOBLIB_ATTRIBUTE_OPTIONAL,
    [JOBLIB_TEMPLATE_ROLE_DERIVED] = JOBLIB_ATTRIBUTE_DERIVED,
    [JOBLIB_TEMPLATE_ROLE_LITERAL] = JOBLIB_ATTRIBUTE_DERIVED,
    [JOBLIB_TEMPLATE_ROLE_INPUT] = JOBLIB_ATTRIBUTE_REQUIRED,
    [JOBLIB_TEMPLATE_ROLE_INPUT_OPTIONAL] = JOBLIB_ATTRIBUTE_OPTIONAL,
};

static void describe_row(const struct joblib_template__row *row,
                         joblib_template_attribute *out)
{
    out->kind = public_kinds[row->role];
    out->name = row->name;
    out->form = row->form ? row->form : "any";
    out->value = row->literal;
    out->is_input = row->role == JOBLIB_TEMPLATE_ROLE_INPUT ||
                    row->role == JOBLIB_TEMPLATE_ROLE_INPUT_OPTIONAL;
    out->reserved = 0;
}

joblib_status joblib_template_describe(const char *class_name, const char *version,
                                       size_t index, joblib_template_attribute *out,
                                       joblib_error *error)
{
    char text[JOBLIB_TEMPLATE_VERSION_SIZE];
    unsigned release;
    JOBLIB_REQUIRE(class_name && out, JOBLIB_ERROR_ARGUMENT, "class or out is NULL");
    JOBLIB_REQUIRE(out->struct_size >= sizeof *out, JOBLIB_ERROR_ARGUMENT,
                   "struct_size of joblib_template_attribute is %u, below its own size",
                   out->struct_size);
    const struct joblib_template__class *class = joblib_template__find_class(class_name);
    JOBLIB_REQUIRE(class, JOBLIB_ERROR_ARGUMENT, "no template for this class");
    JOBLIB_TRY(joblib_template__parse_version(version, &release, text, error));
    for (size_t i = 0; i < class->row_count; i++) {
        const struct joblib_template__row *row = &class->rows[i];
        if (row->role == JOBLIB_TEMPLATE_ROLE_MODULE ||
            !joblib_template__holds(row, release) || index-- > 0)
            continue;
        describe_row(row, out);
        return JOBLIB_OK;
    }
    JOBLIB_REQUIRE(false, JOBLIB_ERROR_RANGE, "no attribute of this number");
    return JOBLIB_ERROR_RANGE;
}

#undef COUNT
