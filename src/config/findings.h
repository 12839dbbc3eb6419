/* findings.h: what is found wrong while a configuration is checked, collected. */
#ifndef SELFNORM_CONFIG_FINDINGS_H
#define SELFNORM_CONFIG_FINDINGS_H

#include "config.h"
#include "tree.h"

typedef struct sn_finding {
    char *pointer, *text;
    size_t first_point, last_point, count; /* where in the sweep, in how many points; count 0: in
                                              the file itself */
} sn_finding;

/* Starts as {.name = the file's}. */
typedef struct sn_findings {
    const char *name;
    bool swept;             /* what is checked now is a point of a sweep: */
    size_t point;           /* this one */
    struct sn_files *files; /* the data files of the configuration (data.h), borrowed */
    size_t n;
    sn_finding *items;
    bool left_out; /* there were more than are kept */
    bool no_memory;
} sn_findings;

/* Notes an error at a place. One that is there already is only counted. */
void sn_complain(sn_findings *findings, const sn_path *path, const char *format, ...)
    SN_PRINTF(3, 4);

/* The same for a place given as text. */
void sn_complain_at(sn_findings *findings, const char *pointer, const char *format, ...)
    SN_PRINTF(3, 4);

/* The same, taking over a text made before. */
void sn_complain_text(sn_findings *findings, const sn_path *path, sn_text *text);
void sn_complain_text_at(sn_findings *findings, const char *pointer, sn_text *text);

/* Whether nothing has gone wrong so far. */
bool sn_findings_none(const sn_findings *findings);

/* One line an error into *errors. n_points and where(context, point), the combination in words
 * (freed here), serve errors that only some points have. False when memory is out. */
bool sn_findings_write(const sn_findings *findings, size_t n_points,
                       char *(*where)(const void *context, size_t point), const void *context,
                       sn_config_errors *errors);

void sn_findings_free(sn_findings *findings);

/* Appends one line, which becomes the errors'; NULL, or failing memory, gives false. */
bool sn_errors_add(sn_config_errors *errors, char *line);

#endif
