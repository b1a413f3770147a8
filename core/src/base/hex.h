/**
 * Hexadecimal digits, without the locale.
 */
#ifndef JOBLIB_BASE_HEX_H
#define JOBLIB_BASE_HEX_H

/** The value of a digit of either case; -1 for any other byte. */
static inline int joblib_base__hex_digit(unsigned char byte)
{
    if (byte >= '0' && byte <= '9') return byte - '0';
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
    return -1;
}

#endif
