/* number.h: doubles as text that reads back equal. */
#ifndef SELFNORM_REPORT_NUMBER_H
#define SELFNORM_REPORT_NUMBER_H

#include <stddef.h>

#include "base/status.h"

SN_BEGIN_DECLS

enum { SN_NUMBER_SIZE = 32 }; /* room for any double as text, its NUL included */

/* Writes the first of %.15g, %.16g, %.17g that reads back equal to value; "nan" (whatever its
 * sign), "inf", "-inf" for what is not finite. Always with a point, whatever the locale. Returns
 * the length without the NUL. Several times as fast as printf between 1e-36 and 1e17. */
size_t sn_number_text(double value, char text[SN_NUMBER_SIZE]);

/* An upper bound with two digits, rounded upwards so that it stays one: "1.7e-16" of 1.601e-16; "0",
 * "inf", "nan" likewise. Returns the length without the NUL. */
size_t sn_bound_text(double bound, char text[SN_NUMBER_SIZE]);

SN_END_DECLS

#endif
