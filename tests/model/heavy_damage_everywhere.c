/* Some inference vectors with every byte changed, one at a time. */
#include "support/damage.h"
#include "support/test.h"
#include "support/vectors.h"

#define VECTOR_STRIDE 4

static struct damage damage = {.samples = SIZE_MAX};
static size_t vector_number;

static void damage_one(const char *name)
{
    if (vector_number++ % VECTOR_STRIDE == 0) damage_vector(name, &damage);
}

static void survives_models_with_any_byte_changed(void)
{
    CHECK(vector_each("inference/", damage_one) > 500);
    CHECK_EQ_SIZE(damage.failures, 0);
    CHECK(damage.loaded > 10000);
    CHECK(damage.built > 5000 && damage.predicted > 5000);
}

int main(void)
{
    RUN(survives_models_with_any_byte_changed);
    return test_finish();
}
