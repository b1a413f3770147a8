#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "command/command.h"
#include "command/parse_number.h"

/* The option that a word after "--" names, up to a "=" perhaps; -1 if there is none. */
static int find_option(const joblib_command__verb *verb, const char *word)
{
    size_t size = strcspn(word, "=");
    for (size_t i = 0; i < verb->option_count; i++) {
        const char *name = verb->options[i].name;
        if (strlen(name) == size && memcmp(name, word, size) == 0) return (int)i;
    }
    return -1;
}

/* Reads the option at `words[*index]` and its value, which may be the next word. */
static int parse_option(joblib_command__context *context, size_t count,
                        const char **words, size_t *index, joblib_command__arguments *out)
{
    const char *word = words[*index], *equals = strchr(word, '=');
    bool is_long = word[1] == '-';
    int found = is_long ? find_option(context->verb, word + 2) : -1;
    if (found < 0) return joblib_command__wrong_usage(context, "no such option", word);
    if (context->verb->options[found].value == NULL) {
        if (equals != NULL) {
            return joblib_command__wrong_usage(context, "an option that takes no value",
                                               word);
        }
        out->options[found] = "";
    } else if (equals != NULL) {
        out->options[found] = equals + 1;
    } else if (*index + 1 < count) {
        out->options[found] = words[++*index];
    } else {
        return joblib_command__wrong_usage(context, "an option without its value", word);
    }
    return JOBLIB_COMMAND_DONE;
}

int joblib_command__parse(joblib_command__context *context, size_t count,
                          const char **words, joblib_command__arguments *out)
{
    const joblib_command__verb *verb = context->verb;
    bool only_operands = false;
    size_t operands = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_option = words[i][0] == '-' && words[i][1] != '\0' && !only_operands;
        if (!is_option) {
            words[operands++] = words[i];
        } else if (strcmp(words[i], "--") == 0) {
            only_operands = true;
        } else {
            int status = parse_option(context, count, words, &i, out);
            if (status != JOBLIB_COMMAND_DONE) return status;
        }
    }
    out->operands = words;
    out->operand_count = operands;
    if (operands < verb->least_operands) {
        return joblib_command__wrong_usage(context, "a word is missing of",
                                           verb->operands);
    }
    if (operands > verb->most_operands) {
        return joblib_command__wrong_usage(context, "a word too many",
                                           words[verb->most_operands]);
    }
    return JOBLIB_COMMAND_DONE;
}

int joblib_command__count_option(joblib_command__context *context, const char *name,
                                 const char *text, uint64_t least, uint64_t most,
                                 uint64_t *value)
{
    char what[120];
    if (text == NULL) return JOBLIB_COMMAND_DONE;
    bool fits =
        joblib_command__parse_count(text, value) && *value >= least && *value <= most;
    if (fits) return JOBLIB_COMMAND_DONE;
    (void)snprintf(what, sizeof what, "--%s takes a number from %" PRIu64 " to %" PRIu64,
                   name, least, most);
    return joblib_command__wrong_usage(context, what, text);
}
