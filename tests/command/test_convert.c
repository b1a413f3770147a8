/* The verb convert: what joblib and Python wrote is written again, as another joblib wrote it too,
   or as the same; what is refused, and what the files are then. */
#include "command/temporary.h"

#include "command/run.h"
#include "joblib/codec.h"

static const char *new_path(void)
{
    const char *path = write_file("out", "old", 3);
    return path;
}

static const char *vector(const char *name)
{
    static char paths[4][1024];
    static size_t next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s", vector_path(name, ".joblib"));
    return path;
}

static void check_file(const char *path, const char *data, size_t size)
{
    struct vector_bytes found = read_whole(path);
    CHECK_EQ_SIZE(found.size, size);
    if (found.size == size) CHECK_EQ_BYTES(found.data, data, size);
    free(found.data);
}

static void check_vector(const char *path, const char *name)
{
    struct vector_bytes wanted = vector_read(name, ".joblib");
    check_file(path, wanted.data, wanted.size);
    free(wanted.data);
}

/* All of these files hold the same, and were written by joblib. */
static void writes_what_joblib_wrote(void)
{
    static const struct {
        const char *from, *to, *options[4];
    } rows[] = {
        {"raw-joblib1.5.0", "raw-joblib1.5.0", {NULL}},
        {"raw-joblib1.5.0", "zlib-joblib1.5.0", {"--compress", "zlib"}},
        {"raw-joblib1.5.0", "zlib-joblib1.5.0", {"--compress", "3"}},
        {"gzip-joblib1.5.0", "raw-joblib1.5.0", {"--compress=raw"}},
        {"raw-joblib1.5.0", "protocol2-joblib1.5.0", {"--protocol", "2"}},
        {"protocol5-joblib1.5.0", "raw-joblib1.5.0", {"--protocol", "4"}},
        {"raw-joblib1.5.0", "raw-joblib1.3.2", {"--like", "1.3.2/py3.13"}},
        {"raw-joblib1.3.2", "raw-joblib1.5.0", {"--like", "1.6.0"}},
        {"raw-joblib1.2.0", "raw-joblib1.2.0", {"--like", "1.2/py3.8"}},
        {"raw-joblib0.10.0", "raw-joblib0.10.0", {"--like", "0.10/py3.6"}},
        {"zlib-joblib1.3.2", "raw-joblib1.5.0", {"--compress=0", "--like=1.5/py3.12"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char from[80], to[80];
        snprintf(from, sizeof from, "valid/releases/%s", rows[i].from);
        snprintf(to, sizeof to, "valid/releases/%s", rows[i].to);
        const char *path = new_path();
        CHECK_RUN(RUN_COMMAND("convert", vector(from), path, rows[i].options[0],
                              rows[i].options[1]),
                  JOBLIB_COMMAND_DONE, "", "");
        check_vector(path, to);
        unlink(path);
    }
}

static void chooses_the_codec_by_the_name(void)
{
    const char *path = write_file("out.gz", "old", 3);
    CHECK_RUN(RUN_COMMAND("convert", vector("valid/releases/raw-joblib1.5.0"), path),
              JOBLIB_COMMAND_DONE, "", "");
    check_vector(path, "valid/releases/gzip-joblib1.5.0");
    CHECK_RUN(RUN_COMMAND("convert", vector("valid/releases/raw-joblib1.5.0"), path,
                          "--compress", "zlib:3"),
              JOBLIB_COMMAND_DONE, "", "");
    check_vector(path, "valid/releases/zlib-joblib1.5.0");
    unlink(path);
}

static void writes_to_standard_output(void)
{
    struct vector_bytes wanted =
        vector_read("valid/releases/zlib-joblib1.5.0", ".joblib");
    struct run run =
        RUN_COMMAND("convert", "--same", vector("valid/releases/zlib-joblib1.5.0"), "-");
    CHECK_EQ_SIZE(run.out.size, wanted.size);
    CHECK(run.out.size == wanted.size &&
          memcmp(run.out.data, wanted.data, wanted.size) == 0);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL,
              "same: zlib level 3, protocol 4, pickle.py of Python 3.13\n");
    free(wanted.data);
}

static void check_same(const char *name, const char *says)
{
    const char *path = new_path();
    CHECK_RUN(RUN_COMMAND("convert", "--same", vector(name), path), JOBLIB_COMMAND_DONE,
              "", says);
    check_vector(path, name);
    unlink(path);
}

static void writes_the_same_bytes(void)
{
    check_same("valid/releases/raw-joblib1.5.0",
               "same: raw, protocol 4, pickle.py of Python 3.13\n");
    check_same("valid/releases/raw-joblib0.10.0-py2.7",
               "same: raw, protocol 2, pickle.py of Python 2.7\n");
    if (joblib_codec_available(JOBLIB_CODEC_XZ))
        check_same("valid/releases/xz-joblib0.10.0",
                   "same: xz level 3 without a checksum, protocol 3, pickle.py of Python "
                   "3.13\n");
    check_same("valid/cpickle/list-1001-protocol5",
               "same: raw, protocol 5, the pickler in C of Python 3.13\n");
}

static void check_not_same(const char *name, const char *says)
{
    const char *path = new_path();
    struct run run = RUN_COMMAND("convert", "--same", vector(name), path);
    if (strstr(run.err.data, says) == NULL)
        test_fail(__FILE__, __LINE__, "\"%s\", expected \"%s\"", run.err.data, says);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, "", "joblib: ");
    check_file(path, "old", 3);
    unlink(path);
}

static void tells_where_no_settings_give_the_same(void)
{
    check_not_same("valid/pickle2/long-binput",
                   ": offset 3: JOBLIB_ERROR_DIFFERENT: no pickler of Python writes");
    if (joblib_codec_available(JOBLIB_CODEC_LZ4))
        check_not_same("valid/lz4/checksum",
                       ": file offset 4: JOBLIB_ERROR_DIFFERENT: the "
                       "same after decompression; no level of lz4");
    check_not_same("valid/zf/list-joblib0.9", ": file offset 0: JOBLIB_ERROR_DIFFERENT: "
                                              "the same after decompression; the format");
}

/* The old file stays; the message tells the first name that is refused. */
static void refuses_dangerous_names(void)
{
    const char *path = new_path();
    const char *list = WRITE("list", "# ours\nos:system\n\nposix.system\n");
    struct run run = RUN_COMMAND("convert", vector("valid/hostile/os-system"), path);
    CHECK(strstr(run.err.data, "os-system.joblib: JOBLIB_ERROR_FORBIDDEN: os.system is "
                               "not written unless it is allowed: ") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, "", "joblib: ");
    check_file(path, "old", 3);
    run = RUN_COMMAND("convert", vector("valid/hostile/posix-system"), path, "--allow",
                      list);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, "", "");
    run =
        RUN_COMMAND("convert", vector("valid/hostile/os-system"), path, "--allow", list);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, "", "");
    run =
        RUN_COMMAND("convert", vector("valid/hostile/os-system"), path, "--allow", "no");
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, "", "joblib: no: JOBLIB_ERROR_NOT_FOUND: ");
    unlink(path);
    unlink(list);
}

/* pickle.dumps() of CPython, protocol 2. */
static void finds_the_settings_of_no_dangerous_file(void)
{
    const char *in = WRITE("in", "\x80\x02"
                                 "cposix\nsystem\nq\0X\4\0\0\0trueq\1\x85q\2Rq\3.");
    const char *list = WRITE("list", "posix:system\n");
    struct run run = RUN_COMMAND("convert", "--same", in, "-");
    CHECK(strstr(run.err.data, "JOBLIB_ERROR_FORBIDDEN: posix.system ") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, "", "joblib: ");
    run = RUN_COMMAND("convert", "--same", in, "-", "--allow", list);
    CHECK_EQ_SIZE(run.out.size, 36);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "same: raw, protocol 2");
    unlink(in);
    unlink(list);
}

static void refuses_what_it_cannot_read_or_write(void)
{
    const char *path = new_path();
    CHECK_RUN(RUN_COMMAND("convert", "no", path), JOBLIB_COMMAND_REFUSED, "",
              "joblib: no: JOBLIB_ERROR_NOT_FOUND: ");
    CHECK_RUN(RUN_COMMAND("convert", "--same", "no", path), JOBLIB_COMMAND_REFUSED, "",
              "joblib: no: JOBLIB_ERROR_NOT_FOUND: ");
    check_file(path, "old", 3);
    unlink(path);
    CHECK_RUN(
        RUN_COMMAND("convert", vector("valid/releases/raw-joblib1.5.0"), "no folder/out"),
        JOBLIB_COMMAND_REFUSED, "", "joblib: no folder/out: JOBLIB_ERROR_NOT_FOUND: ");
}

static void writes_into_the_file_itself(void)
{
    const char *in = vector("valid/releases/raw-joblib1.5.0");
    CHECK_RUN(RUN_COMMAND("convert", in, "/dev/null", "--in-place"), JOBLIB_COMMAND_DONE,
              "", "");
    const char *path = new_path();
    CHECK_RUN(RUN_COMMAND("convert", in, path, "--in-place"), JOBLIB_COMMAND_DONE, "",
              "");
    CHECK_RUN(RUN_COMMAND("convert", path, path, "--in-place", "--compress=zlib"),
              JOBLIB_COMMAND_DONE, "", "");
    check_vector(path, "valid/releases/zlib-joblib1.5.0");
    unlink(path);
}

static void tells_wrong_usage(void)
{
    CHECK_RUN(RUN_COMMAND("convert", "x", "y", "--like", "1.6"), JOBLIB_COMMAND_REFUSED,
              "", "joblib: x: JOBLIB_ERROR_NOT_FOUND: ");
    CHECK_RUN(RUN_COMMAND("convert", "x", "y", "--like", "3.13"), JOBLIB_COMMAND_USAGE,
              "",
              "joblib: --like takes JOBLIB/pyX.Y, JOBLIB or pyX.Y; JOBLIB is 0.10 or "
              "newer, as 1.6.0, X.Y is 2.7 or 3.4 to 3.14: 3.13\n");
    CHECK_RUN(RUN_COMMAND("convert", "x", "y", "--compress", "zip"), JOBLIB_COMMAND_USAGE,
              "", "joblib: codec \"zip\": codecs are raw, zlib, ");
    CHECK_RUN(RUN_COMMAND("convert", "x", "y", "--compress=xz:0"), JOBLIB_COMMAND_USAGE,
              "", "joblib: level \"0\": the levels of xz are 1 to 9\n");
    CHECK_RUN(RUN_COMMAND("convert", "x", "y", "--protocol", "6"), JOBLIB_COMMAND_USAGE,
              "", "joblib: --protocol takes a number from 0 to 5: 6\n");
    CHECK_RUN(RUN_COMMAND("convert", "x", "y", "--same", "--fast"), JOBLIB_COMMAND_USAGE,
              "", "joblib: --same finds the settings, and takes no: fast\n");
    CHECK_RUN(RUN_COMMAND("convert", "x"), JOBLIB_COMMAND_USAGE, "",
              "joblib: a word is missing of: IN OUT\n");
}

/* Another codec, protocol 0, numpy 2's names, an array in another file, text of Python 2. */
static void makes_portable_files(void)
{
    static const char *const names[] = {"valid/zf/arrays-joblib0.9",
                                        "valid/text/float-edges",
                                        "valid/gzip/objects-joblib1.6",
                                        "valid/legacy/0-d-joblib0.9",
                                        "valid/python2/str-joblib0.11-py2.7"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *path = new_path();
        CHECK_RUN(RUN_COMMAND("convert", vector(names[i]), path, "--profile", "portable"),
                  JOBLIB_COMMAND_DONE, "", "");
        struct run run = RUN_COMMAND("check", "--profile", "portable", path);
        CHECK(strstr(run.out.data, ", portable of level ") != NULL);
        CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
        unlink(path);
    }
}

/* The file is the old one, and each place has a line. */
static void tells_all_that_stands_in_the_way(void)
{
    static const struct {
        const char *name, *lines[3];
    } rows[] = {
        {"valid/kinds/dates-25s-joblib1.6",
         {": dtypes: [0]: dtype <M8[25s]\n", ": dtypes: [2]: dtype <m8[25s]\n",
          ": JOBLIB_ERROR_UNSUPPORTED: 4 findings stand in the way of the profile\n"}},
        {"valid/python2/str-not-ascii-joblib0.11-py2.7",
         {": unicode: [0]: a str of Python 2 whose encoding nothing tells\n",
          ": unicode: [2]: ", ": JOBLIB_ERROR_UNSUPPORTED: "}},
        {"valid/hostile/os-system",
         {": names: offset ", ": os.system: no name of the profile\n",
          ": JOBLIB_ERROR_FORBIDDEN: os.system is not written unless it is allowed"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *path = new_path();
        struct run run =
            RUN_COMMAND("convert", vector(rows[i].name), path, "--profile", "portable");
        for (size_t k = 0; k < 3; k++) {
            if (strstr(run.err.data, rows[i].lines[k]) == NULL)
                test_fail(__FILE__, __LINE__, "no \"%s\" in %s", rows[i].lines[k],
                          run.err.data);
        }
        CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, "", "joblib: ");
        check_file(path, "old", 3);
        unlink(path);
    }
}

/* What the caller chose stays, and may stand in the way itself. */
static void keeps_the_codec_that_is_given(void)
{
    if (!joblib_codec_available(JOBLIB_CODEC_XZ)) return;
    const char *path = write_file("out.xz", "old", 3);
    struct run run = RUN_COMMAND("convert", vector("valid/ndarray/f-order-joblib1.6"),
                                 path, "--profile", "portable");
    CHECK(strstr(run.err.data, ": container: xz, where raw, zlib and gzip are read") !=
          NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_REFUSED, "", "joblib: ");
    CHECK_RUN(RUN_COMMAND("convert", vector("valid/ndarray/f-order-joblib1.6"), path,
                          "--profile", "portable", "--compress", "gzip"),
              JOBLIB_COMMAND_DONE, "", "");
    run = RUN_COMMAND("check", "--profile", "portable", path);
    CHECK(strstr(run.out.data, ": ok, gzip, ") != NULL);
    CHECK_RUN(run, JOBLIB_COMMAND_DONE, NULL, "");
    unlink(path);
}

static void a_profile_takes_no_other_versions(void)
{
    const char *in = vector("valid/releases/raw-joblib1.5.0");
    CHECK_RUN(RUN_COMMAND("convert", in, "out", "--profile", "portable", "--same"),
              JOBLIB_COMMAND_USAGE, "", "joblib: ");
    CHECK_RUN(RUN_COMMAND("convert", in, "out", "--profile=portable", "--like", "1.6.0"),
              JOBLIB_COMMAND_USAGE, "", "joblib: ");
    CHECK_RUN(RUN_COMMAND("convert", in, "out.json", "--profile", "portable"),
              JOBLIB_COMMAND_USAGE, "", "joblib: ");
    CHECK_RUN(RUN_COMMAND("convert", in, "out", "--profile", "other"),
              JOBLIB_COMMAND_USAGE, "", "joblib: ");
}

int main(void)
{
    RUN(writes_what_joblib_wrote);
    RUN(chooses_the_codec_by_the_name);
    RUN(writes_to_standard_output);
    RUN(writes_the_same_bytes);
    RUN(tells_where_no_settings_give_the_same);
    RUN(refuses_dangerous_names);
    RUN(finds_the_settings_of_no_dangerous_file);
    RUN(refuses_what_it_cannot_read_or_write);
    RUN(writes_into_the_file_itself);
    RUN(tells_wrong_usage);
    RUN(makes_portable_files);
    RUN(tells_all_that_stands_in_the_way);
    RUN(keeps_the_codec_that_is_given);
    RUN(a_profile_takes_no_other_versions);
    return test_finish();
}
