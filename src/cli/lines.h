/* lines.h: lines of a name, a value and a remark, as text answers are made of. */
#ifndef SELFNORM_CLI_LINES_H
#define SELFNORM_CLI_LINES_H

/* The name in `width` columns; remark may be "". */
void print_line(int width, const char *name, const char *value, const char *remark);

/* With all the digits it takes to read the value back. */
void print_number(int width, const char *name, double value, const char *remark);

/* Rounding noise is not worth its digits: the power of ten it stays below, from 1e-14 on. */
void print_magnitude(int width, const char *name, double value, const char *remark);

/* "at most" a bound, of two digits and rounded upwards. */
void print_bound(int width, const char *name, double bound, const char *remark);

#endif
