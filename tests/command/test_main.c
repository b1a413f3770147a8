/* Words of the call: verbs, options, operands, help; output that cannot be written. */
#include "command/run.h"

static void check_usage(const char *const *words, const char *what)
{
    struct run run = run_command(words);
    CHECK_EQ_TEXT(run.out.data, "");
    CHECK(strncmp(run.err.data, "joblib: ", 8) == 0 &&
          strncmp(run.err.data + 8, what, strlen(what)) == 0);
    if (test_counts.case_failed) printf("    %s", run.err.data);
    CHECK_EQ_INT(run.status, JOBLIB_COMMAND_USAGE);
    run_free(&run);
}

#define CHECK_USAGE(what, ...) \
    check_usage((const char *const[]){__VA_ARGS__, NULL}, (what))

static void tells_what_is_wrong_with_a_call(void)
{
    CHECK_USAGE("no such verb: sho\n", "sho");
    CHECK_USAGE("no such verb: -x\n", "-x");
    CHECK_USAGE("no such verb: \\x1b[1m\n", "\x1b[1m");
    CHECK_USAGE("a word is missing of: FILE\n", "show");
    CHECK_USAGE("a word is missing of: MODEL INPUT\n", "predict", "x");
    CHECK_USAGE("a word too many: y\n", "show", "x", "y");
    CHECK_USAGE("no such option: --deep\n", "show", "--deep", "x");
    CHECK_USAGE("no such option: --dept\n", "show", "--dept", "4", "x");
    CHECK_USAGE("no such option: -j\n", "show", "-j", "x");
    CHECK_USAGE("an option without its value: --depth\n", "show", "x", "--depth");
    CHECK_USAGE("an option that takes no value: --json=1\n", "show", "--json=1", "x");
    CHECK_USAGE("--depth takes a number from 0 to 1000000: x\n", "show", "x",
                "--depth=x");
    CHECK_USAGE("--depth takes a number from 0 to 1000000: \n", "show", "x", "--depth=");
    CHECK_USAGE("--depth takes a number from 0 to 1000000: -1\n", "show", "x", "--depth",
                "-1");
    CHECK_USAGE("--threads takes a number from 1 to 4096: 0\n", "predict", "x", "y",
                "--threads", "0");
    CHECK_USAGE("no such method: fit\n", "predict", "x", "y", "--method", "fit");
    CHECK_USAGE("the output ends neither in .joblib nor .npy nor .csv: z.txt\n",
                "predict", "x", "y", "--output", "z.txt");
    CHECK_USAGE("no such verb: x\n", "help", "x");
    CHECK_USAGE("a word too many: x\n", "version", "x");
}

static void takes_options_anywhere(void)
{
    CHECK_RUN(RUN_COMMAND("show", "--depth", "1", "no", "--json"), JOBLIB_COMMAND_REFUSED,
              "", "joblib: no: JOBLIB_ERROR_NOT_FOUND: ");
    CHECK_RUN(RUN_COMMAND("show", "--depth=1", "--depth=2", "no"), JOBLIB_COMMAND_REFUSED,
              "", "joblib: no: JOBLIB_ERROR_NOT_FOUND: ");
    CHECK_RUN(RUN_COMMAND("show", "--", "--json"), JOBLIB_COMMAND_REFUSED, "",
              "joblib: --json: JOBLIB_ERROR_NOT_FOUND: ");
}

static void helps(void)
{
    const joblib_command__verb *verb;
    struct run all = run_command((const char *const[]){NULL});
    CHECK_EQ_INT(all.status, JOBLIB_COMMAND_DONE);
    for (size_t i = 0; (verb = joblib_command__verb_at(i)) != NULL; i++) {
        CHECK(strstr(all.out.data, verb->name) != NULL);
        CHECK(strstr(all.out.data, verb->summary) != NULL);
        struct run one = RUN_COMMAND("help", verb->name);
        struct run same = RUN_COMMAND(verb->name, "x", "--help", "--no-such-option");
        CHECK_EQ_TEXT(same.out.data, one.out.data);
        CHECK(strncmp(one.out.data, "usage: joblib ", 14) == 0);
        for (size_t j = 0; j < verb->option_count; j++) {
            CHECK(strstr(one.out.data, verb->options[j].name) != NULL);
        }
        CHECK_RUN(same, JOBLIB_COMMAND_DONE, NULL, "");
        CHECK_RUN(one, JOBLIB_COMMAND_DONE, NULL, "");
    }
    CHECK_RUN(RUN_COMMAND("--help"), JOBLIB_COMMAND_DONE, all.out.data, "");
    CHECK_RUN(RUN_COMMAND("-h"), JOBLIB_COMMAND_DONE, all.out.data, "");
    run_free(&all);
}

/* No line of a usage is longer than a terminal is wide. */
static void helps_in_short_lines(void)
{
    const joblib_command__verb *verb;
    for (size_t i = 0; (verb = joblib_command__verb_at(i)) != NULL; i++) {
        struct run run = RUN_COMMAND("help", verb->name);
        for (const char *line = run.out.data; *line != '\0';) {
            size_t size = strcspn(line, "\n");
            CHECK(size <= 80);
            line += size + (line[size] == '\n');
        }
        run_free(&run);
    }
}

static void tells_versions_and_codecs(void)
{
    char first[64];
    struct run run = RUN_COMMAND("version");
    snprintf(first, sizeof first, "libjoblib %s\nbinary interface %d\n", joblib_version(),
             joblib_abi_version());
    CHECK(strncmp(run.out.data, first, strlen(first)) == 0);
    CHECK(strstr(run.out.data, "codec raw: yes\n") != NULL);
    CHECK(strstr(run.out.data, "codec zlib: yes\n") != NULL);
    CHECK(strstr(run.out.data, "method predict_proba\n") != NULL);
    CHECK_RUN(RUN_COMMAND("--version"), JOBLIB_COMMAND_DONE, run.out.data, "");
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
}

/* Takes `ctx` bytes, then fails. */
static bool write_some(void *ctx, const void *data, size_t size)
{
    size_t *room = ctx;
    (void)data;
    if (size > *room) return false;
    *room -= size;
    return true;
}

static void notices_output_that_is_not_written(void)
{
    static joblib_command__output out, err;
    joblib_command__bytes bytes = {NULL, 0, 0};
    size_t room = 10;
    const char *words[] = {"joblib", "version"};
    joblib_command__output_init(&out, write_some, &room);
    joblib_command__output_init(&err, joblib_command__write_memory, &bytes);
    CHECK_EQ_INT(joblib_command__main(2, words, &out, &err), JOBLIB_COMMAND_REFUSED);
    joblib_command__write_memory(&bytes, "", 1);
    CHECK_EQ_TEXT(bytes.data, "joblib: standard output: JOBLIB_ERROR_IO: "
                              "not all of it could be written\n");
    free(bytes.data);
}

int main(void)
{
    RUN(tells_what_is_wrong_with_a_call);
    RUN(takes_options_anywhere);
    RUN(helps);
    RUN(helps_in_short_lines);
    RUN(tells_versions_and_codecs);
    RUN(notices_output_that_is_not_written);
    return test_finish();
}
