/* One line on standard error, rewritten at most ten times a second: what, a bar, time left.
 *
 * A signal is acted on where it comes, not at the next tick: a step of the work can take hours. The
 * handler calls nothing but what is safe there (sn_folder_remove, write, raise). */
#include "cli/progress.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGXCPU};
enum { SIGNALS = sizeof signals / sizeof signals[0] };

static char farewell[96];
static const sn_folder *volatile filling;

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
    if (filling != NULL) {
        sn_folder_remove(filling);
        if (write(STDERR_FILENO, farewell, strlen(farewell)) < 0) {
            /* nobody to tell */
        }
    }
    raise(number); /* SA_RESETHAND: the usual effect, once this returns */
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

static void tick(void *context, const char *what, size_t done, size_t total)
{
    (void)context;
    if (bar.shown)
        draw(what, done, total);
}

static void on_filling(void *context, const sn_folder *folder)
{
    (void)context;
    filling = folder;
}

static void handle(void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = (int)SA_RESETHAND}, before;
    for (int i = 0; i < SIGNALS; i++)
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
}

sn_watch progress_start(const char *name, bool quiet)
{
    bar = (struct bar){.shown = !quiet && isatty(STDERR_FILENO)};
    snprintf(farewell, sizeof farewell, "%sselfnorm %s: interrupted; nothing was written\n",
             bar.shown ? "\r\033[K" : "", name);
    handle(on_signal);
    return (sn_watch){.tick = tick, .filling = on_filling};
}

void progress_end(void)
{
    if (bar.drawn)
        fputs("\r\033[K", stderr);
    handle(SIG_DFL);
}
