/* gain_study.h: everything there is to say about one activation's gain: its moments with a proved or
 * estimated error, what becomes of signals and gradients in a deep net of it, and the sentence that
 * sums it up.
 */
#ifndef SELFNORM_STUDY_GAIN_STUDY_H
#define SELFNORM_STUDY_GAIN_STUDY_H

#include "certify/exact_gain.h"
#include "report/result.h"
#include "study/gain_subject.h"
#include "study/study.h"
#include "theory/constants.h"
#include "theory/correlation.h"
#include "theory/critical.h"
#include "theory/field.h"
#include "theory/gain.h"
#include "theory/residual.h"

/* How the weights were asked for: by tau itself, or as the square of a gain by one of the two
 * conventions, measured at N(x, y). */
typedef enum sn_weights_by {
    SN_BY_SECOND_MOMENT,
    SN_BY_VARIANCE,
    SN_BY_TAU,
} sn_weights_by;

typedef struct sn_gain_spec {
    const sn_subject *subject;
    double x, y; /* mean and VARIANCE of the pre-activation */
    sn_map_kind map;
    sn_weights_by by;
    double tau; /* by tau */
    double bias_variance;
    size_t depth;
    double correlation;   /* where C is wanted; NAN: nowhere */
    double beta;          /* of residual blocks; NAN: none */
    size_t reset;         /* NFNet: blocks from one transition to the next; 0: none */
    bool critical;        /* the critical line is wanted too */
    bool moments_only;    /* no net around it */
    double alpha_dropout; /* rate, of selu, whose a and b are wanted; NAN: they are not */
    const char *command;  /* for snippets and results */
} sn_gain_spec;

/* The six numbers of exact_gain.h in its order. */
extern const char *const sn_gain_number_names[SN_GAIN_NUMBERS];

/* The critical line as a short table, from q = 1e-3 to 1e3, and where it meets the variance of the
 * biases asked for: the tau that is critical with these. */
enum { SN_GAIN_LINE = 13, SN_GAIN_MEETINGS = 8 };
typedef struct sn_gain_line {
    sn_critical_kind kind;
    sn_critical_point points[SN_GAIN_LINE]; /* of bias_variance < 0, too: no such nets */
    size_t n_meetings;
    sn_critical_point meetings[SN_GAIN_MEETINGS];
} sn_gain_line;

SN_NODISCARD sn_status sn_gain_line_make(const sn_field *field, sn_gain_line *out, sn_error *err);

typedef struct sn_gain_study {
    sn_gain_spec spec;
    sn_gain gain;
    double number[SN_GAIN_NUMBERS];
    bool enclosed; /* every number is proved to lie in the enclosure, and is its middle */
    sn_gain_enclosure enclosure;
    double error[SN_GAIN_NUMBERS]; /* relative, proved if enclosed; of the mean to the root of the
                                      second moment */
    sn_field field;                /* with tau as resolved */
    double chi1;                   /* tau E f'(z)^2 at N(x, y) */
    sn_field_points points;        /* count 0 and growth NAN where moments_only */
    sn_correlation at_correlation; /* where it was wanted */
    sn_gain_line line;             /* where it was wanted */
    double *layers;                /* variance by layer, depth + 1 */
    size_t n_layers;               /* layers before it died or exploded, at most depth */
    double gradient_log10;         /* growth of the squared gradient back through those */
    /* Residual blocks, plain and NFNet's, each of depth or fewer blocks. */
    sn_residual_block *plain, *nfnet;
    size_t n_plain, n_nfnet;
    sn_alpha_dropout affine;            /* where it was wanted */
    char forwards[320], backwards[320]; /* the verdict, a sentence each without a stop */
} sn_gain_study;

/* Computes all of it. *out is the caller's to free in every case. Statuses of theory/gain.h,
 * theory/field.h; SN_EDOMAIN also for a correlation or residual blocks under a law that is not
 * normal. SN_EINVAL: alpha dropout of another activation than selu. SN_ENOMEM. */
SN_NODISCARD sn_status sn_gain_study_run(const sn_gain_spec *spec, sn_gain_study *out,
                                         sn_error *err);
void sn_gain_study_free(sn_gain_study *study);

/* Writes the verdict into forwards and backwards; what sn_gain_study_run does last. */
void sn_gain_verdict(sn_gain_study *study);

/* Adds all of it to a result. */
void sn_gain_add_result(const sn_gain_study *study, sn_result *result);

/* A picture of the gain command; see sn_gain_pictures. */
#define SN_GAIN_PICTURE_LIST(X)                                                                    \
    X(SN_GAIN_ACTIVATION, "activation", "f, its slope, and the law of the pre-activation")         \
    X(SN_GAIN_CORRELATION, "correlation", "the correlation map R(c) and its fixed points")         \
    X(SN_GAIN_PHASE, "phase", "phase diagram over tau and the variance of the biases")             \
    X(SN_GAIN_GROWTH, "growth", "variance and gradient through residual blocks")                   \
    X(SN_GAIN_SOLUTIONS, "solutions", "where a design's targets have solutions")

typedef enum sn_gain_picture {
#define SN_GAIN_PICTURE_ENUM(id, name, doc) id,
    SN_GAIN_PICTURE_LIST(SN_GAIN_PICTURE_ENUM)
#undef SN_GAIN_PICTURE_ENUM
        SN_GAIN_PICTURE_COUNT
} sn_gain_picture;

const char *sn_gain_picture_name(size_t index); /* NULL past the last */
const char *sn_gain_picture_doc(size_t index);  /* NULL past the last */

#endif
