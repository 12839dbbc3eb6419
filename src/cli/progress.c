/* One line on standard error, rewritten at most ten times a second: what, a bar, time left; or a
 * count, where nobody knows how many there will be.
 *
 * A signal is acted on where it comes, not at the next tick: a step of the work can take hours. The
 * handler calls nothing but what is safe there (sn_folder_remove, write, raise, sigaction). A proof
 * looks up often and has something to say when it is stopped: there the first signal is noted, and
 * only a second one of the same kind acts. */
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
static volatile sig_atomic_t noted;

static struct bar {
    bool shown, drawn, lines;
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

static void on_first_signal(int number)
{
    const struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
    noted = number;
    sigaction(number, &action, NULL);
}

static void draw(const char *what, size_t done, size_t total)
{
    const double t = now();
    if (strncmp(what, bar.what, sizeof bar.what - 1) != 0) {
        snprintf(bar.what, sizeof bar.what, "%s", what);
        bar.began = t;
    }
    if (t - bar.drawn_at < 0.1 && (done < total || total == 0))
        return;
    bar.drawn_at = t;
    bar.drawn = true;
    if (total == 0) {
        fprintf(stderr, "\r\033[K%s %zu, %.0f s", what, done, t - bar.began);
        fflush(stderr);
        return;
    }
    enum { CELLS = 30 };
    const double share = (double)done / (double)total;
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

static void clear(void)
{
    if (bar.drawn)
        fputs("\r\033[K", stderr);
    bar.drawn = false;
}

static void print_line(void *context, const char *line)
{
    (void)context;
    if (!bar.lines)
        return;
    clear();
    puts(line);
    fflush(stdout);
}

static int stopped(void *context)
{
    (void)context;
    return noted != 0;
}

int progress_signal(void)
{
    return noted;
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

sn_watch progress_start(const char *name, bool quiet, bool lines, bool gently)
{
    bar = (struct bar){.shown = !quiet && isatty(STDERR_FILENO), .lines = lines};
    noted = 0;
    snprintf(farewell, sizeof farewell, "%sselfnorm %s: interrupted; nothing was written\n",
             bar.shown ? "\r\033[K" : "", name);
    handle(gently ? on_first_signal : on_signal);
    return (sn_watch){.tick = tick, .line = print_line, .stopped = stopped, .filling = on_filling};
}

void progress_end(void)
{
    clear();
    handle(SIG_DFL);
}
