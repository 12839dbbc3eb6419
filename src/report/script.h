/* script.h: writing values into a gnuplot script so that text stays text. */
#ifndef SELFNORM_REPORT_SCRIPT_H
#define SELFNORM_REPORT_SCRIPT_H

#include <stdio.h>

#include "base/table.h"

SN_BEGIN_DECLS

/* text as a single-quoted gnuplot string, which knows no escapes, substitutions or macros: single
 * quotes made apostrophes (see the .c for why not doubled), control characters made spaces, broken
 * UTF-8 made U+FFFD, at most limit characters with an ellipsis for the rest. */
void sn_script_quote(FILE *script, const char *text, size_t limit);

/* `name = 'text'` and `name = number` (NaN for a missing one). */
void sn_script_text(FILE *script, const char *name, const char *text);
void sn_script_number(FILE *script, const char *name, double value);

/* `name = 'line'."\n".'line'` and `name_lines = 2`: text of any length in at most max_lines lines
 * of at most width characters, of like lengths, broken at spaces where it can be. */
void sn_script_paragraph(FILE *script, const char *name, const char *text, size_t width,
                         size_t max_lines);

SN_END_DECLS

#endif
