/* bytes.h: numbers as bytes, the lowest first on every machine. */
#ifndef SELFNORM_STUDY_BYTES_H
#define SELFNORM_STUDY_BYTES_H

#include <stdint.h>
#include <string.h>

enum { SN_WORD = 8 };

static inline void sn_bytes_put(uint8_t *bytes, uint64_t number)
{
    for (int i = 0; i < SN_WORD; i++)
        bytes[i] = (uint8_t)(number >> 8 * i);
}

static inline uint64_t sn_bytes_get(const uint8_t *bytes)
{
    uint64_t number = 0;
    for (int i = 0; i < SN_WORD; i++)
        number |= (uint64_t)bytes[i] << 8 * i;
    return number;
}

static inline uint64_t sn_bytes_of_double(double value)
{
    uint64_t number;
    memcpy(&number, &value, sizeof number);
    return number;
}

static inline double sn_bytes_to_double(uint64_t number)
{
    double value;
    memcpy(&value, &number, sizeof value);
    return value;
}

#endif
