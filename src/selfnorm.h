/* selfnorm.h: all of libselfnorm. Link with `pkg-config --cflags --libs selfnorm`. */
#ifndef SELFNORM_H
#define SELFNORM_H

#include <selfnorm/activation/activation.h>
#include <selfnorm/activation/expression.h>
#include <selfnorm/activation/sampled.h>
#include <selfnorm/base/maps.h>
#include <selfnorm/base/status.h>
#include <selfnorm/base/table.h>
#include <selfnorm/base/trust.h>
#include <selfnorm/base/version.h>
#include <selfnorm/certify/certificate.h>
#include <selfnorm/certify/claim.h>
#include <selfnorm/certify/exact_constants.h>
#include <selfnorm/certify/exact_gain.h>
#include <selfnorm/certify/vectors.h>
#include <selfnorm/simulate/simulate.h>
#include <selfnorm/theory/constants.h>
#include <selfnorm/theory/correlation.h>
#include <selfnorm/theory/critical.h>
#include <selfnorm/theory/design.h>
#include <selfnorm/theory/field.h>
#include <selfnorm/theory/finite_width.h>
#include <selfnorm/theory/fixed_point.h>
#include <selfnorm/theory/gain.h>
#include <selfnorm/theory/law.h>
#include <selfnorm/theory/layer_map.h>
#include <selfnorm/theory/moments.h>
#include <selfnorm/theory/overlap.h>
#include <selfnorm/theory/powers.h>
#include <selfnorm/theory/residual.h>

#endif
