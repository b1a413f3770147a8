/* The verb show: the tree, the JSON, and what is refused. */
#include "command/run.h"

/* Of data/document.joblib, without its first line. */
static const char document_tree[] =
    "dict of 22\n"
    "  \"first\": &1 list of 2\n"
    "    [0]: 1\n"
    "    [1]: [2]\n"
    "  \"again\": *1 list of 2\n"
    "  \"loop\": &2 dict of 2\n"
    "    \"a\": 1\n"
    "    \"self\": *2 dict of 2\n"
    "  (\"a\", 1): &3 bytearray \"\\x00ab\"\n"
    "  \"same\": *3 bytearray \"\\x00ab\"\n"
    "  \"many\": list of 13\n"
    "    [0]: [0]\n"
    "    [1]: [1]\n"
    "    [2]: [2]\n"
    "    [3]: [3]\n"
    "    [4]: [4]\n"
    "    [5]: [5]\n"
    "    [6]: [6]\n"
    "    [7]: [7]\n"
    "    [8]: [8]\n"
    "    [9]: [9]\n"
    "    \xe2\x80\xa6 3 more\n"
    "  \"numbers\": list of 100 [0, 1, 2, 3, 4, 5, \xe2\x80\xa6 94 more]\n"
    "  \"empty\": list of 5\n"
    "    [0]: []\n"
    "    [1]: ()\n"
    "    [2]: {}\n"
    "    [3]: set {}\n"
    "    [4]: \"\"\n"
    "  \"deep\": list of 1\n"
    "    [0]: list of 1\n"
    "      [0]: list of 1\n"
    "        [0]: list of 1\n"
    "  \"escape\": \"\\x1b[31mred\\u202e\"\n"
    "  \"long\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
    "xxxxxxxxxxxxxxxxxxxx\xe2\x80\xa6\" of 100 bytes\n"
    "  \"int\": 5080218607396233653221881976522165017724\xe2\x80\xa6 of 51 characters\n"
    "  \"call\": dtype <f4\n"
    "  \"scalar\": <f4 0.1\n"
    "  \"class\": global builtins.complex\n"
    "  \"record\": ndarray {f0 <i4, f1 <f8, f2 |S3} (1,) [(1, 2.5, \"s\")]\n"
    "  \"set\": set {3}\n"
    "  \"dates\": ndarray <M8[D] (2,) [18262, NaT]\n"
    "  \"one\": (1,)\n"
    "  \"tuples\": tuple of 2\n"
    "    [0]: &4 tuple of 1\n"
    "      [0]: &5 [\"x\"]\n"
    "    [1]: *4 tuple of 1\n"
    "  \"complex\": (1.0-2.0j)\n"
    "  \"tree\": unknown.Strange\n";

static const char *skip_line(const char *text)
{
    const char *end = strchr(text, '\n');
    return end != NULL ? end + 1 : text;
}

static void shows_a_tree(void)
{
    struct run run = RUN_COMMAND("show", data_path("document.joblib"));
    CHECK_EQ_TEXT(skip_line(run.out.data), document_tree);
    CHECK(strstr(run.out.data, "document.joblib: raw, protocol 4\n") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
}

static void shows_as_deep_as_asked(void)
{
    struct run run = RUN_COMMAND("show", data_path("document.joblib"), "--depth", "0");
    CHECK_EQ_TEXT(skip_line(run.out.data), "dict of 22\n");
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
    run = RUN_COMMAND("show", data_path("list.joblib"), "--depth=1");
    CHECK_EQ_TEXT(skip_line(run.out.data), "[1]\n");
    CHECK(strstr(run.out.data, "list.joblib: zlib, protocol 4\n") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
    run = RUN_COMMAND("show", data_path("document.joblib"), "--depth", "100");
    CHECK(strstr(run.out.data, "            [0]: [\"end\"]\n") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
}

/* Control characters of the file must not reach the terminal. */
static void shows_no_control_characters(void)
{
    struct run run = RUN_COMMAND("show", data_path("document.joblib"), "--depth", "9");
    for (size_t i = 0; i < run.out.size; i++) {
        unsigned char byte = (unsigned char)run.out.data[i];
        CHECK((byte >= 0x20 && byte != 0x7f) || byte == '\n');
    }
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
}

static void shows_json(void)
{
    CHECK_RUN(RUN_COMMAND("show", "--json", data_path("list.joblib")),
              JOBLIB_COMMAND_DONE, "{\"list\":[{\"int\":\"1\"}]}\n", "");
}

static void check_shown_vector(const char *name)
{
    const char *path = vector_path(name, ".joblib");
    struct run run = RUN_COMMAND("show", path, "--depth", "12");
    CHECK(run.out.size > 0);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
}

static void shows_every_valid_vector(void)
{
    CHECK(vector_each("valid/", check_shown_vector) > 700);
}

static void check_refused_vector(const char *name)
{
    const char *path = vector_path(name, ".joblib");
    struct run run = RUN_COMMAND("show", path);
    CHECK(strstr(run.err.data, ": JOBLIB_ERROR_") != NULL);
    CHECK(run.err.size > 0 &&
          strchr(run.err.data, '\n') == run.err.data + run.err.size - 1);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, "", "joblib: ");
}

static void tells_in_one_line_why_a_file_is_refused(void)
{
    CHECK(vector_each("invalid/", check_refused_vector) > 200);
    CHECK_RUN(RUN_COMMAND("show", "no such file"), JOBLIB_COMMAND_REFUSED, "",
              "joblib: no such file: JOBLIB_ERROR_NOT_FOUND: ");
    struct run run = RUN_COMMAND("show", data_path("rows.csv"));
    CHECK(strstr(run.err.data, "rows.csv: offset 0: JOBLIB_ERROR_SYNTAX: ") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, "", "joblib: ");
}

/* Cases with views, and lines that their trees must have. */
static void shows_what_objects_are(void)
{
    static const char *const rows[][2] = {
        {"views/numbers-protocol2-joblib0.11-py2.7", "fractions.Fraction 1/3\n"},
        {"views/numbers-protocol2-joblib1.6",
         "fractions.Fraction 1/1180591620717411303424\n"},
        {"views/numbers-protocol2-joblib1.6", "decimal.Decimal 1.50\n"},
        {"views/moments-protocol2-joblib1.6", "datetime.time 23:59:59.999999\n"},
        {"views/moments-protocol2-joblib1.6",
         "datetime.datetime 2020-01-02T03:04:05.678901\n"},
        {"views/paths-protocol2-joblib1.6", "PureWindowsPath c:\\a\\b\n"},
        {"views/sparse-protocol2-joblib1.6",
         "scipy.sparse._csr.csr_matrix 3 x 4 <f8, 4 stored\n"},
        {"views/sparse-protocol2-joblib1.6",
         "scipy.sparse._csc.csc_matrix 3 x 0 <f8, 0 stored\n"},
        {"pandas/frame-mixed-pandas0.20",
         "pandas.core.frame.DataFrame 6 rows, 8 columns\n"},
        {"pandas/series-ints-pandas3.0", "pandas.Series 3 x int64\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char name[128];
        snprintf(name, sizeof name, "valid/%s", rows[i][0]);
        struct run run = RUN_COMMAND("show", vector_path(name, ".joblib"));
        if (!run.out.data || !strstr(run.out.data, rows[i][1]))
            test_fail(__FILE__, __LINE__, "%s: no line %s", rows[i][0], rows[i][1]);
        CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
    }
}

int main(void)
{
    RUN(shows_a_tree);
    RUN(shows_as_deep_as_asked);
    RUN(shows_no_control_characters);
    RUN(shows_json);
    RUN(shows_every_valid_vector);
    RUN(shows_what_objects_are);
    RUN(tells_in_one_line_why_a_file_is_refused);
    return test_finish();
}
