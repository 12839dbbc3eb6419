/* The claims of the paper, and the words of claims.
 *
 * Klambauer, Unterthiner, Mayr, Hochreiter, Self-Normalizing Neural Networks (2017): Theorem 1 with
 * its bound of the singular values by a grid and the image of the domain, Theorems 2 and 3; the
 * extremes beside them are what the authors' Mathematica sheet prints. A printed value v of d
 * decimals is claimed as v - 5e-(d+1) < quantity < v + 5e-(d+1). */
#include <stddef.h>
#include <string.h>

#include "certify/claim.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])
#define ABOVE(q, number, ...)                                                                      \
    {                                                                                              \
        .kind = SN_ASSERT_BOUND, .quantity = (q), .above = (number), __VA_ARGS__                   \
    }
#define BELOW(q, number, ...)                                                                      \
    {                                                                                              \
        .kind = SN_ASSERT_BOUND, .quantity = (q), .below = (number), __VA_ARGS__                   \
    }
#define BETWEEN(q, low, high, ...)                                                                 \
    {                                                                                              \
        .kind = SN_ASSERT_BOUND, .quantity = (q), .above = (low), .below = (high), __VA_ARGS__     \
    }

static const sn_assertion theorem1[] = {
    BELOW(SN_Q_SPECTRAL_NORM, "1", .paper = "0.9912524171"),
    BELOW(SN_Q_SPECTRAL_NORM, "0.9", .paper = "0.897608"),
    ABOVE(SN_Q_MU_NEXT, "-0.1", .paper = "-0.03106"),
    BELOW(SN_Q_MU_NEXT, "0.1", .paper = "0.06773"),
    ABOVE(SN_Q_NU_NEXT, "0.8", .paper = "0.80009"),
    BELOW(SN_Q_NU_NEXT, "1.5", .paper = "1.48617"),
    {.kind = SN_ASSERT_ATTRACTING},
};

static const sn_assertion image[] = {
    ABOVE(SN_Q_MU_NEXT, "-0.1", .paper = "-0.0310605"),
    BELOW(SN_Q_MU_NEXT, "0.1", .paper = "0.0677251"),
    ABOVE(SN_Q_NU_NEXT, "0.8", .paper = "0.803712"),
    BELOW(SN_Q_NU_NEXT, "1.5", .paper = "1.48157"),
    {.kind = SN_ASSERT_INTO_ITSELF},
};

static const sn_assertion theorem2[] = {
    BELOW(SN_Q_NU_CHANGE, "0", .paper = "-0.119744"),
};

static const sn_assertion theorem3a[] = {
    ABOVE(SN_Q_NU_CHANGE, "0", .paper = "0.00773618"),
};

static const sn_assertion theorem3b[] = {
    ABOVE(SN_Q_NU_CHANGE, "0", .paper = "0.0110293"),
};

static const sn_assertion derivatives[] = {
    BETWEEN(SN_Q_DMU_DMU, "-0.0000005", "0.0000005", .paper = "0"),
    BETWEEN(SN_Q_DMU_DNU, "0.08883475", "0.08883485", .paper = "0.0888348"),
    BETWEEN(SN_Q_DNU_DMU, "-0.0000005", "0.0000005", .paper = "0"),
    BETWEEN(SN_Q_DNU_DNU, "0.7826475", "0.7826485", .paper = "0.782648"),
    BETWEEN(SN_Q_SPECTRAL_NORM, "0.7876725", "0.7876735", .paper = "0.787673"),
};

#define SELU      .map = SN_MAP_NEURON, .activation = &sn_activation_selu
#define ALL(list) .n_assertions = COUNT(list), .assertions = (list)

extern const sn_activation_type sn_activation_selu;

static const sn_claim claims[] = {
    {.name = "theorem1",
     .description = "Omega is contracted into itself, to one fixed point for each omega, tau",
     SELU,
     .box = {{"-0.1", "0.1"}, {"0.8", "1.5"}, {"-0.1", "0.1"}, {"0.95", "1.1"}},
     ALL(theorem1)},
    {.name = "image",
     .description = "the image of Omega under the layer map, within Omega",
     SELU,
     .box = {{"-0.1", "0.1"}, {"0.8", "1.5"}, {"-0.1", "0.1"}, {"0.95", "1.1"}},
     ALL(image)},
    {.name = "theorem2",
     .description = "a large variance shrinks",
     SELU,
     .box = {{"-1", "1"}, {"3", "16"}, {"-0.1", "0.1"}, {"0.8", "1.25"}},
     ALL(theorem2)},
    {.name = "theorem3a",
     .description = "a small variance grows, tau from 0.8",
     SELU,
     .box = {{"-0.1", "0.1"}, {"0.02", "0.16"}, {"-0.1", "0.1"}, {"0.8", "1.25"}},
     ALL(theorem3a)},
    {.name = "theorem3b",
     .description = "a small variance grows, tau from 0.9",
     SELU,
     .box = {{"-0.1", "0.1"}, {"0.02", "0.24"}, {"-0.1", "0.1"}, {"0.9", "1.25"}},
     ALL(theorem3b)},
    {.name = "jacobian",
     .description = "the derivatives at the fixed point (0, 1), omega = 0, tau = 1",
     SELU,
     .box = {{"0", "0"}, {"1", "1"}, {"0", "0"}, {"1", "1"}},
     ALL(derivatives)},
};

const sn_claim *sn_claim_at(size_t index)
{
    return index < COUNT(claims) ? &claims[index] : NULL;
}

const sn_claim *sn_claim_find(const char *name)
{
    for (size_t i = 0; i < COUNT(claims); i++)
        if (strcmp(claims[i].name, name) == 0)
            return &claims[i];
    return NULL;
}

#define NAME(id, name, ...) name,
#define DOC(id, name, doc)  doc,

const char *sn_quantity_name(sn_quantity quantity)
{
    static const char *const names[] = {SN_QUANTITY_LIST(NAME)};
    return (unsigned)quantity < COUNT(names) ? names[quantity] : NULL;
}

const char *sn_quantity_doc(sn_quantity quantity)
{
    static const char *const docs[] = {SN_QUANTITY_LIST(DOC)};
    return (unsigned)quantity < COUNT(docs) ? docs[quantity] : NULL;
}

const char *sn_assertion_name(sn_assertion_kind kind)
{
    static const char *const names[] = {SN_ASSERTION_LIST(NAME)};
    return (unsigned)kind < COUNT(names) ? names[kind] : NULL;
}

const char *sn_assertion_doc(sn_assertion_kind kind)
{
    static const char *const docs[] = {SN_ASSERTION_LIST(DOC)};
    return (unsigned)kind < COUNT(docs) ? docs[kind] : NULL;
}

const char *sn_verdict_text(sn_verdict verdict)
{
    static const char *const texts[] = {SN_VERDICT_LIST(NAME)};
    return (unsigned)verdict < COUNT(texts) ? texts[verdict] : "unknown";
}

const char *sn_print_text(sn_print print)
{
    static const char *const texts[] = {SN_PRINT_LIST(NAME)};
    return (unsigned)print < COUNT(texts) ? texts[print] : "unknown";
}
