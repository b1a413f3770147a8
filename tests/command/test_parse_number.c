/* Numbers of options; those of tables are tested with what reads them. */
#include "command/parse_number.h"
#include "support/test.h"

static void reads_counts(void)
{
    uint64_t value = 7;
    CHECK(joblib_command__parse_count("0", &value) && value == 0);
    CHECK(joblib_command__parse_count("18446744073709551615", &value));
    CHECK(value == UINT64_MAX);
    CHECK(!joblib_command__parse_count("18446744073709551616", &value));
    CHECK(!joblib_command__parse_count("", &value));
    CHECK(!joblib_command__parse_count("-1", &value));
    CHECK(!joblib_command__parse_count("1x", &value));
}

int main(void)
{
    RUN(reads_counts);
    return test_finish();
}
