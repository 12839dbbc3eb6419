/* chance.h: events of a given probability, from uniform numbers. Not installed. */
#ifndef SELFNORM_SIMULATE_CHANCE_H
#define SELFNORM_SIMULATE_CHANCE_H

/* One of sn_stream_uniforms_double, which lie between -sqrt(3) and sqrt(3), moved to 0 to 1: it is
 * below p with probability p, to 2^-52. */
static inline double sn_chance(double uniform)
{
    return uniform * 0.28867513459481288225 + 0.5; /* 1 / sqrt(12) */
}

#endif
