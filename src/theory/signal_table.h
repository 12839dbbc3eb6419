/* signal_table.h: S(q) and E f'(z)^2 of a field, tabulated over q, for those who need them millions
 * of times. Not installed. */
#ifndef SELFNORM_THEORY_SIGNAL_TABLE_H
#define SELFNORM_THEORY_SIGNAL_TABLE_H

#include "theory/field.h"

enum { SN_SIGNAL_TERMS = 16 };

/* Polynomials in t = (q - centre) / half from -1 to 1, and S and S' at the ends. S' is monotone, or
 * S straight to rounding. */
typedef struct sn_signal_piece {
    double from, to;
    double centre, half;
    double power[SN_SIGNAL_TERMS], gradient[SN_SIGNAL_TERMS];
    double power_from, power_to, rise_from, rise_to;
} sn_signal_piece;

/* Ascending, without gaps. Pieces below `one` are below q = 1. An end that is not whole is where
 * moments could no longer be had, or S and E f'^2 are too rough to be tabulated. */
typedef struct sn_signal_table {
    size_t count, one, room;
    sn_signal_piece *pieces;
    double power_at_zero;          /* S(0) */
    bool whole_below, whole_above; /* reaches 2^-120, about 1e-36, and 2^120 */
} sn_signal_table;

/* Relative errors of S and E f'^2 are about 1e-12, or four times those of the moments. *table is
 * empty after a failure. SN_ENOCONV: there is no octave of it around q = 1; SN_EDOMAIN: the neuron
 * map; SN_ENOMEM; else as sn_law_moments. */
SN_NODISCARD sn_status sn_signal_table_make(const sn_field *field, sn_signal_table *table,
                                            sn_error *err);

void sn_signal_table_free(sn_signal_table *table);

/* S and S' on a piece. */
static inline double sn_signal_power(const sn_signal_piece *p, double q, double *rise)
{
    const double t = (q - p->centre) / p->half;
    double value = p->power[SN_SIGNAL_TERMS - 1], slope = 0;
    for (int k = SN_SIGNAL_TERMS - 2; k >= 0; k--) {
        slope = slope * t + value;
        value = value * t + p->power[k];
    }
    *rise = slope / p->half;
    return value;
}

static inline double sn_signal_gradient(const sn_signal_piece *p, double q)
{
    const double t = (q - p->centre) / p->half;
    double value = p->gradient[SN_SIGNAL_TERMS - 1];
    for (int k = SN_SIGNAL_TERMS - 2; k >= 0; k--)
        value = value * t + p->gradient[k];
    return value;
}

#endif
