/* certificate_text.h: the words of a certificate, for the one who writes it and the one who checks
 * it. Not installed. Every text has one meaning and every meaning one text, but for the claim's own
 * decimals, which are kept as they are: "0.10" is "0.1". */
#ifndef SELFNORM_CERTIFY_CERTIFICATE_TEXT_H
#define SELFNORM_CERTIFY_CERTIFICATE_TEXT_H

#include "certify/plain.h"

SN_BEGIN_DECLS

#define SN_CERTIFICATE_HEAD "selfnorm certificate 1"

/* --- text that grows, and text taken line by line ----------------------------------------------- */

/* Start it as {0}. After `failed` (out of memory) nothing more is added. */
typedef struct sn_writer {
    char *bytes; /* NUL-terminated; NULL as long as it is empty */
    size_t size, room;
    bool failed;
} sn_writer;

void sn_write(sn_writer *writer, const char *format, ...) SN_PRINTF(2, 3);
void sn_writer_free(sn_writer *writer);

enum { SN_WORDS = 16 };

/* Reads lines of printable ASCII, words parted by single blanks, in place: words stay where they are,
 * each ended by a NUL. */
typedef struct sn_reader {
    char *at, *end;
    size_t line; /* the line last read, from 1 */
    const char *word[SN_WORDS];
    size_t words; /* 0: there is no such line */
} sn_reader;

void sn_reader_next(sn_reader *reader);

/* Whether the line reads like the pattern, in which "?" stands for any word; got: these words. */
bool sn_reader_says(const sn_reader *reader, const char *pattern, const char *got[SN_WORDS]);

/* A count without sign or leading zeros, at most `most`. */
bool sn_count_read(const char *word, size_t most, size_t *count);

/* SHA-256 in hexadecimal. */
enum { SN_DIGEST_SIZE = 65 };
void sn_digest(char digest[SN_DIGEST_SIZE], const char *bytes, size_t size);

/* --- numbers: units / 10^decimals --------------------------------------------------------------- */

enum { SN_MOST_DECIMALS = 15, SN_WEIGHT_DECIMALS = 6, SN_LAYER_DECIMALS = 9, SN_FIXED_SIZE = 40 };

void sn_fixed_write(char out[SN_FIXED_SIZE], int64_t units, int decimals);
bool sn_fixed_read(const char *word, int decimals, int64_t *units);

/* A bound rounded outwards, with a fiftieth of a unit to spare. False: not finite, or too large. */
bool sn_fixed_round(const arb_t bound, bool is_upper, int decimals, int64_t *units);

/* Whether that is what a bound was written as, if perhaps with last bits that differ a little, as
 * another version of Arb may have them: at least a hundredth of a unit looser than the bound, but by
 * no more than a hundredth looser than rounding makes it. */
bool sn_fixed_fits(const arb_t bound, bool is_upper, int decimals, int64_t units);

/* The middle of a ball rounded to the nearest, for all to see; and whether it was written so. */
bool sn_fixed_nearest(const arb_t ball, int decimals, int64_t *units);
bool sn_fixed_is_near(const arb_t ball, int decimals, int64_t units);

/* Whether a bound implies the limit, a decimal: number < limit (is_upper) or number > limit; closed:
 * or equal. */
bool sn_fixed_implies(int64_t units, int decimals, bool is_upper, const char *limit, bool closed);

/* A witness is a point in fractions k / 2^n of the box's sides, n up to this. */
enum { SN_WITNESS_DEPTH = 30 };

/* --- the leaves of a tree of halved boxes, in preorder ------------------------------------------ */

/* A leaf is the word of the steps to it: a letter a step, m n o t for the halved side mu, nu, omega,
 * tau, small for the lower half and capital for the upper; "-" is the whole. The leaves in preorder,
 * lower halves first, are all there and do not overlap exactly if the first word has small letters
 * only, the last capitals only, and each word follows from the one before: its trailing capitals
 * taken off, the small letter then at its end made a capital (the other half of the same node), and
 * any small letters added (down to the first leaf there). */
bool sn_leaf_is_first(const char *leaf);
bool sn_leaf_follows(const char *leaf, const char *before);
bool sn_leaf_is_last(const char *leaf);

/* Takes the steps from a cell; false: a letter that is none, a step to a side below `first`, or too
 * many steps. */
bool sn_leaf_walk(sn_dyadic *cell, const char *leaf, int first);

enum { SN_LEAF_SIZE = SN_BOX_DIM * SN_DYADIC_DEPTH + 1 };

/* --- the claim ---------------------------------------------------------------------------------- */

enum { SN_MOST_ASSERTIONS = 64 };

/* A claim as read, its strings the reader's. */
typedef struct sn_claim_text {
    sn_claim claim;
    sn_assertion assertions[SN_MOST_ASSERTIONS];
} sn_claim_text;

/* Whether a word is a decimal number of a size that a certificate may have: below 2^100 and, but for
 * 0, above 2^-100. */
bool sn_number_fits(const char *decimal);

/* NULL, or why it cannot be written. */
const char *sn_claim_unwritable(const sn_claim *claim);
void sn_claim_write(sn_writer *writer, const sn_claim *claim);

/* What is asserted, as a phrase: "nu_next above 0.8". */
void sn_assertion_write(sn_writer *writer, const sn_assertion *assertion);

/* NULL, or what is wrong with the line last read. The map line is the next; the digest is left. */
const char *sn_claim_read(sn_reader *reader, sn_claim_text *out);

/* Whether the line last read is the word, the number and the assertion's phrase. */
bool sn_assertion_said(const sn_reader *reader, const char *word, size_t number,
                       const sn_assertion *assertion);

SN_END_DECLS

#endif
