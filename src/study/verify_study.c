/* Claims verified: one proof after the other, told as it comes, then tables and pictures.
 *
 * A proof that is stopped is a result all the same: what was proved by then stays proved, the rest
 * is undecided. When time is over the claims that are left are undecided at once and the folder is
 * published; when a person stops it there is no folder, and what was found goes to the outcome. */
#include <stdio.h>

#include "report/tsv.h"
#include "study/verify_part.h"

/* A certificate is to be checked in seconds. */
enum { PICTURE_CELLS = 32, MOST_STATEMENT_BOXES = 20000 };

typedef struct looker {
    const sn_study *study;
    char what[48];
    bool late;
} looker;

static int look(void *context, size_t boxes)
{
    looker *looks = context;
    const sn_study *study = looks->study;
    const double limit = study->options->seconds;
    sn_study_tick(study, looks->what, boxes, 0);
    looks->late = limit > 0 && sn_study_seconds() - study->began > limit;
    return looks->late || sn_study_stopped(study);
}

sn_status sn_verify_prove(sn_verify_part *p, const sn_claim *claim, const sn_proof_options *options,
                          sn_proof *proof, sn_error *err)
{
    looker looks = {.study = p->study};
    snprintf(looks.what, sizeof looks.what, "%.24s%sboxes", p->label, p->label[0] ? ": " : "");
    sn_proof_options watched = *options;
    watched.watch = look;
    watched.context = &looks;
    const sn_status status = sn_claim_prove(claim, &watched, proof, err);
    p->late = p->late || looks.late;
    return status;
}

bool sn_verify_holds(const sn_verify_part *p)
{
    const bool expects = p->spec != NULL && p->spec->expects;
    if (p->proof.verdict != (expects ? p->spec->expected : SN_PROVED))
        return false;
    return p->spec == NULL || !p->spec->stretch.asked || p->stretched.end != SN_STRETCH_UNDECIDED;
}

/* Adds the proof to the certificate that is wanted; one that was made for pictures has more boxes
 * than it needs, and is made again without. */
static sn_status certify(sn_verify_part *p, sn_error *err)
{
    sn_certificate *certificate = p->study->options->certificate;
    sn_certified out = {.done = true};
    if (certificate == NULL || sn_study_stopped(p->study))
        return SN_OK;
    sn_proof plain = {0};
    sn_proof_options options = p->options;
    options.pave = 0;
    sn_status status = SN_OK;
    if (p->options.pave > 0)
        status = sn_verify_prove(p, p->claim, &options, &plain, err);
    if (status == SN_OK)
        status = sn_certificate_add(certificate, p->claim, p->options.pave > 0 ? &plain : &p->proof,
                                    MOST_STATEMENT_BOXES, &out, err);
    if (status == SN_OK && !out.done)
        sn_study_tell(p->study, "  not certified: %s", out.reason);
    if (!out.done)
        p->study->outcome->uncertified++;
    sn_proof_free(&plain);
    return status;
}

static sn_status run_part(sn_verify_part *p, sn_error *err)
{
    const double began = sn_study_seconds();
    sn_status status = sn_verify_prove(p, p->claim, &p->options, &p->proof, err);
    if (status == SN_OK && p->spec != NULL && p->spec->stretch.asked)
        status = sn_verify_stretch(p, err);
    if (status != SN_OK)
        return status;
    p->seconds = sn_study_seconds() - began;
    sn_verify_tell(p);
    sn_verify_add_json(p, p->study->result);
    status = certify(p, err);
    if (status != SN_OK)
        return status;
    if (p->study->folder != NULL && !sn_study_stopped(p->study))
        status = sn_verify_add_rows(p, err);
    if (p->study->folder != NULL && !sn_study_stopped(p->study) && status == SN_OK)
        status = sn_verify_draw(p, err);
    if (status == SN_OK && sn_study_stopped(p->study))
        status = sn_fail(err, SN_EINTERRUPTED, "interrupted");
    return status;
}

/* The index-th claim of the study, with a label that the caller has room for. */
static sn_verify_part part_of(sn_study *study, size_t index, char *label, size_t size)
{
    sn_verify_part p = {.study = study, .index = index, .label = label};
    if (study->config == NULL) {
        p.claim = study->claims[index];
        p.count = study->n_claims;
        snprintf(label, size, "%s", p.claim->name);
        p.options.boxes = study->options->boxes;
        p.options.pave = study->folder != NULL ? PICTURE_CELLS : 0;
        return p;
    }
    p.spec = &study->config->points[index].verify;
    p.claim = &p.spec->claim;
    p.count = study->config->n_points;
    sn_study_point_label(study->config, index, label, size);
    p.options.boxes = p.spec->boxes;
    p.options.tolerance = p.spec->tolerance;
    p.options.pave = study->config->n_plots > 0 ? PICTURE_CELLS : 0;
    return p;
}

static sn_status run_all(sn_study *study, sn_table *bounds, sn_table *assertions, sn_error *err)
{
    const size_t count = study->config != NULL ? study->config->n_points : study->n_claims;
    size_t verdicts[SN_UNDECIDED + 1] = {0}, boxes = 0;
    sn_status status = SN_OK;
    sn_result_open_list(study->result, "claims");
    for (size_t i = 0; status == SN_OK && i < count; i++) {
        char label[128];
        sn_verify_part p = part_of(study, i, label, sizeof label);
        p.bounds = bounds;
        p.assertions = assertions;
        status = run_part(&p, err);
        if (status == SN_OK || status == SN_EINTERRUPTED) {
            verdicts[p.proof.verdict]++;
            boxes += sn_verify_boxes(&p.proof) + p.stretched.boxes;
            if (!sn_verify_holds(&p))
                study->outcome->denied = true;
        }
        sn_proof_free(&p.proof);
    }
    sn_result_close(study->result);
    if (status == SN_OK || status == SN_EINTERRUPTED) {
        sn_result_add_number(study->result, "boxes", (double)boxes);
        sn_verify_tell_all(study, count, verdicts, boxes);
    }
    return status;
}

sn_status sn_verify_study(sn_study *study, sn_error *err)
{
    sn_table *bounds = sn_verify_bounds_new(), *assertions = sn_verify_assertions_new();
    sn_status status = SN_OK;
    if (bounds == NULL || assertions == NULL)
        status = sn_fail(err, SN_ENOMEM, "out of memory");
    if (status == SN_OK)
        status = run_all(study, bounds, assertions, err);
    if (status == SN_OK && study->folder != NULL)
        status = sn_tsv_write(study->folder, bounds, NULL, err);
    if (status == SN_OK && study->folder != NULL)
        status = sn_tsv_write(study->folder, assertions, NULL, err);
    sn_table_free(bounds);
    sn_table_free(assertions);
    return status;
}
