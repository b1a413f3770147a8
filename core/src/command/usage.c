#include <string.h>

#include "command/command.h"

static void put_option_form(joblib_command__output *out,
                            const joblib_command__option *option)
{
    joblib_command__put_format(out, "--%s", option->name);
    if (option->value != NULL) joblib_command__put_format(out, " %s", option->value);
}

static size_t form_size(const joblib_command__option *option)
{
    size_t size = 2 + strlen(option->name);
    return option->value != NULL ? size + 1 + strlen(option->value) : size;
}

enum { USAGE_WIDTH = 80 };

/* [--option VALUE] for each, in lines that a terminal holds. */
static void put_option_forms(joblib_command__output *out,
                             const joblib_command__verb *verb)
{
    static const char begin[] = "usage: joblib ";
    size_t indentation = sizeof begin - 1 + strlen(verb->name);
    size_t column = indentation + 1 + strlen(verb->operands);
    for (size_t i = 0; i < verb->option_count; i++) {
        size_t size = form_size(&verb->options[i]) + 3;
        if (column + size > USAGE_WIDTH) {
            joblib_command__put_text(out, "\n");
            joblib_command__put_spaces(out, indentation);
            column = indentation;
        }
        column += size;
        joblib_command__put_text(out, " [");
        put_option_form(out, &verb->options[i]);
        joblib_command__put_text(out, "]");
    }
}

/* Puts lines of text, the second and later ones indented. */
static void put_lines(joblib_command__output *out, const char *text, size_t indentation)
{
    while (*text != '\0') {
        size_t size = strcspn(text, "\n");
        joblib_command__put(out, text, size);
        joblib_command__put_text(out, "\n");
        text += size + (text[size] == '\n');
        if (*text != '\0') joblib_command__put_spaces(out, indentation);
    }
}

static void put_options(joblib_command__output *out, const joblib_command__verb *verb)
{
    size_t width = 0;
    for (size_t i = 0; i < verb->option_count; i++) {
        size_t size = form_size(&verb->options[i]);
        if (size > width) width = size;
    }
    for (size_t i = 0; i < verb->option_count; i++) {
        const joblib_command__option *option = &verb->options[i];
        joblib_command__put_text(out, "  ");
        put_option_form(out, option);
        joblib_command__put_spaces(out, width - form_size(option) + 2);
        put_lines(out, option->help, width + 4);
    }
}

void joblib_command__put_usage(joblib_command__output *out,
                               const joblib_command__verb *verb)
{
    joblib_command__put_format(out, "usage: joblib %s", verb->name);
    if (verb->operands[0] != '\0') joblib_command__put_format(out, " %s", verb->operands);
    put_option_forms(out, verb);
    joblib_command__put_format(out, "\n\n%s\n", verb->summary);
    if (verb->option_count > 0) {
        joblib_command__put_text(out, "\n");
        put_options(out, verb);
    }
    if (verb->description == NULL) return;
    joblib_command__put_text(out, "\n");
    joblib_command__put_text(out, verb->description);
}

void joblib_command__put_verbs(joblib_command__output *out)
{
    const joblib_command__verb *verb;
    joblib_command__put_text(out, "usage: joblib VERB WORDS\n\n");
    for (size_t i = 0; (verb = joblib_command__verb_at(i)) != NULL; i++) {
        joblib_command__put_format(out, "  %-9s %s\n", verb->name, verb->summary);
    }
    joblib_command__put_text(out,
                             "\njoblib VERB --help tells more of a verb.\n"
                             "Exit status: 0 done, 1 the file or the data was refused, "
                             "2 wrong usage;\nof audit also 3 dangerous, 4 unknown.\n");
}
