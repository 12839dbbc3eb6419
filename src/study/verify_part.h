/* verify_part.h: one claim of a verify study, and what was found of it. */
#ifndef SELFNORM_STUDY_VERIFY_PART_H
#define SELFNORM_STUDY_VERIFY_PART_H

#include "certify/claim.h"
#include "study/parts.h"

/* How far a side could be stretched: as decimals, the ends that were proved, refuted or neither. */
typedef enum sn_stretch_end {
    SN_STRETCH_FOUND,     /* proved and refuted are close enough together */
    SN_STRETCH_NOT_BEGUN, /* the claim itself is not proved */
    SN_STRETCH_ALL,       /* proved all the way */
    SN_STRETCH_UNDECIDED, /* at that end, even with ten times the boxes */
} sn_stretch_end;

enum { SN_STRETCH_TEXT = 32 };

typedef struct sn_stretched {
    sn_stretch_end end;
    const char *ends[SN_UNDECIDED + 1]; /* by verdict; NULL: none */
    char made[SN_UNDECIDED + 1][SN_STRETCH_TEXT];
    char why[320]; /* the refuted one was */
    bool stopped;  /* before the last step was decided */
    size_t steps, boxes;
} sn_stretched;

typedef struct sn_verify_part {
    sn_study *study;
    const sn_claim *claim;
    size_t index, count;        /* it is that one of so many */
    const char *label;          /* of a built-in claim its name, else what a sweep gives; or "" */
    const sn_verify_spec *spec; /* what a configuration asks for; NULL: nothing beside */
    sn_proof_options options;   /* without a watch */
    sn_proof proof;
    bool late;              /* stopped as time was over */
    sn_stretched stretched; /* if spec asks for it */
    double seconds;
    sn_table *bounds, *assertions; /* of all claims, as they come */
} sn_verify_part;

/* Proves with the study's watch and what is left of its time. */
sn_status sn_verify_prove(sn_verify_part *p, const sn_claim *claim, const sn_proof_options *options,
                          sn_proof *proof, sn_error *err);

/* Moves an end of the claim's box as its spec asks, once p->proof is there. */
sn_status sn_verify_stretch(sn_verify_part *p, sn_error *err);

/* Whether it is what it should be. */
bool sn_verify_holds(const sn_verify_part *p);

/* For a person: the claim, with a line an assertion; and in the end how many of all. */
void sn_verify_tell(const sn_verify_part *p);
void sn_verify_tell_all(const sn_study *study, size_t count, const size_t verdicts[], size_t boxes);

/* "neuron map of selu", with what is not usual of it; "mu -0.1 to 0.1, ..." of its box. */
void sn_verify_layer_text(const sn_claim *claim, char *text, size_t size);
void sn_verify_box_text(const sn_decimals box[SN_BOX_DIM], char *text, size_t size);
/* "spectral_norm < 0.9" */
void sn_verify_bound_text(const sn_bound *bound, char *text, size_t size);
extern const char *const sn_verify_sides[SN_BOX_DIM]; /* "mu", "nu", "omega", "tau" */
size_t sn_verify_boxes(const sn_proof *proof);

/* The claim as an object of the list that is open in result.json. */
void sn_verify_add_json(const sn_verify_part *p, sn_result *result);

/* bounds.tsv and assertions.tsv: empty tables (NULL when memory is out), the claim's rows. */
sn_table *sn_verify_bounds_new(void);
sn_table *sn_verify_assertions_new(void);
sn_status sn_verify_add_rows(const sn_verify_part *p, sn_error *err);

/* The tables of the claim's cells, and the pictures of them. */
sn_status sn_verify_draw(const sn_verify_part *p, sn_error *err);

#endif
