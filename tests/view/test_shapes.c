/* Objects with the name of a class that has a view, but not what the class writes. */
#include "joblib/view.h"
#include "support/models.h"
#include "support/test.h"
#include "support/viewed.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* What joblib_view_text() says; "" where it fails. */
static const struct {
    const char *notation, *text;
} texts[] = {
    {"fractions.Fraction(1, 3)", "1/3"},
    {"fractions.Fraction(2**70, 1)", "1180591620717411303424"},
    {"fractions.Fraction('1/3')", "1/3"},
    {"fractions.Fraction(1, 0)", ""},
    {"fractions.Fraction(1, -3)", ""},
    {"fractions.Fraction(1, -2**70)", ""},
    {"fractions.Fraction(1)", ""},
    {"fractions.Fraction(1, 2, 3)", ""},
    {"fractions.Fraction(1.5, 2)", ""},
    {"fractions.Fraction('')", ""},
    {"fractions.Fraction('-')", ""},
    {"fractions.Fraction('1/')", ""},
    {"fractions.Fraction('1/0')", ""},
    {"fractions.Fraction('/3')", ""},
    {"fractions.Fraction(' 1/3')", ""},
    {"fractions.Fraction('1/3x')", ""},
    {"decimal.Decimal('.5')", ""},
    {"decimal.Decimal('5.')", ""},
    {"decimal.Decimal('1E5')", ""},
    {"decimal.Decimal('')", ""},
    {"decimal.Decimal('-')", ""},
    {"decimal.Decimal('.')", ""},
    {"decimal.Decimal('1E')", ""},
    {"decimal.Decimal('1E+')", ""},
    {"decimal.Decimal('1.5.5')", ""},
    {"decimal.Decimal('s1')", ""},
    {"decimal.Decimal('Infinity1')", ""},
    {"decimal.Decimal('NaNx')", ""},
    {"decimal.Decimal(1)", ""},
    {"decimal.Decimal('1', '2')", ""},
    {"uuid.UUID(int=2**127)", "80000000-0000-0000-0000-000000000000"},
    {"uuid.UUID(int=2**128)", ""},
    {"uuid.UUID(int=-1)", ""},
    {"uuid.UUID(int=-2**100)", ""},
    {"uuid.UUID(int='5')", ""},
    {"uuid.UUID()", ""},
    {"pathlib.PosixPath()", "."},
    {"pathlib.PosixPath('a', 5)", ""},
    {"pathlib.PureWindowsPath('', 'a')", "a"},
    {"pathlib.PureWindowsPath('c:')", "c:"},
    {"datetime.timedelta(0, 86400, 0)", ""},
    {"datetime.timedelta(0, -1, 0)", ""},
    {"datetime.timedelta(0, 0, 1000000)", ""},
    {"datetime.timedelta(1000000000, 0, 0)", ""},
    {"datetime.timedelta(2**70, 0, 0)", ""},
    {"datetime.timedelta(1)", ""},
    {"datetime.timedelta(1.0, 2, 3)", ""},
    {"datetime.timezone(datetime.timedelta(0, 60, 0))", "UTC+00:01"},
    {"datetime.timezone(datetime.timedelta(1, 0, 0))", ""},
    {"datetime.timezone(datetime.timedelta(-1, 0, 0))", ""},
    {"datetime.timezone(5)", ""},
    {"datetime.timezone()", ""},
    {"datetime.timezone(datetime.timedelta(0, 0, 0), 5)", ""},
    {"datetime.timezone(datetime.timedelta(0, 0, 0), 'a', 'b')", ""},
    {"__builtin__.getattr(some.Class, 'inner')", "some.Class.inner"},
    {"builtins.getattr(builtins.getattr(some.Class, 'a'), 'b')", "some.Class.a.b"},
    {"builtins.getattr('x', 'upper')", ""},
    {"builtins.getattr(some.Class)", ""},
    {"builtins.getattr(some.Class, 5)", ""},
    {"builtins.getattr(some.Class, 'a', None)", ""},
    {"numpy.core._ufunc_reconstruct('numpy', 'add')", "numpy.add"},
    {"numpy.core._ufunc_reconstruct('numpy')", ""},
    {"numpy.core._ufunc_reconstruct(numpy.add, 'add')", ""},
    {"some.function", "some.function"},
    {"some.Thing(1)", ""},
    {"5", ""},
};

static void gives_text_or_says_why_not(void)
{
    for (size_t i = 0; i < COUNT(texts); i++) {
        joblib_error error = JOBLIB_ERROR_INIT;
        char text[128] = "";
        joblib_document *document = document_from(texts[i].notation);
        joblib_status status = joblib_view_text(joblib_document_root(document), text,
                                                sizeof text, NULL, &error);
        bool fails = texts[i].text[0] == '\0';
        if (status != (fails ? JOBLIB_ERROR_KIND : JOBLIB_OK))
            test_fail(__FILE__, __LINE__, "%s: %d %s", texts[i].notation, (int)status,
                      text);
        if (!fails) CHECK_EQ_TEXT(text, texts[i].text);
        CHECK((error.message[0] != '\0') == fails);
        joblib_document_release(document);
    }
}

/* Text of one character a byte, as Python reads the byte strings of Python 2. */
static const struct {
    const char *notation, *text;
} moments[] = {
    {"datetime.date('\x07\xc3\xa4\x01\x02')", "2020-01-02"},
    {"datetime.date('\x07\xc3\xa4\x02\x1d')", "2020-02-29"},
    {"datetime.date('\x07\xc3\xa3\x02\x1d')", ""}, /* no leap year */
    {"datetime.date('\x07\x6c\x02\x1d')", ""},     /* 1900 was none either */
    {"datetime.date('\x07\xc3\x90\x02\x1d')", "2000-02-29"},
    {"datetime.date('\x07\xc3\xa4\x0d\x02')", ""},     /* month 13 */
    {"datetime.date('\x07\xc3\xa4\x04\x1f')", ""},     /* 31 April */
    {"datetime.date('\x28\x10\x01\x01')", ""},         /* year 10256 */
    {"datetime.date('\x07\xc4\x80\x01\x02')", ""},     /* a character beyond a byte */
    {"datetime.date('\x07\xc3\xa4\x01')", ""},         /* too short */
    {"datetime.date('\x07\xc3\xa4\x01\x02\x03')", ""}, /* too long */
    {"datetime.date('\x07\xc3\xa4\x01\x02', None)", ""},
    {"datetime.date(2020, 1, 2)", ""},
    {"datetime.date()", ""},
    {"datetime.time('\x01\x02\x03\x01\x02\x03')", "01:02:03.066051"},
    {"datetime.time('\xc2\x81\x02\x03\x01\x02\x03')", "01:02:03.066051"},
    {"datetime.time('\x18\x02\x03\x01\x02\x03')", ""}, /* hour 24 */
    {"datetime.time('\x01<\x03\x01\x02\x03')", ""},    /* minute 60 */
    {"datetime.time('\x01\x02<\x01\x02\x03')", ""},    /* second 60 */
    {"datetime.time('\x01\x02\x03\x10\x02\x03')", ""}, /* more than a second */
    {"datetime.datetime('\x07\xc3\xa4\x01\x02\x01\x02\x03\x01\x02\x03', None)",
     "2020-01-02T01:02:03.066051"},
    {"datetime.datetime('\x07\xc3\xa4\x01\x02\x01\x02\x03\x01\x02\x03', pytz._UTC())",
     "2020-01-02T01:02:03.066051"},
    {"datetime.datetime('\x07\xc3\xa4\x01\x02\x01\x02\x03\x01\x02\x03', None, 5)", ""},
    {"datetime.datetime('\x07\xc3\xa4\x01\x02\x01\x02\x03\x01\x02')", ""},
    {"datetime.datetime('\x07\xc3\xa4\x01\x02\x01\x02\x03\x01\x02\x03', "
     "datetime.timezone(5))",
     ""},
};

static void reads_moments_within_their_ranges(void)
{
    for (size_t i = 0; i < COUNT(moments); i++) {
        char text[64] = "";
        joblib_document *document = document_from(moments[i].notation);
        const joblib_value *root = joblib_document_root(document);
        joblib_status status = joblib_view_text(root, text, sizeof text, NULL, NULL);
        bool fails = moments[i].text[0] == '\0';
        if (status != (fails ? JOBLIB_ERROR_KIND : JOBLIB_OK))
            test_fail(__FILE__, __LINE__, "row %zu: %d %s", i, (int)status, text);
        if (!fails) CHECK_EQ_TEXT(text, moments[i].text);
        joblib_document_release(document);
    }
}

#define KEY "u4[624]{7}"

static const struct {
    const char *notation;
    size_t views;
} shapes[] = {
    {"builtins.slice(1, None, 'x')", 1},
    {"builtins.slice(1, 2)", 0},
    {"builtins.range(1, 2, 3)", 1},
    {"builtins.range(1, 2, 0)", 0},
    {"builtins.range(1, 2, 2**70)", 1},
    {"builtins.range(1, 2.0, 1)", 0},
    {"builtins.range(5)", 0},
    {"some.function", 1},
    {"functools.partial(some.function)", 0},
    {"numpy.random.__RandomState_ctor(a=5)", 0},
    {"numpy.random._pickle.__randomstate_ctor('MT19937', bit_generator='MT19937', "
     "state={'key': " KEY ", 'pos': 624})",
     1},
    {"numpy.random._pickle.__randomstate_ctor('MT19937', bit_generator='MT19937', "
     "state={'key': " KEY ", 'pos': 625})",
     0},
    {"numpy.random._pickle.__randomstate_ctor('MT19937', bit_generator='MT19937', "
     "state={'key': " KEY ", 'pos': -1})",
     0},
    {"numpy.random._pickle.__randomstate_ctor('MT19937', bit_generator='MT19937', "
     "state={'key': u4[623]{7}, 'pos': 1})",
     0},
    {"numpy.random._pickle.__randomstate_ctor('MT19937', bit_generator='MT19937', "
     "state={'key': i4[624]{7}, 'pos': 1})",
     0},
    {"numpy.random._pickle.__randomstate_ctor('MT19937', bit_generator='MT19937', "
     "state={'key': 5, 'pos': 1})",
     0},
    {"numpy.random._pickle.__generator_ctor('PCG64', bit_generator='PCG64', state={})",
     1},
    {"numpy.random._pickle.__generator_ctor('PCG64', bit_generator=5, state={})", 0},
    {"numpy.random._pickle.__generator_ctor('PCG64', bit_generator='PCG64')", 0},
    {"numpy.random._pickle.__generator_ctor(numpy.random._pickle.__bit_generator_ctor("
     "numpy.random._pcg64.PCG64, bit_generator='PCG64', state={}))",
     1},
    {"numpy.random._pickle.__generator_ctor(numpy.random._pickle.__generator_ctor("
     "'PCG64', bit_generator='PCG64', state={}))",
     0},
    {"numpy.random._pickle.__generator_ctor()", 0},
    {"copyreg._reconstructor(collections.OrderedDict, builtins.dict, {'a': 1})", 1},
    {"copyreg._reconstructor(5, builtins.dict, {'a': 1})", 0},
    {"[1, 2]", 0},
};

static void takes_the_shapes_that_releases_write(void)
{
    bool sound = true;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        joblib_document *document = document_from(shapes[i].notation);
        size_t views = viewed_count(joblib_document_root(document), &sound);
        if (views != shapes[i].views)
            test_fail(__FILE__, __LINE__, "%s: %zu", shapes[i].notation, views);
        joblib_document_release(document);
    }
    CHECK_EQ_SIZE(viewed_count(NULL, &sound), 0);
    CHECK(sound);
}

static void counts_text_without_a_buffer(void)
{
    size_t size = 0;
    joblib_document *document = document_from("fractions.Fraction(2**70, 3)");
    const joblib_value *root = joblib_document_root(document);
    CHECK_EQ_INT(joblib_view_text(root, NULL, 0, &size, NULL), JOBLIB_ERROR_RANGE);
    CHECK_EQ_SIZE(size, strlen("1180591620717411303424/3"));
    CHECK_EQ_INT(joblib_view_text(root, NULL, 5, &size, NULL), JOBLIB_ERROR_ARGUMENT);
    CHECK_EQ_INT(joblib_view_fraction(root, NULL, NULL, NULL), JOBLIB_ERROR_ARGUMENT);
    joblib_document_release(document);
}

int main(void)
{
    RUN(gives_text_or_says_why_not);
    RUN(reads_moments_within_their_ranges);
    RUN(takes_the_shapes_that_releases_write);
    RUN(counts_text_without_a_buffer);
    return test_finish();
}
