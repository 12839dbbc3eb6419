/* gain_snippet.h: a gain or a design as something to paste: code in another language, or a table.
 */
#ifndef SELFNORM_STUDY_GAIN_SNIPPET_H
#define SELFNORM_STUDY_GAIN_SNIPPET_H

#include "report/snippet.h"
#include "study/gain_design.h"
#include "study/gain_study.h"

/* In one of the formats; *out is the caller's to free.
 * SN_EINVAL: the format cannot say it (a table of points as code); SN_ENOMEM. */
SN_NODISCARD sn_status sn_gain_snippet(const sn_gain_study *study, sn_snippet_format format,
                                       char **out, sn_error *err);

/* The same of a design's best solution, which there must be. command: the line that prints it. */
SN_NODISCARD sn_status sn_gain_design_snippet(const sn_gain_design *design, const char *command,
                                              sn_snippet_format format, char **out, sn_error *err);

/* As comma-separated values: rows of name, value and relative error; of a design a row a solution. */
SN_NODISCARD sn_status sn_gain_csv(const sn_gain_study *study, char **out, sn_error *err);
SN_NODISCARD sn_status sn_gain_design_csv(const sn_gain_design *design, char **out, sn_error *err);

#endif
