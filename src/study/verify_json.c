/* A claim and its proof as a JSON object: decimals of the claim as the strings they were given as,
 * enclosures as {"lower", "upper"}. */
#include "study/verify_part.h"

static void add_decimals(sn_result *result, const char *name, const sn_decimals *side)
{
    sn_result_open_object(result, name);
    sn_result_add_text(result, "lower", side->lower);
    sn_result_add_text(result, "upper", side->upper);
    sn_result_close(result);
}

static void add_interval(sn_result *result, const char *name, const sn_interval *interval)
{
    sn_result_open_object(result, name);
    sn_result_add_number(result, "lower", interval->lower);
    sn_result_add_number(result, "upper", interval->upper);
    sn_result_close(result);
}

static void add_point(sn_result *result, const sn_interval at[SN_BOX_DIM])
{
    sn_result_open_object(result, "at");
    for (int i = 0; i < SN_BOX_DIM; i++)
        add_interval(result, sn_verify_sides[i], &at[i]);
    sn_result_close(result);
}

static void add_optional(sn_result *result, const char *name, const char *text)
{
    if (text != NULL)
        sn_result_add_text(result, name, text);
}

/* What the claim is about, apart from its box. */
static void add_layer(sn_result *result, const sn_claim *claim)
{
    sn_result_add_text(result, "map", sn_map_name(claim->map));
    sn_result_open_object(result, "activation");
    sn_result_add_text(result, "name", claim->activation->name);
    for (size_t i = 0; i < claim->activation->n_params; i++)
        add_optional(result, claim->activation->params[i].name, claim->params[i]);
    sn_result_close(result);
    if (claim->keeps_mu != NULL || claim->keeps_nu != NULL) {
        sn_result_open_object(result, "keeps");
        add_optional(result, "mean", claim->keeps_mu);
        add_optional(result, "variance", claim->keeps_nu);
        sn_result_close(result);
    }
    if (claim->bias_mean != NULL || claim->bias_variance != NULL) {
        sn_result_open_object(result, "bias");
        add_optional(result, "mean", claim->bias_mean);
        add_optional(result, "variance", claim->bias_variance);
        sn_result_close(result);
    }
}

static void add_assertion(sn_result *result, const sn_assertion *assertion,
                          const sn_assertion_result *found)
{
    const bool proved = found->verdict == SN_PROVED;
    sn_result_open_object(result, NULL);
    sn_result_add_text(result, "kind", sn_assertion_name(assertion->kind));
    sn_result_add_text(result, "verdict", sn_verdict_text(found->verdict));
    sn_result_add_text(result, "text", found->text);
    if (assertion->kind == SN_ASSERT_ENTERS) {
        add_decimals(result, "mu", &assertion->target_mu);
        add_decimals(result, "nu", &assertion->target_nu);
        sn_result_add_number(result, "layers_allowed", (double)assertion->layers);
    }
    if (assertion->kind == SN_ASSERT_ENTERS && proved) {
        sn_result_add_number(result, "layers", (double)found->layers);
        sn_result_add_boolean(result, "any_order", found->any_order);
    }
    if (assertion->kind == SN_ASSERT_ATTRACTING && proved) {
        add_interval(result, "fixed_mu", &found->fixed_mu);
        add_interval(result, "fixed_nu", &found->fixed_nu);
        sn_result_add_number(result, "contraction", found->contraction);
    }
    if (found->verdict == SN_REFUTED)
        add_point(result, found->at);
    if (found->verdict == SN_UNDECIDED)
        sn_result_add_number(result, "left", found->left);
    sn_result_add_number(result, "boxes", (double)found->boxes);
    sn_result_close(result);
}

static void add_bound(sn_result *result, const sn_claim *claim, const sn_bound *bound)
{
    const char *paper = claim->assertions[bound->assertion].paper;
    sn_result_open_object(result, NULL);
    sn_result_add_number(result, "assertion", (double)bound->assertion);
    sn_result_add_text(result, "quantity", sn_quantity_name(bound->quantity));
    sn_result_add_text(result, "relation", bound->is_upper ? "below" : "above");
    sn_result_add_text(result, "limit", bound->limit);
    sn_result_add_text(result, "verdict", sn_verdict_text(bound->verdict));
    add_interval(result, "enclosure", &bound->extreme);
    add_point(result, bound->at);
    if (paper != NULL) {
        sn_result_add_text(result, "paper", paper);
        sn_result_add_text(result, "print", sn_print_text(bound->print));
    }
    sn_result_add_number(result, "boxes", (double)bound->boxes);
    sn_result_close(result);
}

static void add_stretch(sn_result *result, const sn_verify_part *p)
{
    const sn_stretch *asked = &p->spec->stretch;
    const sn_stretched *found = &p->stretched;
    sn_result_open_object(result, "stretch");
    sn_result_add_text(result, "side", sn_verify_sides[asked->side]);
    sn_result_add_text(result, "end", asked->symmetric ? "both" : asked->upper ? "upper" : "lower");
    for (int i = 0; i <= SN_UNDECIDED; i++)
        add_optional(result, sn_verdict_text((sn_verdict)i), found->ends[i]);
    if (found->end == SN_STRETCH_FOUND)
        sn_result_add_text(result, "why", found->why);
    sn_result_add_number(result, "steps", (double)found->steps);
    sn_result_add_number(result, "boxes", (double)found->boxes);
    sn_result_close(result);
}

void sn_verify_add_json(const sn_verify_part *p, sn_result *result)
{
    const sn_claim *claim = p->claim;
    const sn_proof *proof = &p->proof;
    sn_result_open_object(result, NULL);
    add_optional(result, "name", p->label[0] != '\0' ? p->label : NULL);
    add_optional(result, "description", claim->description);
    sn_result_add_text(result, "verdict", sn_verdict_text(proof->verdict));
    if (p->spec != NULL && p->spec->expects)
        sn_result_add_text(result, "expected", sn_verdict_text(p->spec->expected));
    sn_result_add_boolean(result, "interrupted", proof->interrupted);
    add_layer(result, claim);
    sn_result_open_object(result, "box");
    for (int i = 0; i < SN_BOX_DIM; i++)
        add_decimals(result, sn_verify_sides[i], &claim->box[i]);
    sn_result_close(result);
    sn_result_open_list(result, "assertions");
    for (size_t i = 0; i < proof->n_assertions; i++)
        add_assertion(result, &claim->assertions[i], &proof->assertions[i]);
    sn_result_close(result);
    sn_result_open_list(result, "bounds");
    for (size_t i = 0; i < proof->n_bounds; i++)
        add_bound(result, claim, &proof->bounds[i]);
    sn_result_close(result);
    if (p->spec != NULL && p->spec->stretch.asked)
        add_stretch(result, p);
    sn_result_add_number(result, "seconds", p->seconds);
    sn_result_add_number(result, "boxes", (double)sn_verify_boxes(proof));
    sn_result_close(result);
}
