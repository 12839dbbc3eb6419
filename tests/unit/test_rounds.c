/* Replicas in rounds, over several points, have the bits of replicas in one run; and a simulation
 * that is stopped goes on to them. */
#include "study/rounds.h"

#include <signal.h>
#include <string.h>
#include <sys/time.h>

#include "harness.h"

static sn_config *parse(const char *text)
{
    sn_config *config;
    sn_config_errors errors;
    const sn_status status = sn_config_parse("test", text, strlen(text), 0, NULL, &config, &errors);
    ck_assert_msg(status == SN_OK, "%s", errors.count > 0 ? errors.lines[0] : "");
    return config;
}

static sn_simulation *new_simulation(const sn_config *config, size_t point)
{
    sn_simulation *simulation;
    sn_simulation_spec spec = config->points[point].simulate.run;
    spec.threads = 2;
    ck_assert_int_eq(sn_simulation_new(&spec, &simulation, NULL), SN_OK);
    return simulation;
}

static void run_until(sn_simulation *simulation, size_t until)
{
    ck_assert_int_eq(sn_simulation_run(simulation, until, NULL, NULL, NULL), SN_OK);
}

static void assert_equal(const sn_simulation *a, const sn_simulation *b)
{
    const size_t size = sn_simulation_state_size(a) * sizeof(double);
    double *left = malloc(size), *right = malloc(size);
    ck_assert_uint_eq(size, sn_simulation_state_size(b) * sizeof(double));
    sn_simulation_save(a, left);
    sn_simulation_save(b, right);
    ck_assert_mem_eq(left, right, size);
    free(left);
    free(right);
}

/* Points of 1, 5 and 70 replicas and two depths, some of them done before. */
static const char sweep[] = "{\"kind\": \"simulate\", \"seed\": 3, \"samples\": 4,"
                            " \"network\": {\"width\": 13, \"activation\": {\"name\": \"selu\"}},"
                            " \"sweep\": {\"/network/depth\": [3, 9], \"/replicas\": [5, 1, 70]}}";

START_TEST(rounds_are_runs)
{
    static const size_t done[6] = {0, 1, 33, 2, 0, 70};
    sn_config *config = parse(sweep);
    sn_identity identity;
    sn_rounds *rounds;
    const sn_watch watch = {0};
    ck_assert_uint_eq(config->n_points, 6);
    ck_assert_int_eq(sn_identity_make(config, &identity, NULL), SN_OK);
    ck_assert_int_eq(sn_rounds_new(config, "test", &identity, done, 2, &watch, &rounds, NULL),
                     SN_OK);
    for (size_t point = 0; point < 6; point++) {
        const size_t replicas = config->points[point].simulate.run.replicas;
        sn_simulation *straight = new_simulation(config, point),
                      *added = new_simulation(config, point);
        run_until(straight, replicas);
        run_until(added, done[point]);
        for (size_t i = done[point]; i < replicas; i++) {
            const double *record;
            ck_assert_int_eq(sn_rounds_record(rounds, point, i, &record, NULL), SN_OK);
            sn_simulation_add(added, record);
        }
        ck_assert_uint_eq(sn_simulation_done(added), replicas);
        assert_equal(straight, added);
        sn_simulation_free(straight);
        sn_simulation_free(added);
    }
    sn_rounds_free(rounds);
    sn_identity_free(&identity);
    sn_config_free(config);
}
END_TEST

static int stopped_from_the_third(void *context)
{
    return ++*(int *)context >= 3 ? SIGINT : 0;
}

START_TEST(rounds_stop)
{
    static const size_t done[6] = {0};
    int asked = 0;
    sn_config *config = parse(sweep);
    sn_identity identity;
    sn_rounds *rounds;
    const sn_watch watch = {.stopped = stopped_from_the_third, .context = &asked};
    const double *record;
    size_t got = 0;
    ck_assert_int_eq(sn_identity_make(config, &identity, NULL), SN_OK);
    ck_assert_int_eq(sn_rounds_new(config, "test", &identity, done, 1, &watch, &rounds, NULL),
                     SN_OK);
    while (got < 5 && sn_rounds_record(rounds, 0, got, &record, NULL) == SN_OK)
        got++;
    ck_assert_uint_lt(got, 5);
    ck_assert_int_eq(sn_rounds_record(rounds, 0, got, &record, NULL), SN_EINTERRUPTED);
    sn_rounds_free(rounds);
    sn_identity_free(&identity);
    sn_config_free(config);
}
END_TEST

static sn_simulation *under_way;

static void on_alarm(int number)
{
    (void)number;
    sn_simulation_stop(under_way);
}

static void set_alarm(long microseconds)
{
    const struct sigaction action = {.sa_handler = on_alarm};
    const struct itimerval once = {.it_value = {0, (int)microseconds}};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &once, NULL);
}

/* A replica of half a minute is given up within, and counts for nothing. */
START_TEST(a_replica_is_given_up)
{
    sn_config *config =
        parse("{\"kind\": \"simulate\", \"replicas\": 2, \"samples\": 256, \"method\": \"direct\","
              " \"precision\": \"double\", \"network\": {\"width\": 2048, \"depth\": 400}}");
    under_way = new_simulation(config, 0);
    set_alarm(50000);
    sn_error err = {0};
    ck_assert_int_eq(sn_simulation_run(under_way, 2, NULL, NULL, &err), SN_EINTERRUPTED);
    ck_assert_uint_eq(sn_simulation_done(under_way), 0);
    double *records = malloc(2 * sn_simulation_record_size(under_way) * sizeof(double));
    ck_assert_uint_eq(sn_simulation_compute(under_way, 0, 2, records), 0); /* it stays stopped */
    free(records);
    sn_simulation_free(under_way);
    sn_config_free(config);
}
END_TEST

/* Stopped in the middle of many, saved, loaded: the same bits. */
START_TEST(stopped_goes_on)
{
    sn_config *config =
        parse("{\"kind\": \"simulate\", \"seed\": 9, \"replicas\": 900, \"samples\": 8,"
              " \"network\": {\"width\": 64, \"depth\": 20}}");
    sn_simulation *straight = new_simulation(config, 0), *resumed = new_simulation(config, 0);
    under_way = new_simulation(config, 0);
    set_alarm(30000);
    const sn_status status = sn_simulation_run(under_way, 900, NULL, NULL, NULL);
    NOTE("stopped after %zu of 900 replicas", sn_simulation_done(under_way));
    ck_assert(status == SN_EINTERRUPTED || sn_simulation_done(under_way) == 900);
    double *state = malloc(sn_simulation_state_size(under_way) * sizeof(double));
    sn_simulation_save(under_way, state);
    ck_assert_int_eq(sn_simulation_load(resumed, state, NULL), SN_OK);
    run_until(resumed, 900);
    run_until(straight, 900);
    assert_equal(straight, resumed);
    free(state);
    sn_simulation_free(under_way);
    sn_simulation_free(straight);
    sn_simulation_free(resumed);
    sn_config_free(config);
}
END_TEST

UNIT_MAIN("rounds", rounds_are_runs, rounds_stop, a_replica_is_given_up, stopped_goes_on)
