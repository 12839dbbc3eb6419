/* trust.h: how a number was come by, carried beside it wherever it goes. */
#ifndef SELFNORM_BASE_TRUST_H
#define SELFNORM_BASE_TRUST_H

#include "status.h"

SN_BEGIN_DECLS

/* Only an enclosure may be called proved. */
#define SN_TRUST_LIST(X)                                                                           \
    X(SN_CLOSED_FORM, "closed form")                                                               \
    X(SN_QUADRATURE, "quadrature")                                                                 \
    X(SN_ADAPTIVE, "adaptive quadrature")                                                          \
    X(SN_MONTE_CARLO, "Monte Carlo")                                                               \
    X(SN_ENCLOSURE, "enclosure")

typedef enum sn_trust {
#define SN_TRUST_ENUM(name, text) name,
    SN_TRUST_LIST(SN_TRUST_ENUM)
#undef SN_TRUST_ENUM
} sn_trust;

/* The words of the list above; "unknown" for a value that is none. Never NULL. */
const char *sn_trust_text(sn_trust trust);

SN_END_DECLS

#endif
