/* prover.h: what the proofs of one claim's assertions share. Not installed. */
#ifndef SELFNORM_CERTIFY_PROVER_H
#define SELFNORM_CERTIFY_PROVER_H

#include "certify/chain.h"

SN_BEGIN_DECLS

/* The working precision of a proof, in bits; the claim's numbers are enclosed more sharply. */
enum { SN_PROOF_PREC = 64, SN_DECIMAL_PREC = 192 };

typedef struct sn_prover {
    const sn_claim *claim;
    const sn_ball_map *map;
    const sn_box *box;
    sn_proof_options options; /* defaults filled in */
    sn_meter *meter;
} sn_prover;

/* Whether all numbers of a claim are what they may be; see sn_claim_prove. */
SN_NODISCARD sn_status sn_claim_check(const sn_claim *claim, sn_error *err);

/* The tables of claim.h, empty; NULL when memory is out. And all rows of one added to another. */
sn_table *sn_new_boxes(void);
sn_table *sn_new_regions(void);
sn_table *sn_new_entries(void);
SN_NODISCARD sn_status sn_append_rows(sn_table *to, const sn_table *from, sn_error *err);

/* The box of two pairs of decimals, rounded outwards or inwards. */
sn_link sn_link_of(const sn_decimals *mu, const sn_decimals *nu, bool outwards);

/* A part of the claim's box with what is known of it: a cell of (omega, tau) for attracting, of all
 * four for enters. */
typedef struct sn_region {
    sn_part part;
    sn_verdict verdict;
    sn_chain chain;             /* if proved */
    double factor;              /* attracting, proved: the contraction on the chain's last box */
    sn_link contracted;         /* the box for which factor was found */
    sn_link fixed;              /* attracting, proved: holds the fixed points */
    size_t layers;              /* enters, proved */
    sn_interval at[SN_BOX_DIM]; /* if refuted: the witness */
    char why[160];              /* if refuted */
    size_t boxes;
} sn_region;

/* A number of a narrow interval, for a sentence: 0 if it can be. */
double sn_interval_shown(sn_interval i);

/* How one kind of assertion is proved region by region: decide one; and where to split one that is
 * not decided, or, for a picture, too large (-1: nowhere). */
typedef struct sn_method {
    sn_status (*decide)(const sn_prover *prover, const sn_assertion *assertion, sn_region *region,
                        sn_error *err);
    int (*side_to_split)(const sn_prover *prover, const sn_region *region, bool for_picture);
} sn_method;

extern const sn_method sn_method_attracting, sn_method_enters;

/* Decides the claim's index-th assertion by the method, splitting its box into regions until all are
 * decided or the budget is spent; fills in *result, moves the chains to the list and, for a
 * picture, adds each region to the table. From within a parallel region it uses its threads. */
SN_NODISCARD sn_status sn_prove_regions(const sn_prover *prover, const sn_method *method,
                                        size_t index, sn_assertion_result *result,
                                        struct sn_chains *chains, sn_table *table, sn_error *err);

/* The fixed points of the map at one (omega, tau), each a thin interval, that Newton's method finds
 * in the box and Krawczyk's test proves: *repels if one of them repels, *several if two are apart;
 * at: the one that repels, or any. */
typedef struct sn_fixed {
    size_t count;
    bool repels, several;
    sn_link at;
    double radius; /* the spectral radius there, from below */
} sn_fixed;

void sn_fixed_find(const sn_ball_map *map, const sn_link *box, sn_interval omega, sn_interval tau,
                   sn_fixed *out);

SN_END_DECLS

#endif
