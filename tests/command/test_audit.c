/* The verb audit: exit statuses, forms of output, lists of trusted names, folders. */
#include "command/temporary.h"

#include <sys/stat.h>

#include "command/run.h"

#define CLEAN \
    "\x80\x02" \
    "cnumpy\nndarray\n."
#define UNKNOWN \
    "\x80\x02" \
    "cm\nC\n."
#define NESTED "\x80\x04\x8c\x01m\x8c\x03O.I\x93."
#define DANGER \
    "\x80\x02" \
    "cos\nsystem\n."
#define CUT \
    "\x80\x02" \
    "cm\nC\n"

static void answers_by_exit_status(void)
{
    const char *clean = WRITE("a", CLEAN), *unknown = WRITE("b", UNKNOWN);
    const char *danger = WRITE("c", DANGER), *cut = WRITE("d", CUT);
    CHECK_RUN(RUN_COMMAND("audit", clean), JOBLIB_COMMAND_DONE, NULL, "");
    CHECK_RUN(RUN_COMMAND("audit", clean, unknown), JOBLIB_COMMAND_UNKNOWN, NULL, "");
    CHECK_RUN(RUN_COMMAND("audit", unknown, cut, clean), JOBLIB_COMMAND_REFUSED, NULL,
              "joblib: ");
    CHECK_RUN(RUN_COMMAND("audit", danger, cut, unknown), JOBLIB_COMMAND_DANGEROUS, NULL,
              "joblib: ");
    CHECK_RUN(RUN_COMMAND("audit", clean, "no such file"), JOBLIB_COMMAND_REFUSED, NULL,
              "joblib: no such file: JOBLIB_ERROR_NOT_FOUND: ");
    unlink(clean);
    unlink(unknown);
    unlink(danger);
    unlink(cut);
}

static void prints_a_table(void)
{
    const char *path = WRITE("t", "\x80\x02"
                                  "cos\nsystem\n0cm\nC\n)\x81}b.");
    struct run run = RUN_COMMAND("audit", path);
    const char *table = strchr(run.out.data, '\n');
    CHECK_EQ_TEXT(
        table, "\n"
               "  VERDICT    NAME       USE              OFFSET  LEVEL  TIMES  REASON\n"
               "  dangerous  os.system  named                 2      0      1  reaches "
               "the operating system\n"
               "  unknown    m.C        called, built        14      0      1  not in "
               "the table of known names\n");
    CHECK(strstr(run.out.data, ": dangerous, 2 names\n") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_DANGEROUS, NULL, "");
    unlink(path);
}

static void prints_json(void)
{
    const char *path = WRITE("j", "\x80\x02"
                                  "cm\nC\xc3\xa9\n(");
    struct run run = RUN_COMMAND("audit", "--json", path);
    const char *outcome = strstr(run.out.data, "\"outcome\"");
    REQUIRE(outcome != NULL);
    CHECK(strncmp(run.out.data, "{\"file\":\"", 9) == 0);
    CHECK(strstr(outcome,
                 "\"outcome\":\"incomplete\",\"error\":{\"status\":"
                 "\"JOBLIB_ERROR_TRUNCATED\",\"offset\":10,\"message\":\"") == outcome);
    CHECK(strstr(outcome,
                 "\"globals\":[{\"module\":\"m\",\"name\":\"C\\u00e9\",\"verdict\":"
                 "\"unknown\",\"reason\":\"not in the table of known names\",\"uses\":"
                 "[\"named\"],\"offset\":2,\"nesting\":0,\"count\":1}]}\n") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, NULL, "joblib: ");
    unlink(path);
}

static void prints_sarif(void)
{
    const char *path = WRITE("s %", "\x80\x02"
                                    "cos\nsystem\n0cm\nC\n(");
    struct run run = RUN_COMMAND("audit", "--sarif", path, path);
    CHECK(strstr(run.out.data, "\"version\":\"2.1.0\",\"runs\":[{") != NULL);
    CHECK(strstr(run.out.data,
                 "{\"ruleId\":\"dangerous-name\",\"level\":\"error\",\"message\":{"
                 "\"text\":\"os.system: reaches the operating system\"}") != NULL);
    CHECK(strstr(run.out.data, "\"ruleId\":\"unknown-name\"") != NULL);
    CHECK(strstr(run.out.data, "\"ruleId\":\"incomplete\"") != NULL);
    CHECK(strstr(run.out.data, "-s%20%25\"}}}]") != NULL);
    CHECK(strstr(run.out.data, "}{") == NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_DANGEROUS, NULL, "joblib: ");
    CHECK_RUN(RUN_COMMAND("audit", "--sarif", "--json", path), JOBLIB_COMMAND_USAGE, "",
              "joblib: --json and --sarif at once");
    unlink(path);
}

static void allows_exact_names(void)
{
    const char *unknown = WRITE("u", UNKNOWN), *danger = WRITE("v", DANGER);
    const char *list = WRITE("l", "# trusted\r\n\r\nos.system\r\nm.C\r\n");
    CHECK_RUN(RUN_COMMAND("audit", "--allow", list, unknown), JOBLIB_COMMAND_DONE, NULL,
              "");
    CHECK_RUN(RUN_COMMAND("audit", "--allow", list, danger), JOBLIB_COMMAND_DANGEROUS,
              NULL, "");
    unlink(list);
    list = WRITE("l", "m\nm.\nm.*\nm.C.x\nm.c\n m.C\nm.C \nC\n*\nm:C:\n");
    CHECK_RUN(RUN_COMMAND("audit", "--allow", list, unknown), JOBLIB_COMMAND_UNKNOWN,
              NULL, "");
    unlink(list);
    list = WRITE("l", "");
    CHECK_RUN(RUN_COMMAND("audit", "--allow", list, unknown), JOBLIB_COMMAND_UNKNOWN,
              NULL, "");
    unlink(list);
    CHECK_RUN(RUN_COMMAND("audit", "--allow", "no list", unknown), JOBLIB_COMMAND_REFUSED,
              "", "joblib: no list: JOBLIB_ERROR_NOT_FOUND: ");
    unlink(unknown);
    unlink(danger);
}

/* "m.O.I" could be the class I of the module m.O too. */
static void allows_dotted_names_with_a_colon(void)
{
    const char *nested = WRITE("n", NESTED);
    const char *list = WRITE("l", "m.O.I");
    CHECK_RUN(RUN_COMMAND("audit", "--allow", list, nested), JOBLIB_COMMAND_UNKNOWN, NULL,
              "");
    unlink(list);
    list = WRITE("l", "m:O.I");
    CHECK_RUN(RUN_COMMAND("audit", "--allow", list, nested), JOBLIB_COMMAND_DONE, NULL,
              "");
    unlink(list);
    unlink(nested);
}

static void walks_folders(void)
{
    char folder[1300], inner[1400], link_path[1400];
    snprintf(folder, sizeof folder, "%s", WRITE("f", ""));
    unlink(folder);
    snprintf(inner, sizeof inner, "%s/z", folder);
    snprintf(link_path, sizeof link_path, "%s/loop", folder);
    REQUIRE(mkdir(folder, 0700) == 0 && mkdir(inner, 0700) == 0);
    CHECK_RUN(RUN_COMMAND("audit", folder), JOBLIB_COMMAND_REFUSED, NULL, "joblib: ");
    CHECK(symlink(folder, link_path) == 0);
    const char *clean = WRITE("f/b", CLEAN), *danger = WRITE("f/z/a", DANGER);
    struct run run = RUN_COMMAND("audit", folder);
    const char *first = strstr(run.out.data, "/b: clean");
    const char *second = strstr(run.out.data, "/z/a: dangerous");
    CHECK(first != NULL && second != NULL && first < second);
    CHECK(strstr(run.out.data, "loop") == NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_DANGEROUS, NULL, "");
    CHECK_RUN(RUN_COMMAND("check", folder), JOBLIB_COMMAND_DONE, NULL, "");
    unlink(clean);
    unlink(danger);
    unlink(link_path);
    rmdir(inner);
    rmdir(folder);
}

static void reads_standard_input(void)
{
    const char *danger = WRITE("i", DANGER);
    REQUIRE(freopen(danger, "rb", stdin) != NULL);
    struct run run = RUN_COMMAND("audit", "-");
    CHECK(strstr(run.out.data, "standard input: dangerous, 1 name\n") == run.out.data);
    CHECK_RUN(run, JOBLIB_COMMAND_DANGEROUS, NULL, "");
    REQUIRE(freopen(danger, "rb", stdin) != NULL);
    CHECK_RUN(RUN_COMMAND("check", "-"), JOBLIB_COMMAND_DONE,
              "standard input: ok, raw, protocol 2, no model\n", "");
    unlink(danger);
}

/* Right-to-left marks and escapes of a name must not reach a terminal. */
static void escapes_names(void)
{
    const char *path = WRITE("e", "\x80\x02"
                                  "cm\xe2\x80\xae\nC\xc2\x9b[31m\n.");
    struct run run = RUN_COMMAND("audit", path);
    CHECK(strstr(run.out.data, "m\\u202e.C\\x9b[31m") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_UNKNOWN, NULL, "");
    unlink(path);
}

int main(void)
{
    RUN(answers_by_exit_status);
    RUN(prints_a_table);
    RUN(prints_json);
    RUN(prints_sarif);
    RUN(allows_exact_names);
    RUN(allows_dotted_names_with_a_colon);
    RUN(walks_folders);
    RUN(reads_standard_input);
    RUN(escapes_names);
    return test_finish();
}
