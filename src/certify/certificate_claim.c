/* A claim as the lines of a certificate:
 *
 *     map neuron
 *     activation selu alpha exact lambda exact      (or decimals; of others "default" or decimals)
 *     keeps mean 0 variance 1                       (where one is exact)
 *     bias mean 0 variance 0
 *     mu -0.1 0.1                                   and so nu, omega, tau
 *     assertions 2
 *     assertion 1 nu_next above 0.8 below 1.5
 *     assertion 2 enters mu -0.1 0.1 nu 0.8 1.5 layers 12
 *     digest ...                                    (SHA-256 of the lines so far, from "map")
 *
 * The digest is a name for the claim: it is the same in every certificate of it. */
#include <stdio.h>
#include <string.h>

#include "certify/certificate_text.h"

enum { LARGEST = 100 }; /* 2^100 is above 1e30 */

static const char *const sides[SN_BOX_DIM] = {"mu", "nu", "omega", "tau"};

static const char *or_else(const char *text, const char *other)
{
    return text != NULL ? text : other;
}

static bool is_selu(const sn_activation_type *type)
{
    return type == sn_activation_find("selu");
}

/* What stands for a parameter that is left out. */
static const char *left_out(const sn_activation_type *type)
{
    return is_selu(type) ? "exact" : "default";
}

/* Whether it matters which target the constants keep. */
static bool keeps(const sn_claim *claim)
{
    return is_selu(claim->activation) && (claim->params[0] == NULL || claim->params[1] == NULL);
}

bool sn_number_fits(const char *decimal)
{
    arb_t number;
    arb_init(number);
    const bool fits = sn_ball_set_decimal(number, decimal, 64)
                      && (arb_is_zero(number)
                          || (arf_cmpabs_2exp_si(arb_midref(number), LARGEST) < 0
                              && arf_cmpabs_2exp_si(arb_midref(number), -LARGEST) > 0));
    arb_clear(number);
    return fits;
}

/* NULL counts as fitting. */
static bool all_fit(const char *const *number, size_t count)
{
    bool fit = true;
    for (size_t i = 0; i < count; i++)
        fit = fit && (number[i] == NULL || sn_number_fits(number[i]));
    return fit;
}

static bool numbers_fit(const sn_claim *claim)
{
    const char *const few[] = {claim->keeps_mu, claim->keeps_nu, claim->bias_mean,
                               claim->bias_variance};
    bool fit = all_fit(few, 4) && all_fit(claim->params, SN_MAX_PARAMS);
    for (int i = 0; i < SN_BOX_DIM; i++)
        fit = fit && sn_number_fits(claim->box[i].lower) && sn_number_fits(claim->box[i].upper);
    for (size_t i = 0; i < claim->n_assertions; i++) {
        const sn_assertion *a = &claim->assertions[i];
        const char *const some[] = {a->above,           a->below,           a->target_mu.lower,
                                    a->target_mu.upper, a->target_nu.lower, a->target_nu.upper};
        fit = fit && all_fit(some, 6);
    }
    return fit;
}

const char *sn_claim_unwritable(const sn_claim *claim)
{
    if (!numbers_fit(claim))
        return "a number of it is larger than 1e30 or, but for 0, smaller than 1e-30";
    if (claim->n_assertions > SN_MOST_ASSERTIONS)
        return "it has more assertions than a certificate may";
    for (size_t i = 0; i < claim->n_assertions; i++)
        if (claim->assertions[i].layers > 1000)
            return "it has more layers than a certificate may";
    return NULL;
}

void sn_assertion_write(sn_writer *writer, const sn_assertion *assertion)
{
    const sn_assertion *a = assertion;
    if (a->kind == SN_ASSERT_BOUND)
        sn_write(writer, "%s%s%s%s%s", sn_quantity_name(a->quantity),
                 a->above != NULL ? " above " : "", or_else(a->above, ""),
                 a->below != NULL ? " below " : "", or_else(a->below, ""));
    else
        sn_write(writer, "%s", sn_assertion_name(a->kind));
    if (a->kind == SN_ASSERT_ENTERS)
        sn_write(writer, " mu %s %s nu %s %s layers %zu", a->target_mu.lower, a->target_mu.upper,
                 a->target_nu.lower, a->target_nu.upper, a->layers);
}

void sn_claim_write(sn_writer *writer, const sn_claim *claim)
{
    const sn_activation_type *type = claim->activation;
    const size_t start = writer->size;
    sn_write(writer, "map %s\nactivation %s", sn_map_name(claim->map), type->name);
    for (size_t i = 0; i < type->n_params; i++)
        sn_write(writer, " %s %s", type->params[i].name, or_else(claim->params[i], left_out(type)));
    sn_write(writer, "\n");
    if (keeps(claim))
        sn_write(writer, "keeps mean %s variance %s\n", or_else(claim->keeps_mu, "0"),
                 or_else(claim->keeps_nu, "1"));
    sn_write(writer, "bias mean %s variance %s\n", or_else(claim->bias_mean, "0"),
             or_else(claim->bias_variance, "0"));
    for (int i = 0; i < SN_BOX_DIM; i++)
        sn_write(writer, "%s %s %s\n", sides[i], claim->box[i].lower, claim->box[i].upper);
    sn_write(writer, "assertions %zu\n", claim->n_assertions);
    for (size_t i = 0; i < claim->n_assertions; i++) {
        sn_write(writer, "assertion %zu ", i + 1);
        sn_assertion_write(writer, &claim->assertions[i]);
        sn_write(writer, "\n");
    }
    if (writer->failed)
        return;
    char digest[SN_DIGEST_SIZE];
    sn_digest(digest, writer->bytes + start, writer->size - start);
    sn_write(writer, "digest %s\n", digest);
}

/* --- reading ------------------------------------------------------------------------------------ */

static const char *read_map(sn_reader *r, sn_claim *claim)
{
    const char *got[SN_WORDS];
    sn_reader_next(r);
    if (!sn_reader_says(r, "map ?", got))
        return "a line \"map\" is expected";
    int kind = 0;
    while (kind < SN_MAP_COUNT && strcmp(got[0], sn_map_name((sn_map_kind)kind)) != 0)
        kind++;
    claim->map = (sn_map_kind)kind;
    return kind < SN_MAP_COUNT ? NULL : "there is no such map";
}

static bool in_range(const char *decimal, const sn_param *param)
{
    arb_t number, end;
    arb_init(number);
    arb_init(end);
    sn_ball_set_decimal(number, decimal, 192);
    arb_set_d(end, param->lower);
    bool in = !arb_lt(number, end);
    arb_set_d(end, param->upper);
    in = in && !arb_gt(number, end);
    arb_clear(number);
    arb_clear(end);
    return in;
}

static const char *read_activation(sn_reader *r, sn_claim *claim)
{
    sn_reader_next(r);
    if (r->words < 2 || strcmp(r->word[0], "activation") != 0)
        return "a line \"activation\" is expected";
    const sn_activation_type *type = sn_activation_find(r->word[1]);
    if (type == NULL || strcmp(type->name, r->word[1]) != 0)
        return "there is no such activation";
    claim->activation = type;
    if (r->words != 2 + 2 * type->n_params)
        return "the activation has another number of parameters";
    for (size_t i = 0; i < type->n_params; i++) {
        const char *name = r->word[2 + 2 * i], *value = r->word[3 + 2 * i];
        if (strcmp(name, type->params[i].name) != 0)
            return "the activation has no such parameter there";
        if (strcmp(value, left_out(type)) == 0)
            continue;
        if (!sn_number_fits(value) || !in_range(value, &type->params[i]))
            return "the parameter is not a decimal number that can be";
        claim->params[i] = value;
    }
    return NULL;
}

static const char *read_numbers(sn_reader *r, sn_claim *claim)
{
    const char *got[SN_WORDS];
    if (keeps(claim)) {
        sn_reader_next(r);
        if (!sn_reader_says(r, "keeps mean ? variance ?", got) || !sn_number_fits(got[0])
            || !sn_number_fits(got[1]))
            return "what the constants keep is expected";
        claim->keeps_mu = got[0];
        claim->keeps_nu = got[1];
    }
    sn_reader_next(r);
    if (!sn_reader_says(r, "bias mean ? variance ?", got) || !sn_number_fits(got[0])
        || !sn_number_fits(got[1]))
        return "the bias is expected";
    claim->bias_mean = got[0];
    claim->bias_variance = got[1];
    for (int i = 0; i < SN_BOX_DIM; i++) {
        sn_reader_next(r);
        if (r->words != 3 || strcmp(r->word[0], sides[i]) != 0 || !sn_number_fits(r->word[1])
            || !sn_number_fits(r->word[2]))
            return "a side of the box is expected";
        claim->box[i] = (sn_decimals){r->word[1], r->word[2]};
    }
    return NULL;
}

static bool read_enters(const sn_reader *r, sn_assertion *a)
{
    const char *got[SN_WORDS];
    if (!sn_reader_says(r, "assertion ? enters mu ? ? nu ? ? layers ?", got))
        return false;
    a->kind = SN_ASSERT_ENTERS;
    a->target_mu = (sn_decimals){got[1], got[2]};
    a->target_nu = (sn_decimals){got[3], got[4]};
    return sn_number_fits(got[1]) && sn_number_fits(got[2]) && sn_number_fits(got[3])
           && sn_number_fits(got[4]) && sn_count_read(got[5], 1000, &a->layers);
}

static bool read_bound(const sn_reader *r, sn_assertion *a)
{
    const char *got[SN_WORDS];
    if (sn_reader_says(r, "assertion ? ? above ? below ?", got)) {
        a->above = got[2];
        a->below = got[3];
    } else if (sn_reader_says(r, "assertion ? ? above ?", got)) {
        a->above = got[2];
    } else if (sn_reader_says(r, "assertion ? ? below ?", got)) {
        a->below = got[2];
    } else {
        return false;
    }
    a->kind = SN_ASSERT_BOUND;
    int q = 0;
    while (q < SN_QUANTITY_COUNT && strcmp(got[1], sn_quantity_name((sn_quantity)q)) != 0)
        q++;
    a->quantity = (sn_quantity)q;
    return q < SN_QUANTITY_COUNT && (a->above == NULL || sn_number_fits(a->above))
           && (a->below == NULL || sn_number_fits(a->below));
}

static const char *read_assertion(sn_reader *r, size_t number, sn_assertion *a)
{
    const char *got[SN_WORDS];
    sn_reader_next(r);
    *a = (sn_assertion){0};
    if (sn_reader_says(r, "assertion ? into_itself", got))
        a->kind = SN_ASSERT_INTO_ITSELF;
    else if (sn_reader_says(r, "assertion ? attracting", got))
        a->kind = SN_ASSERT_ATTRACTING;
    else if (!read_enters(r, a) && !read_bound(r, a))
        return "this is not an assertion";
    size_t n;
    return sn_count_read(r->word[1], SN_MOST_ASSERTIONS, &n) && n == number
               ? NULL
               : "the assertion has another number";
}

const char *sn_claim_read(sn_reader *reader, sn_claim_text *out)
{
    const char *got[SN_WORDS];
    sn_claim *claim = &out->claim;
    *claim = (sn_claim){.assertions = out->assertions};
    const char *wrong = read_map(reader, claim);
    if (wrong == NULL)
        wrong = read_activation(reader, claim);
    if (wrong == NULL)
        wrong = read_numbers(reader, claim);
    if (wrong != NULL)
        return wrong;
    sn_reader_next(reader);
    if (!sn_reader_says(reader, "assertions ?", got)
        || !sn_count_read(got[0], SN_MOST_ASSERTIONS, &claim->n_assertions)
        || claim->n_assertions == 0)
        return "the number of assertions is expected";
    for (size_t i = 0; wrong == NULL && i < claim->n_assertions; i++)
        wrong = read_assertion(reader, i + 1, &out->assertions[i]);
    return wrong;
}

bool sn_assertion_said(const sn_reader *reader, const char *word, size_t number,
                       const sn_assertion *assertion)
{
    sn_writer said = {0}, meant = {0};
    for (size_t i = 0; i < reader->words; i++)
        sn_write(&said, "%s ", reader->word[i]);
    sn_write(&meant, "%s %zu ", word, number);
    sn_assertion_write(&meant, assertion);
    sn_write(&meant, " ");
    const bool same = !said.failed && !meant.failed && said.size == meant.size
                      && strcmp(said.bytes, meant.bytes) == 0;
    sn_writer_free(&said);
    sn_writer_free(&meant);
    return same;
}
