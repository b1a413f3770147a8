#include "base/hash.h"

#include <string.h>

#include "base/endian.h"

struct sip_state {
    uint64_t a, b, c, d;
};

static inline uint64_t rotate_left(uint64_t word, int bits)
{
    return word << bits | word >> (64 - bits);
}

static inline void mix_sip(struct sip_state *s)
{
    s->a += s->b;
    s->c += s->d;
    s->b = rotate_left(s->b, 13) ^ s->a;
    s->d = rotate_left(s->d, 16) ^ s->c;
    s->a = rotate_left(s->a, 32) + s->d;
    s->c += s->b;
    s->d = rotate_left(s->d, 21) ^ s->a;
    s->b = rotate_left(s->b, 17) ^ s->c;
    s->c = rotate_left(s->c, 32);
}

static inline void absorb_word(struct sip_state *s, uint64_t word)
{
    s->d ^= word;
    mix_sip(s);
    s->a ^= word;
}

/* The last word: up to seven bytes, and the size in its top byte. */
static inline uint64_t last_word(const uint8_t *bytes, size_t size)
{
    uint64_t word = (uint64_t)size << 56;
    size_t rest = size & 7;
    if (rest > 0 && size >= 8) /* the last eight bytes, less those of the word before */
        return word | joblib_base__read_le64(bytes + size - 8) >> 8 * (8 - rest);
    for (size_t i = 0; i < rest; i++) word |= (uint64_t)bytes[size - rest + i] << 8 * i;
    return word;
}

uint64_t joblib_base__hash(joblib_base__hash_key key, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    struct sip_state s = {
        key.low ^ UINT64_C(0x736f6d6570736575),
        key.high ^ UINT64_C(0x646f72616e646f6d),
        key.low ^ UINT64_C(0x6c7967656e657261),
        key.high ^ UINT64_C(0x7465646279746573),
    };
    for (size_t i = 0; i + 8 <= size; i += 8)
        absorb_word(&s, joblib_base__read_le64(bytes + i));
    absorb_word(&s, last_word(bytes, size));
    s.c ^= 0xff;
    for (int i = 0; i < 3; i++) mix_sip(&s);
    return s.a ^ s.b ^ s.c ^ s.d;
}
