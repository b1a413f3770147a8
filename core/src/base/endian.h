/**
 * Numbers in a fixed byte order, from memory of any alignment.
 */
#ifndef JOBLIB_BASE_ENDIAN_H
#define JOBLIB_BASE_ENDIAN_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline bool joblib_base__is_little_endian(void)
{
    const uint16_t one = 1;
    uint8_t first;
    memcpy(&first, &one, 1);
    return first == 1;
}

static inline uint16_t joblib_base__read_le16(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] | (unsigned)bytes[1] << 8);
}

static inline uint32_t joblib_base__read_le32(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

static inline uint64_t joblib_base__read_le64(const uint8_t *bytes)
{
    return (uint64_t)joblib_base__read_le32(bytes) |
           (uint64_t)joblib_base__read_le32(bytes + 4) << 32;
}

static inline uint64_t joblib_base__read_be64(const uint8_t *bytes)
{
    uint64_t number = 0;
    for (int i = 0; i < 8; i++) number = number << 8 | bytes[i];
    return number;
}

static inline void joblib_base__write_le32(uint8_t *out, uint32_t number)
{
    for (int i = 0; i < 4; i++) out[i] = (uint8_t)(number >> 8 * i);
}

static inline void joblib_base__write_le64(uint8_t *out, uint64_t number)
{
    for (int i = 0; i < 8; i++) out[i] = (uint8_t)(number >> 8 * i);
}

static inline void joblib_base__write_be64(uint8_t *out, uint64_t number)
{
    for (int i = 0; i < 8; i++) out[i] = (uint8_t)(number >> (56 - 8 * i));
}

static inline uint64_t joblib_base__double_to_bits(double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

static inline double joblib_base__bits_to_double(uint64_t bits)
{
    double number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

#endif
