/* Every inference vector with some of its bytes changed, one at a time. */
#include "support/damage.h"
#include "support/test.h"
#include "support/vectors.h"

static struct damage damage = {.samples = 32};

static void damage_one(const char *name)
{
    damage_vector(name, &damage);
}

static void survives_models_with_changed_bytes(void)
{
    CHECK(vector_each("inference/", damage_one) > 500);
    CHECK_EQ_SIZE(damage.failures, 0);
    CHECK(damage.loaded > 10000);
    CHECK(damage.built > 5000 && damage.predicted > 5000);
    printf("    loaded %zu, built %zu, predicted %zu\n", damage.loaded, damage.built,
           damage.predicted);
}

int main(void)
{
    RUN(survives_models_with_changed_bytes);
    return test_finish();
}
