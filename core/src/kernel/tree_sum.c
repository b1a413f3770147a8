#include <string.h>

#include "kernel/tree.h"

/* numpy adds up to so many numbers in eight sums, and halves what is longer. */
#define BLOCK_NUMBERS ((size_t)128)
#define MOST_HALVINGS 64

static double double_at(const unsigned char *numbers, size_t index)
{
    double number;
    memcpy(&number, numbers + index * sizeof number, sizeof number);
    return number;
}

static double sum_in_sequence(const unsigned char *numbers, size_t count, double sum)
{
    for (size_t i = 0; i < count; i++) sum += double_at(numbers, i);
    return sum;
}

static double sum_block(const unsigned char *numbers, size_t count)
{
    double sums[8];
    size_t whole = count - count % 8;
    if (whole == 0) return sum_in_sequence(numbers, count, 0);
    for (size_t k = 0; k < 8; k++) sums[k] = double_at(numbers, k);
    for (size_t i = 8; i < whole; i++) sums[i % 8] += double_at(numbers, i);
    double sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) +
                 ((sums[4] + sums[5]) + (sums[6] + sums[7]));
    return sum_in_sequence(numbers + whole * sizeof(double), count - whole, sum);
}

/* A range whose left half is being added, or was. */
typedef struct half_sum {
    size_t right; /* numbers of the right half; 0 when that is being added */
    double left;
} half_sum;

/* The sum as numpy makes it along the last axis: rounding depends on the order. */
static double sum_as_numpy(const unsigned char *numbers, size_t count)
{
    half_sum halves[MOST_HALVINGS];
    size_t depth = 0;
    for (;;) {
        for (; count > BLOCK_NUMBERS; depth++) {
            size_t left = count / 2 - count / 2 % 8;
            halves[depth] = (half_sum){count - left, 0};
            count = left;
        }
        double sum = sum_block(numbers, count);
        numbers += count * sizeof sum;
        for (; depth > 0 && halves[depth - 1].right == 0; depth--)
            sum = halves[depth - 1].left + sum;
        if (depth == 0) return sum;
        count = halves[depth - 1].right;
        halves[depth - 1] = (half_sum){0, sum};
    }
}

static void add_normalised(const unsigned char *numbers, size_t count, double *sums)
{
    double total = sum_as_numpy(numbers, count);
    if (total == 0) total = 1;
    for (size_t k = 0; k < count; k++) sums[k] += double_at(numbers, k) / total;
}

static void add_plain(const unsigned char *numbers, size_t count, double *sums)
{
    for (size_t k = 0; k < count; k++) sums[k] += double_at(numbers, k);
}

void joblib_kernel__add_leaves(const joblib_kernel__tree *tree, const uint32_t *leaves,
                               size_t rows, joblib_kernel__tree_slice slice,
                               bool normalise, double *sums)
{
    const unsigned char *first = tree->values + slice.first * sizeof(double);
    size_t size = tree->value_count * sizeof(double);
    for (size_t i = 0; i < rows; i++, sums += slice.count) {
        if (normalise)
            add_normalised(first + leaves[i] * size, slice.count, sums);
        else
            add_plain(first + leaves[i] * size, slice.count, sums);
    }
}

#undef BLOCK_NUMBERS
#undef MOST_HALVINGS
