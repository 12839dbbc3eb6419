/* The keys of a "verify" configuration: a claim about a layer map on a whole box. */
#include "config/common_keys.h"

const sn_key sn_verify_keys[] = {
    SN_FIRST_ROWS,
    SN_LAST_ROWS(&sn_verify_plot_names),
};

const size_t sn_n_verify_keys = sizeof sn_verify_keys / sizeof sn_verify_keys[0];
