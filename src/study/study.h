/* study.h: from a configuration to a result folder. Studies run the engine, hold simulation against
 * theory, sweep, write tables and name the pictures.
 */
#ifndef SELFNORM_STUDY_STUDY_H
#define SELFNORM_STUDY_STUDY_H

#include <stdbool.h>

#include "certify/certificate.h"
#include "config/config.h"
#include "report/folder.h"

/* Who looks on, for a progress bar and for cleaning up at a signal; each may be NULL. Called by one
 * thread at a time. */
typedef struct sn_watch {
    /* `done` of `total` steps of `what` are done. */
    void (*tick)(void *context, const char *what, size_t done, size_t total);
    /* A line of a claim's result, for a person, as soon as it is known. */
    void (*line)(void *context, const char *line);
    /* Nonzero, the signal: someone wants the work to stop. */
    int (*stopped)(void *context);
    /* That signal has come elsewhere, and is meant for this process too. */
    void (*halt)(void *context, int signal);
    /* What a person should know although the work goes on. */
    void (*warn)(void *context, const char *line);
    /* The simulation that is under way, for sn_simulation_stop; NULL once that must not happen. */
    void (*running)(void *context, sn_simulation *simulation);
    /* The folder that is being filled, for sn_folder_remove; NULL once that must not happen. */
    void (*filling)(void *context, const sn_folder *folder);
    void *context;
} sn_watch;

typedef struct sn_study_options {
    const char *output; /* the folder to make; NULL, of claims alone: none */
    const char *path;   /* the configuration's, where files that it names start */
    bool force;         /* replace a result of selfnorm that is there */
    double save_every;  /* seconds between two savings of a simulation, and before the first */
    bool resume;        /* go on with a simulation that was stopped; see place.h */
    const char *const *formats; /* of the pictures, NULL at the end; empty: scripts alone */
    int threads;                /* 0: as many as the machine offers */
    const char *command;        /* the command line, for result.json */
    double seconds;             /* proofs stop after so many; 0: never */
    size_t boxes;               /* the budget of claims without a configuration; 0: the engine's */
    /* Gets the proofs of claims, as far as they can be certified; NULL: none is wanted. */
    sn_certificate *certificate;
    sn_watch watch;
} sn_study_options;

/* What a study says when it is done, for a person; lines without newlines. */
enum { SN_STUDY_LINES = 64, SN_STUDY_LINE = 256 };
typedef struct sn_study_outcome {
    bool partial;              /* a folder was made, of what was complete when it was stopped */
    bool undrawn;              /* the folder is complete but for pictures, which were stopped */
    bool denied;               /* the answer is no: some claim is not what it should be */
    size_t uncertified;        /* claims that the certificate wanted could not hold */
    char *json;                /* where no folder was made, what result.json would say; else NULL */
    size_t n_lines, n_dropped; /* past the last there was room for */
    char lines[SN_STUDY_LINES][SN_STUDY_LINE];
} sn_study_outcome;

/* Runs the study and publishes its folder, whole or not at all. *outcome is set in every case, and
 * its json the caller's to free.
 * SN_ETOOBIG before anything is made, with the bytes it would need and those the machine has;
 * SN_EEXIST, SN_EIO, SN_ENOMEM: no folder. SN_EINTERRUPTED: no folder, since the watch stopped a
 * proof; what was found by then is in the outcome; of a simulation a partial folder, if the outcome
 * says so, or a complete one but for its pictures. SN_EINVAL: see place.h. SN_ETOOL: the folder is complete but for the
 * pictures that gnuplot could not draw. Of a claim also what sn_claim_prove says. */
SN_NODISCARD sn_status sn_study_run(const sn_config *config, const sn_study_options *options,
                                    sn_study_outcome *outcome, sn_error *err);

/* The same for claims that have names, without a configuration. */
SN_NODISCARD sn_status sn_study_claims(size_t count, const sn_claim *const *claims,
                                       const sn_study_options *options, sn_study_outcome *outcome,
                                       sn_error *err);

#endif
