/* One line on standard error, rewritten at most ten times a second: what, a bar, time left. */
#include "cli/progress.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;

static struct bar {
    bool shown, drawn;
    char what[64];
    double began, drawn_at;
} bar;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void on_signal(int number)
{
    interrupted = number;
}

static void draw(const char *what, size_t done, size_t total)
{
    const double t = now();
    if (strncmp(what, bar.what, sizeof bar.what - 1) != 0) {
        snprintf(bar.what, sizeof bar.what, "%s", what);
        bar.began = t;
    }
    if (t - bar.drawn_at < 0.1 && done < total)
        return;
    bar.drawn_at = t;
    bar.drawn = true;
    enum { CELLS = 30 };
    const double share = total > 0 ? (double)done / (double)total : 0;
    const int filled = (int)(share * CELLS);
    char left[32] = "";
    if (done > 0 && done < total)
        snprintf(left, sizeof left, ", %.0f s left", (t - bar.began) * (1 / share - 1));
    fprintf(stderr, "\r\033[K%-24.24s [%.*s%*s] %3.0f %%%s", bar.what, filled,
            "##############################", CELLS - filled, "", 100 * share, left);
    fflush(stderr);
}

static int tick(void *context, const char *what, size_t done, size_t total)
{
    (void)context;
    if (bar.shown)
        draw(what, done, total);
    return interrupted;
}

static void handle(void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

sn_watch progress_start(bool quiet)
{
    bar = (struct bar){.shown = !quiet && isatty(STDERR_FILENO)};
    handle(on_signal);
    return (sn_watch){tick, NULL};
}

void progress_end(void)
{
    if (bar.drawn)
        fputs("\r\033[K", stderr);
    handle(SIG_DFL);
}

void progress_die_if_interrupted(void)
{
    if (interrupted)
        raise(interrupted);
}
