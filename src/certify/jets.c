/* Jets are made and unmade. */
#include "certify/jets.h"

void sn_jets_init(sn_jets *jets)
{
    for (int k = 0; k < SN_JET; k++) {
        arb_init(&jets->mean[k]);
        arb_init(&jets->second[k]);
    }
    for (int k = 0; k < SN_SLOPE_JET; k++)
        arb_init(&jets->slope[k]);
}

void sn_jets_clear(sn_jets *jets)
{
    for (int k = 0; k < SN_JET; k++) {
        arb_clear(&jets->mean[k]);
        arb_clear(&jets->second[k]);
    }
    for (int k = 0; k < SN_SLOPE_JET; k++)
        arb_clear(&jets->slope[k]);
}
