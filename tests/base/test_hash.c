/* SipHash-1-3 of texts of all sizes around a word, as CPython hashes bytes. */
#include "base/hash.h"

#include "support/test.h"

/* hash(bytes(range(1, size + 1))) of CPython 3.13 with PYTHONHASHSEED=0: its key is 0. CPython
   makes the hash of no bytes 0, so the first row stands for size 1. */
static const uint64_t hashes[] = {
    0x44bc103b1f8540ed, 0x1d6b299344bab347, 0x60ec29c17db287a3, 0xe7b1a066360ba9d4,
    0xde682ee70fbebc3f, 0x12bad75bbd13f182, 0xb1cd85cc334196fa, 0x884ccc87cb0e5fb0,
    0x27ed508fe95acb3,  0xcb7e0c6c167ecd44, 0x170597e73eb4d0e9, 0xb6258cdf4b014d08,
    0x7d687c47a4c316a7, 0x7376b86f4e098b22, 0x75e46d4257851550, 0xe05d12a0a4b2d063,
    0x85e152444239b234,
};

static void hashes_as_python_does(void)
{
    unsigned char bytes[sizeof hashes / sizeof *hashes];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (unsigned char)(i + 1);
    for (size_t size = 1; size <= sizeof bytes; size++) {
        joblib_base__hash_key key = {0, 0};
        CHECK(joblib_base__hash(key, bytes, size) == hashes[size - 1]);
    }
}

static void gives_other_hashes_for_another_key(void)
{
    joblib_base__hash_key one = {1, 0}, other = {0, 1};
    CHECK(joblib_base__hash(one, "text", 4) != joblib_base__hash(other, "text", 4));
}

int main(void)
{
    RUN(hashes_as_python_does);
    RUN(gives_other_hashes_for_another_key);
    return test_finish();
}
