/* The tables of a proof, for pictures. */
#include "certify/prover.h"

sn_table *sn_new_boxes(void)
{
    static const sn_column columns[] = {
        {"assertion", SN_INTEGER, "index of the assertion, from 0"},
        {"bound", SN_INTEGER, "index of the bound, from 0"},
        {"x_lower", SN_REAL, "mean of the pre-activation, from"},
        {"x_upper", SN_REAL, "to"},
        {"y_lower", SN_REAL, "variance of the pre-activation, from"},
        {"y_upper", SN_REAL, "to"},
        {"lower", SN_REAL, "the quantity's extreme over the box is at least"},
        {"upper", SN_REAL, "and at most"},
    };
    return sn_table_new("boxes", sizeof columns / sizeof columns[0], columns);
}

sn_table *sn_new_regions(void)
{
    static const sn_column columns[] = {
        {"assertion", SN_INTEGER, "index of the assertion, from 0"},
        {"omega_lower", SN_REAL, "sum of the weights, from"},
        {"omega_upper", SN_REAL, "to"},
        {"tau_lower", SN_REAL, "sum of the squared weights, from"},
        {"tau_upper", SN_REAL, "to"},
        {"verdict", SN_TEXT, "exactly one fixed point, and it attracts the box"},
        {"contraction", SN_REAL, "factor by which distances shrink in the end"},
        {"mu_lower", SN_REAL, "mean at the fixed points, from"},
        {"mu_upper", SN_REAL, "to"},
        {"nu_lower", SN_REAL, "variance at the fixed points, from"},
        {"nu_upper", SN_REAL, "to"},
    };
    return sn_table_new("regions", sizeof columns / sizeof columns[0], columns);
}

sn_table *sn_new_entries(void)
{
    static const sn_column columns[] = {
        {"assertion", SN_INTEGER, "index of the assertion, from 0"},
        {"mu_lower", SN_REAL, "mean at the start, from"},
        {"mu_upper", SN_REAL, "to"},
        {"nu_lower", SN_REAL, "variance at the start, from"},
        {"nu_upper", SN_REAL, "to"},
        {"omega_lower", SN_REAL, "sum of the weights, from"},
        {"omega_upper", SN_REAL, "to"},
        {"tau_lower", SN_REAL, "sum of the squared weights, from"},
        {"tau_upper", SN_REAL, "to"},
        {"layers", SN_INTEGER, "layers after which all of it is in the target"},
        {"verdict", SN_TEXT, "it enters within the layers allowed"},
    };
    return sn_table_new("entries", sizeof columns / sizeof columns[0], columns);
}

sn_status sn_append_rows(sn_table *to, const sn_table *from, sn_error *err)
{
    sn_status status = SN_OK;
    for (size_t row = 0; status == SN_OK && from != NULL && row < sn_table_rows(from); row++)
        status = sn_table_copy_row(to, from, row, err);
    return status;
}
