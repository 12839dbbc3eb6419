/* How far a side of a box can be stretched before the claim breaks, by bisection.
 *
 * Every step is a claim of its own, on a box whose end is a short decimal, proved or
 * refuted like any other; so that "proved up to 1.1234, refuted from 1.1241" holds exactly as it is
 * written. A step that is decided neither way is tried once more with ten times the boxes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/verify_part.h"

enum { PATIENCE = 10, DIGITS = 12 };

/* The decimal -end, to be freed; NULL when memory is out. */
static char *negative(const char *end)
{
    const size_t size = strlen(end) + 2;
    char *text = malloc(size);
    if (text != NULL)
        snprintf(text, size, "-%s", end[0] == '+' ? end + 1 : end);
    return text;
}

/* The claim with the end there, and of a symmetric side with the other at mirror. */
static sn_claim move_end(const sn_verify_part *p, const char *end, const char *mirror)
{
    const sn_stretch *asked = &p->spec->stretch;
    sn_claim claim = *p->claim;
    sn_decimals *side = &claim.box[asked->side];
    if (asked->symmetric)
        *side = (sn_decimals){mirror, end};
    else if (asked->upper)
        side->upper = end;
    else
        side->lower = end;
    return claim;
}

static void keep_reason(const sn_proof *proof, char why[320])
{
    for (size_t i = 0; i < proof->n_assertions; i++)
        if (proof->assertions[i].verdict == SN_REFUTED) {
            snprintf(why, 320, "%s", proof->assertions[i].text);
            return;
        }
}

/* Proves the claim, patiently. */
static sn_status prove(sn_verify_part *p, const sn_claim *claim, sn_verdict *verdict, sn_error *err)
{
    sn_proof_options options = p->options;
    options.pave = 0;
    for (int patience = 1; patience <= PATIENCE; patience *= PATIENCE) {
        sn_proof proof;
        options.boxes = p->options.boxes * (size_t)patience;
        const sn_status status = sn_verify_prove(p, claim, &options, &proof, err);
        if (status != SN_OK)
            return status;
        *verdict = proof.verdict;
        p->stretched.stopped = proof.interrupted;
        p->stretched.boxes += sn_verify_boxes(&proof);
        if (proof.verdict == SN_REFUTED)
            keep_reason(&proof, p->stretched.why);
        sn_proof_free(&proof);
        if (*verdict != SN_UNDECIDED || p->stretched.stopped)
            break;
    }
    return SN_OK;
}

static sn_status try_end(sn_verify_part *p, const char *end, sn_verdict *verdict, sn_error *err)
{
    char *mirror = negative(end);
    if (mirror == NULL)
        return sn_fail(err, SN_ENOMEM, "out of memory");
    const sn_claim claim = move_end(p, end, mirror);
    const sn_status status = prove(p, &claim, verdict, err);
    free(mirror);
    if (status != SN_OK)
        return status;
    p->stretched.steps++;
    p->stretched.ends[*verdict] = end;
    return SN_OK;
}

/* A middle lives on where its verdict has its place: the one there before is done with. */
static sn_status try_middle(sn_verify_part *p, const char *middle, sn_verdict *verdict,
                            sn_error *err)
{
    sn_stretched *s = &p->stretched;
    const sn_status status = try_end(p, middle, verdict, err);
    if (status != SN_OK)
        return status;
    strcpy(s->made[*verdict], middle);
    s->ends[*verdict] = s->made[*verdict];
    return SN_OK;
}

/* The decimal of fewest digits in the middle half between two numbers. */
static void middle_text(double a, double b, char text[SN_STRETCH_TEXT])
{
    const double middle = a / 2 + b / 2, quarter = fabs(b - a) / 4;
    for (int digits = 1; digits <= DIGITS; digits++) {
        snprintf(text, SN_STRETCH_TEXT, "%.*g", digits, middle);
        if (fabs(strtod(text, NULL) - middle) <= quarter)
            break;
    }
}

static sn_status bisect(sn_verify_part *p, sn_error *err)
{
    sn_stretched *s = &p->stretched;
    for (;;) {
        const double proved = strtod(s->ends[SN_PROVED], NULL);
        const double refuted = strtod(s->ends[SN_REFUTED], NULL);
        char middle[SN_STRETCH_TEXT];
        middle_text(proved, refuted, middle);
        const bool apart = fabs(refuted - proved) > p->spec->stretch.within;
        if (!apart || strtod(middle, NULL) == proved || strtod(middle, NULL) == refuted) {
            s->end = SN_STRETCH_FOUND;
            return SN_OK;
        }
        sn_verdict verdict;
        const sn_status status = try_middle(p, middle, &verdict, err);
        if (status != SN_OK)
            return status;
        if (verdict == SN_UNDECIDED) {
            s->end = SN_STRETCH_UNDECIDED;
            return SN_OK;
        }
    }
}

sn_status sn_verify_stretch(sn_verify_part *p, sn_error *err)
{
    const sn_stretch *asked = &p->spec->stretch;
    const sn_decimals *side = &p->claim->box[asked->side];
    sn_stretched *s = &p->stretched;
    s->end = SN_STRETCH_NOT_BEGUN;
    if (p->proof.verdict != SN_PROVED)
        return SN_OK;
    s->ends[SN_PROVED] = asked->upper || asked->symmetric ? side->upper : side->lower;
    sn_verdict verdict;
    const sn_status status = try_end(p, asked->to, &verdict, err);
    if (status != SN_OK)
        return status;
    s->end = verdict == SN_PROVED ? SN_STRETCH_ALL : SN_STRETCH_UNDECIDED;
    return verdict == SN_REFUTED ? bisect(p, err) : SN_OK;
}
