/* The incoming weights of one neuron: a row of unit variates u of the law, shifted and scaled.
 *
 *     iid           w_i = omega/n + sqrt(tau/n) u_i
 *     exact rows    w_i = omega/n + sqrt((tau - omega^2/n) / S) (u_i - m)
 *
 * with m the row's own mean and S its sum of squared deviations: then sum w = omega, and
 * sum w^2 = omega^2/n + (tau - omega^2/n) = tau. The second form takes m and S in double precision.
 *
 * A normal beyond two deviations is drawn again until it is within them. To keep every row a
 * function of its name, the second tries come in order from a stream of their own.
 */
#include "simulate/weights.h"

#include <math.h>

#include "simulate/statistics.h"

const char *sn_weight_law_name(sn_weight_law law)
{
    static const char *const names[] = {
#define SN_NAME(id, name, doc) [id] = name,
        SN_WEIGHT_LAW_LIST(SN_NAME)
#undef SN_NAME
    };
    return (unsigned)law < SN_WEIGHT_LAW_COUNT ? names[law] : NULL;
}

const char *sn_weight_law_doc(sn_weight_law law)
{
    static const char *const docs[] = {
#define SN_DOC(id, name, doc) [id] = doc,
        SN_WEIGHT_LAW_LIST(SN_DOC)
#undef SN_DOC
    };
    return (unsigned)law < SN_WEIGHT_LAW_COUNT ? docs[law] : NULL;
}

#define REAL        float
#define NAMED(name) name##_float
#include "simulate/weights.inc"
#undef REAL
#undef NAMED

#define REAL        double
#define NAMED(name) name##_double
#include "simulate/weights.inc"
#undef REAL
#undef NAMED
