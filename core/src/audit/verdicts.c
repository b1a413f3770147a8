#include "audit/verdicts.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define JOBLIB_X(modules, rule, reason, names) \
    {modules, JOBLIB_RULE_##rule, reason, names},
static const joblib_audit__row verdict_rows[] = {
#include "audit/sklearn.def"
#include "audit/verdicts.def"
};
#undef JOBLIB_X

#define ROW_COUNT (sizeof verdict_rows / sizeof verdict_rows[0])

static const joblib_audit__row unknown_row = {"*", JOBLIB_RULE_UNKNOWN,
                                              "not in the table of known names", "*"};
static const joblib_audit__row path_row = {"*", JOBLIB_RULE_UNKNOWN,
                                           "an attribute of what it names", "*.*"};
static const joblib_audit__row reach_row = {
    "*", JOBLIB_RULE_DANGEROUS, "reaches something dangerous through attributes", "*.*"};

/* A text of the table or of a file, without its end. */
struct name_piece {
    const char *text;
    size_t size;
};

/* Matches a pattern in which a star stands for any text. Linear but for the last star. */
static bool matches_stars(struct name_piece pattern, struct name_piece text)
{
    size_t at = 0, star = SIZE_MAX, kept = 0;
    for (size_t i = 0; i < text.size;) {
        if (at < pattern.size && pattern.text[at] == '*') {
            star = at++;
            kept = i;
        } else if (at < pattern.size && pattern.text[at] == text.text[i]) {
            at++;
            i++;
        } else if (star != SIZE_MAX) {
            at = star + 1;
            i = ++kept;
        } else {
            return false;
        }
    }
    while (at < pattern.size && pattern.text[at] == '*') at++;
    return at == pattern.size;
}

/* `x.*` is x itself too. */
static bool matches_word(struct name_piece word, struct name_piece text)
{
    bool is_tree = word.size > 2 && memcmp(word.text + word.size - 2, ".*", 2) == 0;
    struct name_piece root = {word.text, word.size - 2};
    return matches_stars(word, text) || (is_tree && matches_stars(root, text));
}

static bool matches_words(const char *words, struct name_piece text)
{
    while (*words != '\0') {
        struct name_piece word = {words, strcspn(words, " ")};
        if (matches_word(word, text)) return true;
        words += word.size;
        words += *words == ' ';
    }
    return false;
}

static const joblib_audit__row *find_verdict(struct name_piece module,
                                             struct name_piece name)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        const joblib_audit__row *row = &verdict_rows[i];
        if (matches_words(row->modules, module) && matches_words(row->names, name))
            return row;
    }
    return &unknown_row;
}

static bool is_dangerous(struct name_piece module, struct name_piece name)
{
    return find_verdict(module, name)->rule == JOBLIB_RULE_DANGEROUS;
}

/* Protocol 4 follows dots: `numpy` and `os.system` is os.system. Each step may be the module of
   the next, and a module may be found in the one before. */
static const joblib_audit__row *judge_path(struct name_piece module,
                                           struct name_piece name)
{
    size_t steps = 0;
    while (name.size > 0) {
        const char *dot = memchr(name.text, '.', name.size);
        struct name_piece step = {name.text, dot ? (size_t)(dot - name.text) : name.size};
        if (++steps > 16 || is_dangerous(module, step)) return &reach_row;
        if (!dot) break;
        module = step;
        name.text += step.size + 1;
        name.size -= step.size + 1;
    }
    return &path_row;
}

const joblib_audit__row *joblib_audit__judge(const char *module, const char *name)
{
    struct name_piece in = {module, strlen(module)}, of = {name, strlen(name)};
    const joblib_audit__row *row = find_verdict(in, of);
    return strchr(name, '.') && row->rule != JOBLIB_RULE_KNOWN ? judge_path(in, of) : row;
}

const joblib_audit__row *joblib_audit__row_at(size_t index)
{
    return index < ROW_COUNT ? &verdict_rows[index] : NULL;
}
