/* One line on standard error, rewritten at most ten times a second: what, a bar, time left; or a
 * count, where nobody knows how many there will be.
 *
 * A signal is acted on where it comes, not at the next tick: a step of the work can take hours. The
 * handler calls nothing but what is safe there (sn_folder_remove, sn_simulation_stop, write, raise,
 * sigaction, clock_gettime). A proof looks up often and has something to say when it is stopped,
 * and a simulation can be stopped within: there the first signal is noted, and only a second one
 * acts. timeout(1), mpirun and batch systems signal a process and its group, which makes two of
 * one: what comes within half a second of the first is the first. */
#include "cli/progress.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGXCPU};
enum { SIGNALS = sizeof signals / sizeof signals[0] };

static char farewell[96];
static const sn_folder *volatile filling;
static volatile sig_atomic_t noted;
static volatile double noted_at;

/* The handler may run in any thread: a simulation lives until no handler is busy with it. */
static sn_simulation *_Atomic running;
static atomic_int busy;

static struct bar {
    bool shown, drawn, lines;
    char name[32], what[64];
    size_t first, last, total; /* steps done when it began and when it was drawn; of so many */
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
    const struct sigaction usual = {.sa_handler = SIG_DFL};
    if (filling != NULL) {
        sn_folder_remove(filling);
        if (write(STDERR_FILENO, farewell, strlen(farewell)) < 0) {
            /* nobody to tell */
        }
    }
    sigaction(number, &usual, NULL);
    raise(number); /* takes effect once this returns */
}

static void stop_running(void)
{
    atomic_fetch_add(&busy, 1);
    sn_simulation *simulation = atomic_load(&running);
    if (simulation != NULL)
        sn_simulation_stop(simulation);
    atomic_fetch_sub(&busy, 1);
}

static void on_gentle_signal(int number)
{
    static const double one_event = 0.5;
    if (noted == 0) {
        noted_at = now();
        noted = number;
        stop_running();
    } else if (now() - noted_at > one_event) {
        on_signal(number);
    }
}

/* "12 s", "5 min", "3.2 h" */
static void time_text(double seconds, char *text, size_t size)
{
    if (seconds < 100)
        snprintf(text, size, "%.0f s", seconds);
    else if (seconds < 6000)
        snprintf(text, size, "%.0f min", seconds / 60);
    else
        snprintf(text, size, "%.1f h", seconds / 3600);
}

/* Another work than that of the last tick: what is left of it is not told by what went before.
 * Steps of one total that only grow are of one work, whatever it is called. */
static bool is_another(const char *what, size_t done, size_t total)
{
    const bool same_name = strncmp(what, bar.what, sizeof bar.what - 1) == 0;
    return total != bar.total || done < bar.last || (total == 0 && !same_name);
}

static void draw(const char *what, size_t done, size_t total)
{
    const double t = now();
    if (is_another(what, done, total)) {
        bar.began = t;
        bar.first = done;
        bar.total = total;
        bar.drawn_at = 0;
    }
    bar.last = done;
    snprintf(bar.what, sizeof bar.what, "%s", what);
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
    char left[32] = "", text[24];
    if (done > bar.first && done < total) {
        time_text((t - bar.began) * (double)(total - done) / (double)(done - bar.first), text,
                  sizeof text);
        snprintf(left, sizeof left, ", %s left", text);
    }
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
    return noted;
}

static void halt(void *context, int number)
{
    (void)context;
    if (noted == 0) {
        noted_at = now();
        noted = number;
    }
}

static void warn(void *context, const char *line)
{
    (void)context;
    clear();
    fprintf(stderr, "%s: %s\n", bar.name, line);
}

static void on_running(void *context, sn_simulation *simulation)
{
    (void)context;
    atomic_store(&running, simulation);
    while (simulation == NULL && atomic_load(&busy) != 0) {
        /* a handler, which is soon done */
    }
    if (simulation != NULL && noted != 0) /* the signal came before it */
        sn_simulation_stop(simulation);
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
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART}, before;
    for (int i = 0; i < SIGNALS; i++)
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
}

sn_watch progress_start(const char *name, bool quiet, bool lines, bool gently)
{
    bar = (struct bar){.shown = !quiet && isatty(STDERR_FILENO), .lines = lines};
    snprintf(bar.name, sizeof bar.name, "selfnorm %s", name);
    noted = 0;
    snprintf(farewell, sizeof farewell, "%sselfnorm %s: interrupted; no%s was written\n",
             bar.shown ? "\r\033[K" : "", name, gently ? " result" : "thing");
    handle(gently ? on_gentle_signal : on_signal);
    return (sn_watch){.tick = tick,
                      .line = print_line,
                      .stopped = stopped,
                      .halt = halt,
                      .warn = warn,
                      .running = on_running,
                      .filling = on_filling};
}

void progress_end(void)
{
    clear();
    handle(SIG_DFL);
}
