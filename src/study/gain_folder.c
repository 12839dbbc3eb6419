/* The result folder of a gain or a design: tables, result.json, and the pictures that apply. */
#include "study/gain_folder.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/tsv.h"
#include "study/gain_part.h"
#include "study/gain_tables.h"

/* One picture while it is made, with the tables it is drawn from. */
typedef struct part {
    sn_study *study;
    const sn_gain_folder *folder;
    char title[512], subtitle[512];
    sn_table *tables[2];
} part;

static bool is_wanted(const part *p, sn_gain_picture which)
{
    for (const char *const *plot = p->folder->plots; *plot != NULL; plot++)
        if (strcmp(*plot, sn_gain_picture_name((size_t)which)) == 0)
            return true;
    return false;
}

static sn_status write(part *p, const sn_table *table, sn_tsv_layout layout, sn_error *err)
{
    const char *const notes[] = {p->title, p->subtitle};
    layout.notes = notes;
    layout.n_notes = 2;
    return sn_tsv_write(p->study->folder, table, &layout, err);
}

static sn_status draw(part *p, sn_gain_picture which, sn_picture picture, sn_error *err)
{
    picture.kind = sn_gain_picture_name((size_t)which);
    picture.title = p->title;
    picture.subtitle = p->subtitle;
    return sn_study_draw(p->study, &picture, err);
}

static sn_status make_activation(part *p, sn_error *err)
{
    sn_status status = sn_gain_curve(p->folder->gain, &p->tables[0], err);
    if (status == SN_OK)
        status = write(p, p->tables[0], (sn_tsv_layout){0}, err);
    if (status == SN_OK)
        status = draw(p, SN_GAIN_ACTIVATION, (sn_picture){.curve = p->tables[0]}, err);
    return status;
}

/* Of the fixed point that matters: the attracting one with correlations, or else the first. */
static const sn_field_point *point_to_draw(const sn_gain_study *study)
{
    const sn_field_point *best = NULL;
    for (size_t i = 0; i < study->points.count; i++) {
        const sn_field_point *p = &study->points.points[i];
        if (p->n_correlations > 0 && (best == NULL || (p->attracting && !best->attracting)))
            best = p;
    }
    return best;
}

static sn_status make_correlation(part *p, sn_error *err)
{
    const sn_gain_study *study = p->folder->gain;
    const sn_field_point *at = point_to_draw(study);
    if (at == NULL) {
        sn_study_say(p->study, "no correlation map: there is no fixed point q* > 0 to take it at");
        return SN_OK;
    }
    sn_status status = sn_gain_correlations(study, at, &p->tables[0], &p->tables[1], err);
    if (status == SN_OK)
        status = write(p, p->tables[0], (sn_tsv_layout){0}, err);
    if (status == SN_OK)
        status = write(p, p->tables[1], (sn_tsv_layout){0}, err);
    if (status == SN_OK)
        status = draw(
            p, SN_GAIN_CORRELATION,
            (sn_picture){.correlations = p->tables[0], .correlation_points = p->tables[1]}, err);
    return status;
}

static sn_status make_phase(part *p, sn_error *err)
{
    /* tau and the biases are the axes here, not numbers. */
    snprintf(p->subtitle, sizeof p->subtitle, "%s map; the variance q from 1 on",
             sn_map_name(p->folder->gain->spec.map));
    sn_critical_kind kind;
    const size_t n = p->folder->resolution;
    sn_status status = sn_gain_phases(p->folder, &p->tables[0], &p->tables[1], &kind, err);
    if (status == SN_OK)
        status = write(p, p->tables[0], (sn_tsv_layout){.scan_rows = n}, err);
    if (status == SN_OK)
        status = write(p, p->tables[1], (sn_tsv_layout){0}, err);
    if (status != SN_OK)
        return status;
    sn_result_add_text(p->study->result, "critical", sn_critical_text(kind));
    if (kind == SN_CRITICAL_POINT)
        sn_study_say(p->study, "critical at tau = %.15g without biases alone",
                     sn_table_real(p->tables[1], 0, 1));
    else if (kind == SN_CRITICAL_NONE)
        sn_study_say(p->study, "critical nowhere: chi1 = 1 needs biases of negative variance");
    return draw(
        p, SN_GAIN_PHASE,
        (sn_picture){.phases = p->tables[0], .phase_columns = n, .critical_line = p->tables[1]},
        err);
}

static sn_status make_growth(part *p, sn_error *err)
{
    sn_status status = sn_gain_blocks(p->folder->gain, &p->tables[0], err);
    if (status == SN_OK)
        status = write(p, p->tables[0], (sn_tsv_layout){.key_columns = 1}, err);
    if (status == SN_OK)
        status =
            draw(p, SN_GAIN_GROWTH, (sn_picture){.blocks = p->tables[0], .key_columns = 1}, err);
    return status;
}

static sn_status make_solutions(part *p, sn_error *err)
{
    const sn_layer_point *at = &p->folder->design->design.at;
    const double target[] = {at->mu, at->nu};
    const size_t n = p->folder->resolution;
    sn_status status = sn_gain_targets(p->folder, &p->tables[0], err);
    if (status == SN_OK)
        status = write(p, p->tables[0], (sn_tsv_layout){.scan_rows = n}, err);
    if (status == SN_OK)
        status =
            draw(p, SN_GAIN_SOLUTIONS,
                 (sn_picture){
                     .targets = p->tables[0], .target_columns = n, .y_log = true, .target = target},
                 err);
    return status;
}

static sn_status make(part *p, sn_gain_picture which, sn_error *err)
{
    const sn_gain_study *gain = p->folder->gain;
    const sn_gain_design *design = p->folder->design;
    switch (which) {
    case SN_GAIN_ACTIVATION:
        return gain != NULL ? make_activation(p, err) : SN_OK;
    case SN_GAIN_CORRELATION:
        return gain != NULL && gain->spec.subject->is_normal ? make_correlation(p, err) : SN_OK;
    case SN_GAIN_PHASE:
        return gain != NULL ? make_phase(p, err) : SN_OK;
    case SN_GAIN_GROWTH:
        return gain != NULL && !isnan(gain->spec.beta) ? make_growth(p, err) : SN_OK;
    case SN_GAIN_SOLUTIONS:
        return design != NULL && sn_gain_design_has_target(design->design.family)
                   ? make_solutions(p, err)
                   : SN_OK;
    case SN_GAIN_PICTURE_COUNT:
        break;
    }
    return SN_OK;
}

static void describe_gain(const sn_gain_study *study, part *p)
{
    char law[128];
    const sn_gain_spec *spec = &study->spec;
    sn_subject_text(spec->subject, p->title, sizeof p->title);
    sn_law_text(&spec->subject->law, spec->x, spec->y, 6, law, sizeof law);
    snprintf(p->subtitle, sizeof p->subtitle, "%s map; z ~ %s; tau = %.6g, bias variance = %.6g",
             sn_map_name(spec->map), law, study->field.tau, spec->bias_variance);
}

static void describe_design(const sn_gain_design *design, part *p)
{
    const sn_design *d = &design->design;
    snprintf(p->title, sizeof p->title, "%s", sn_family_doc(d->family));
    snprintf(p->subtitle, sizeof p->subtitle, "%s map; %s; omega = %.6g, tau = %.6g%s",
             sn_map_name(d->map), sn_law_name(design->subject->law.kind), d->at.omega, d->at.tau,
             d->dropout > 0 ? ", with dropout" : "");
}

sn_status sn_gain_part(sn_study *study, sn_error *err)
{
    part p = {.study = study, .folder = study->gain};
    sn_status status = SN_OK;
    if (study->gain->gain != NULL) {
        sn_gain_add_result(study->gain->gain, study->result);
    } else {
        describe_design(study->gain->design, &p);
        sn_gain_design_add_result(study->gain->design, study->result);
    }
    for (int i = 0; i < SN_GAIN_PICTURE_COUNT && status == SN_OK; i++) {
        if (study->gain->gain != NULL)
            describe_gain(study->gain->gain, &p);
        if (is_wanted(&p, (sn_gain_picture)i))
            status = make(&p, (sn_gain_picture)i, err);
        for (size_t k = 0; k < 2; k++) {
            sn_table_free(p.tables[k]);
            p.tables[k] = NULL;
        }
    }
    return status;
}
