/* The pictures of activations and the nets built of them: curves, correlations, phases, targets,
 * residual blocks, designs. */
#include "report/picture.h"

#include <dirent.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness.h"
#include "pictures.h"
#include "report/heads.h"
#include "report/tsv.h"

enum { SIDE = 40, POINTS = 61, BLOCKS = 24 };

typedef struct tables {
    sn_table *curve, *correlations, *points, *phases, *line, *targets, *blocks, *designs;
} tables;

static sn_table *curve_table(const char *name, size_t rows, double scale)
{
    static const char *const names[] = {"x", "value", "derivative", "density"};
    sn_table *table = new_table(name, 4, names, 0);
    for (size_t i = 0; i < rows; i++) {
        const double x = -4 + 8.0 * (double)i / (POINTS - 1), t = tanh(x);
        add(table, NULL, (double[]){x, scale * t, scale * (1 - t * t), 0.4 * exp(-x * x / 2)});
    }
    return table;
}

/* Of no activation: chi1 = tau / (1 + bias) / critical, and the signal
 * dies below tau = 0.4 and explodes above 3. */
static sn_table *phase_table(const char *name, double critical)
{
    static const char *const names[] = {"tau", "bias_variance", "q", "chi1"};
    sn_table *table = new_table(name, 4, names, 0);
    for (int j = 0; j < SIDE; j++)
        for (int i = 0; i < SIDE; i++) {
            const double tau = 4.0 * i / (SIDE - 1), bias = 1.0 * j / (SIDE - 1);
            const double q = tau < 0.4 ? 0 : tau > 3 ? INFINITY : 1 + bias;
            add(table, NULL, (double[]){tau, bias, q, tau / (1 + bias) / critical});
        }
    return table;
}

/* The line of that, which begins below 0 and, half-way, repels. */
static sn_table *line_table(const char *name, double tau_from, double tau_to, double bias_shift)
{
    static const char *const names[] = {"q", "tau", "bias_variance", "attracting"};
    sn_table *table = new_table(name, 4, names, 0);
    for (int i = 0; i < POINTS; i++) {
        const double tau = tau_from + (tau_to - tau_from) * i / (POINTS - 1);
        add(table, NULL,
            (double[]){1e6, tau, tau_from < tau_to ? tau / 1.4 - 1 + bias_shift : bias_shift,
                       i < POINTS / 2});
    }
    return table;
}

static sn_table *target_table(const char *name, double shift, bool attracting)
{
    static const char *const names[] = {"mu", "nu", "solutions", "attracting"};
    sn_table *table = new_table(name, 4, names, 0);
    for (int j = 0; j < SIDE; j++)
        for (int i = 0; i < SIDE; i++) {
            const double mu = -2 + 4.0 * i / (SIDE - 1), nu = pow(10, -2 + 4.0 * j / (SIDE - 1));
            const double count = floor(log10(nu) - mu * mu / 4 + 1.5 + shift);
            add(table, NULL,
                (double[]){mu, nu, i + j == 0 ? NAN : fmax(count, shift),
                           attracting && fabs(mu) < 1});
        }
    return table;
}

static sn_table *block_table(const char *name, const char *text, double factor, int count)
{
    static const char *const names[] = {"net", "block", "variance", "gradient_log10"};
    sn_table *table = new_table(name, 4, names, 1);
    for (int k = 0; k < 3; k++)
        for (int l = 1; l <= count; l++) {
            const double v = pow(k == 0 ? factor : 1 + 0.04 * k, l);
            add(table,
                k == 0   ? text
                : k == 1 ? "plain"
                         : "NFNet",
                (double[]){l, v, (k == 0 ? log10(factor) : 0.01) * l});
        }
    return table;
}

static sn_table *design_table(const char *name, const char *text, int solutions)
{
    static const char *const names[] = {"solution", "x", "value"};
    sn_table *table = new_table(name, 3, names, 1);
    for (int k = 0; k < solutions; k++)
        for (int i = 0; i < POINTS; i++) {
            char label[128];
            const double x = -3 + 6.0 * i / (POINTS - 1);
            snprintf(label, sizeof label, "%d: %s", k + 1, text);
            add(table, label, (double[]){x, x > 0 ? x : (0.5 + k) * expm1(x)});
        }
    return table;
}

static void write_table(sn_folder *folder, const sn_table *table, size_t scan, size_t keys)
{
    const sn_tsv_layout layout = {.scan_rows = scan, .key_columns = keys};
    ck_assert_int_eq(sn_tsv_write(folder, table, &layout, NULL), SN_OK);
}

static sn_folder *fill(tables *t, const char *text)
{
    *t = (tables){curve_table("curve", POINTS, 1),
                  new_table("correlations", 3, (const char *const[]){"c", "c_next", "slope"}, 0),
                  new_table("correlation_points", 2, (const char *const[]){"c", "attracting"}, 0),
                  phase_table("phases", 1.4),
                  line_table("critical_line", 1, 3, 0),
                  target_table("targets", 0, true),
                  block_table("blocks", text, 0.01, BLOCKS),
                  design_table("designs", text, 4)};
    for (int i = 0; i < POINTS; i++) {
        const double c = -1 + 2.0 * i / (POINTS - 1);
        add(t->correlations, NULL, (double[]){c, 0.2 + 0.3 * c + 0.5 * c * c, 0.3 + c});
    }
    add(t->points, NULL, (double[]){0.4, 1});
    add(t->points, NULL, (double[]){1, 0});
    sn_folder *folder;
    ck_assert_int_eq(sn_folder_create("out", false, &folder, NULL), SN_OK);
    write_table(folder, t->curve, 0, 0);
    write_table(folder, t->correlations, 0, 0);
    write_table(folder, t->phases, SIDE, 0);
    write_table(folder, t->targets, SIDE, 0);
    write_table(folder, t->blocks, 0, 1);
    write_table(folder, t->designs, 0, 1);
    return folder;
}

static void publish(sn_folder *folder, tables *t)
{
    cJSON *result = cJSON_CreateObject();
    ck_assert_int_eq(sn_folder_write_result(folder, result, NULL), SN_OK);
    cJSON_Delete(result);
    ck_assert_int_eq(sn_folder_commit(folder, NULL), SN_OK);
    sn_folder_discard(folder);
    sn_table *const all[] = {t->curve, t->correlations, t->points, t->phases,
                             t->line,  t->targets,      t->blocks, t->designs};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        sn_table_free(all[i]);
}

static const double target[] = {0.2385, 1.385};

static sn_picture picture_of(const tables *t, const char *kind)
{
    return (sn_picture){.kind = kind,
                        .title = "A title: τ, σ",
                        .subtitle = "ensemble map · selu",
                        .curve = t->curve,
                        .correlations = t->correlations,
                        .correlation_points = t->points,
                        .phases = t->phases,
                        .phase_columns = SIDE,
                        .critical_line = t->line,
                        .targets = t->targets,
                        .target_columns = SIDE,
                        .y_log = strcmp(kind, "solutions") == 0,
                        .target = target,
                        .blocks = t->blocks,
                        .solutions_curves = t->designs};
}

static const char *const kinds[] = {"activation", "correlation", "phase",
                                    "solutions",  "growth",      "designs"};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

/* That a finished picture draws with gnuplot alone, into more than an empty frame and without a
 * complaint, and that its SVG says what is expected. */
static void check_drawn(const char *name, const char *format, const char *const *says)
{
    char path[256], command[512];
    snprintf(command, sizeof command, "cd out && gnuplot -e \"format='%s'\" %s.gp 2>log", format,
             name);
    ck_assert_msg(system(command) == 0, "%s", command);
    char *log = read_whole("out/log");
    ck_assert_msg(log[0] == '\0', "%s complains: %s", name, log);
    free(log);
    snprintf(path, sizeof path, "out/%s.%s", name, format);
    char *text = read_whole(path);
    ck_assert_msg(size_of(path) > 8000, "%s has %ld bytes", path, size_of(path));
    for (; says != NULL && *says != NULL; says++)
        ck_assert_msg(strstr(text, *says) != NULL, "%s does not say %s", path, *says);
    free(text);
}

START_TEST(every_kind_draws_in_every_format)
{
    static const char *const says[KINDS][8] = {
        {"activation f(x)", "derivative f′(x)", "density of x"},
        {"attracting", "not attracting", "R(c) = c"},
        {"ordered", "chaotic", "edge of chaos", "edge where q repels", "signal dies",
         "signal explodes"},
        {"not known", "no solution", "1 solution", "2 or more", "1, attracting",
         "2 or more, attracting", "target"},
        {"relu", "plain", "NFNet", "variance", "growth of the squared gradient"},
        {"1: relu", "4: relu"}};
    enter();
    tables t;
    sn_error err = {0};
    sn_folder *folder = fill(&t, "relu");
    for (size_t i = 0; i < KINDS; i++) {
        const sn_picture picture = picture_of(&t, kinds[i]);
        ck_assert_ptr_nonnull(sn_plot_kind_find(kinds[i]));
        ck_assert_msg(sn_picture_write(folder, &picture, &err) == SN_OK, "%s", err.message);
        ck_assert_msg(sn_picture_draw(folder, kinds[i], "pdf", &err) == SN_OK, "%s", err.message);
    }
    publish(folder, &t);
    for (size_t i = 0; i < KINDS; i++) {
        check_drawn(kinds[i], "png", NULL);
        check_drawn(kinds[i], "svg", says[i]);
        char command[128];
        snprintf(command, sizeof command,
                 "cd out && gnuplot -e \"format='terminal'\" %s.gp 2>&1 >text | grep . ", kinds[i]);
        ck_assert_int_ne(system(command), 0); /* no complaint */
    }
    leave();
}
END_TEST

START_TEST(text_stays_text)
{
    static const char *const hostile[] = {
        "it's '.system('touch pwned').' \"`touch pwned`\"",
        "_a^b{/Symbol c} \xff %s%d @name $critical\n!touch pwned"};
    for (size_t h = 0; h < 2; h++) {
        enter();
        tables t;
        sn_folder *folder = fill(&t, hostile[h]);
        for (size_t i = 0; i < KINDS; i++) {
            sn_picture picture = picture_of(&t, kinds[i]);
            picture.title = picture.subtitle = hostile[h];
            ck_assert_int_eq(sn_picture_write(folder, &picture, NULL), SN_OK);
        }
        publish(folder, &t);
        for (size_t i = 0; i < KINDS; i++)
            check_drawn(kinds[i], "svg",
                        (const char *const[]){h == 0
                                                  ? "it’s ’.system(’touch pwned’).’"
                                                  : "_a^b{/Symbol c} \uFFFD %s%d @name $critical",
                                              NULL});
        ck_assert_int_eq(access("out/pwned", F_OK), -1);
        leave();
    }
}
END_TEST

/* relu is critical at (2, 0), at any q, but for rounding; a part of a line below 0 is left out, and
 * ends on the axis. */
START_TEST(critical_sets)
{
    enter();
    tables t;
    sn_folder *folder = fill(&t, "relu");
    static const struct {
        const char *name;
        double from, to, shift;
        const char *says, *script;
    } cases[] = {
        {"point", 2, 2, -1e-11, "critical at (2, 0) only", "critical_count = 0"},
        {"elsewhere", 2.385, 2.385, 0.385, "critical at (2.385, 0.385) only",
         "critical_bias = 0.385"},
        {"none", 1, 1.2, -0.1, "signal dies", "critical_count = 0\nrepelling_count = 0"},
        {"repelling", 1, 1.2, 0.5, "edge of chaos", "repelling_count = 31"},
        {"crossing", 1, 3, 0, "edge of chaos", "\n1.4\t0\t1\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        sn_table *line = line_table("line", cases[i].from, cases[i].to, cases[i].shift);
        sn_picture picture = picture_of(&t, "phase");
        picture.name = cases[i].name;
        picture.critical_line = line;
        ck_assert_int_eq(sn_picture_write(folder, &picture, NULL), SN_OK);
        sn_table_free(line);
    }
    publish(folder, &t);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char path[64];
        check_drawn(cases[i].name, "svg", (const char *const[]){cases[i].says, NULL});
        snprintf(path, sizeof path, "out/%s.gp", cases[i].name);
        char *script = read_whole(path);
        ck_assert_msg(strstr(script, cases[i].script) != NULL, "%s: %s", path, cases[i].script);
        free(script);
    }
    leave();
}
END_TEST

/* Sets every cell of the columns from one on to a value. */
static void flood(sn_table *table, size_t column, double value)
{
    for (size_t i = 0; i < sn_table_rows(table); i++)
        for (size_t j = column; j < sn_table_columns(table); j++)
            sn_table_set_real(table, i, j, value);
}

START_TEST(unusual_data_still_draw)
{
    static const double values[] = {NAN, 0, INFINITY, 2.385e200};
    for (size_t v = 0; v < sizeof values / sizeof values[0]; v++) {
        enter();
        tables t;
        sn_error err = {0};
        sn_folder *folder = fill(&t, "");
        sn_table *const same[] = {t.curve,   t.correlations, t.phases,
                                  t.targets, t.blocks,       t.designs};
        static const size_t from[] = {1, 1, 2, 2, 2, 2};
        sn_picture pictures[KINDS];
        for (size_t i = 0; i < KINDS; i++) {
            pictures[i] = picture_of(&t, kinds[i]);
            flood(same[i], from[i], values[v]);
        }
        pictures[1].correlation_points = NULL;
        pictures[2].critical_line = NULL;
        pictures[2].x_log = pictures[2].y_log = true; /* from 0: not possible */
        pictures[3].target = NULL;
        /* Written anew, with other names of the same columns. */
        sn_folder_discard(folder);
        ck_assert_int_eq(sn_folder_create("out", false, &folder, NULL), SN_OK);
        for (size_t i = 0; i < KINDS; i++) {
            write_table(folder, same[i], i == 2 || i == 3 ? SIDE : 0, i >= 4);
            ck_assert_msg(sn_picture_write(folder, &pictures[i], &err) == SN_OK, "%s", err.message);
            ck_assert_msg(sn_picture_draw(folder, kinds[i], "png", &err) == SN_OK, "%s",
                          err.message);
        }
        publish(folder, &t);
        leave();
    }
}
END_TEST

START_TEST(small_and_large_tables)
{
    enter();
    tables t;
    sn_error err = {0};
    sn_folder *folder = fill(&t, "relu");
    sn_table *one = curve_table("one", 1, 1), *large = curve_table("large", POINTS, 1e12);
    sn_table *block = block_table("block", "relu", 1e30, 1);
    sn_table *many = design_table("many", "relu", 12), *single = design_table("single", "relu", 1);
    sn_table *none = target_table("none", -9, false), *two = target_table("two", 9, false);
    write_table(folder, one, 0, 0);
    write_table(folder, large, 0, 0);
    write_table(folder, block, 0, 1);
    write_table(folder, many, 0, 1);
    write_table(folder, single, 0, 1);
    write_table(folder, none, SIDE, 0);
    write_table(folder, two, SIDE, 0);
    const double outside[] = {77, -1};
    const sn_picture pictures[] = {
        {.kind = "activation", .name = "one", .curve = one},
        {.kind = "activation", .name = "large", .curve = large},
        {.kind = "growth", .name = "block", .blocks = block},
        {.kind = "designs", .name = "many", .solutions_curves = many},
        {.kind = "designs", .name = "single", .solutions_curves = single},
        {.kind = "solutions", .name = "none", .targets = none, .target_columns = SIDE},
        {.kind = "solutions",
         .name = "two",
         .targets = two,
         .target_columns = SIDE,
         .target = outside,
         .y_log = true},
        {.kind = "phase", .name = "bare", .phases = t.phases, .phase_columns = SIDE},
    };
    for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++) {
        ck_assert_msg(sn_picture_write(folder, &pictures[i], &err) == SN_OK, "%s", err.message);
        ck_assert_msg(sn_picture_draw(folder, pictures[i].name, "png", &err) == SN_OK, "%s: %s",
                      pictures[i].name, err.message);
    }
    sn_table *const made[] = {one, large, block, many, single, none, two};
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++)
        sn_table_free(made[i]);
    publish(folder, &t);
    check_drawn("many", "svg", (const char *const[]){"9 of 12 solutions shown", NULL});
    leave();
}
END_TEST

START_TEST(what_is_missing_is_named)
{
    enter();
    tables t;
    sn_error err = {0};
    sn_folder *folder = fill(&t, "relu");
    /* No table, an empty one, and for each column a table that lacks it. */
    static const char *const columns[KINDS][5] = {
        {"x", "value", "derivative", "density"}, {"c", "c_next"},
        {"tau", "bias_variance", "q", "chi1"},   {"mu", "nu", "solutions", "attracting"},
        {"block", "variance", "gradient_log10"}, {"x", "value"}};
    for (size_t i = 0; i < KINDS; i++) {
        for (size_t lacking = 0; lacking == 0 || columns[i][lacking - 1] != NULL; lacking++) {
            const char *names[8] = {"key"};
            size_t count = 1;
            for (size_t j = 0; columns[i][j] != NULL; j++)
                if (j + 1 != lacking)
                    names[count++] = columns[i][j];
            sn_table *table = new_table("lacking", count, names, 1);
            for (int row = 0; lacking > 0 && row < 4; row++)
                add(table, "k", (double[]){row % 2, row / 2, 1, 1});
            const sn_picture picture = {.kind = kinds[i],
                                        .curve = table,
                                        .correlations = table,
                                        .phases = table,
                                        .phase_columns = 2,
                                        .targets = table,
                                        .target_columns = 2,
                                        .blocks = table,
                                        .solutions_curves = table};
            ck_assert_int_eq(sn_picture_write(folder, &picture, &err), SN_EINVAL);
            ck_assert_msg(strstr(err.message, lacking > 0 ? columns[i][lacking - 1] : kinds[i]),
                          "%s", err.message);
            sn_table_free(table);
        }
        const sn_picture nothing = {.kind = kinds[i]};
        ck_assert_int_eq(sn_picture_write(folder, &nothing, &err), SN_EINVAL);
        ck_assert_ptr_nonnull(strstr(err.message, kinds[i]));
    }
    sn_picture picture = picture_of(&t, "phase");
    picture.phase_columns = SIDE - 1;
    ck_assert_int_eq(sn_picture_write(folder, &picture, &err), SN_EINVAL);
    picture = picture_of(&t, "phase");
    picture.critical_line = t.points;
    ck_assert_int_eq(sn_picture_write(folder, &picture, &err), SN_EINVAL);
    ck_assert_ptr_nonnull(strstr(err.message, "correlation_points"));
    picture = picture_of(&t, "correlation");
    picture.correlation_points = t.curve;
    ck_assert_int_eq(sn_picture_write(folder, &picture, &err), SN_EINVAL);
    ck_assert_int_eq(sn_picture_draw(folder, "phase", "png", &err), SN_ETOOL); /* no script */
    publish(folder, &t);
    ck_assert_int_eq(setenv("PATH", "/nowhere", 1), 0);
    ck_assert_int_eq(sn_picture_render("out", "phase", "png", &err), SN_ETOOL);
    leave();
}
END_TEST

static unsigned char part_of(const sn_table *grid, size_t row, const size_t *columns)
{
    return (unsigned char)sn_table_real(grid, row, columns[0]);
}

/* Rectangles cover each cell of a part once and no other; where a text goes, there is room. */
START_TEST(parts_of_a_grid)
{
    enum { NX = 23, NY = 17, TRIES = 200 };
    const size_t column = 2;
    unsigned long state = 2385;
    size_t rooms = 0;
    for (int try = 0; try < TRIES; try++) {
        sn_table *grid = new_table("grid", 3, (const char *const[]){"x", "y", "part"}, 0);
        state = state * 6364136223846793005UL + 1442695040888963407UL;
        const int coarse = 1 + (int)(state >> 33) % 9;
        for (int j = 0; j < NY; j++)
            for (int i = 0; i < NX; i++) {
                const unsigned long cell =
                    ((unsigned long)(i / coarse) * 31 + (unsigned long)(j / coarse) * 57 + state)
                    * 6364136223846793005UL;
                add(grid, NULL, (double[]){pow(10, i), 0.5 * j, (double)(cell >> 61 < 5)});
            }
        const sn_head_sides sides = {grid, NX, 0, 1, true, false};
        sn_head_parts parts;
        char *script = NULL;
        size_t length;
        FILE *file = open_memstream(&script, &length);
        ck_assert_int_eq(sn_head_parts_make(&sides, part_of, &column, &parts, NULL), SN_OK);
        ck_assert_int_eq(sn_head_parts_patches(&parts, 1, file, "some", NULL), SN_OK);
        fclose(file);
        int covered[NY][NX] = {{0}};
        char *line = strchr(script, '<');
        double x[2], y[2];
        while ((line = strchr(line, '\n')) != NULL
               && sscanf(++line, "%lf %lf %lf %lf", &x[0], &x[1], &y[0], &y[1]) == 4)
            for (int j = 0; j < NY; j++)
                for (int i = 0; i < NX; i++)
                    covered[j][i] += i > x[0] && i < x[1] && 0.5 * j > y[0] && 0.5 * j < y[1];
        free(script);
        for (int j = 0; j < NY; j++)
            for (int i = 0; i < NX; i++)
                ck_assert_int_eq(covered[j][i], parts.part[j * NX + i]);
        const double wide = 0.2, high = 0.1;
        if (sn_head_parts_room(&parts, 1, wide, high, &x[0], &y[0])) {
            rooms++;
            for (int j = 0; j < NY; j++)
                for (int i = 0; i < NX; i++)
                    if (fabs(i - x[0]) < wide / 2 * NX - 1
                        && fabs(j - 2 * y[0]) < high / 2 * NY - 1)
                        ck_assert_int_eq(parts.part[j * NX + i], 1);
        }
        sn_head_parts_free(&parts);
        sn_table_free(grid);
    }
    NOTE("room in %zu of %d", rooms, TRIES);
    ck_assert_uint_gt(rooms, TRIES / 10);
    ck_assert_uint_lt(rooms, TRIES);
}
END_TEST

UNIT_MAIN("picture_gain", every_kind_draws_in_every_format, text_stays_text, critical_sets,
          unusual_data_still_draw, small_and_large_tables, what_is_missing_is_named,
          parts_of_a_grid)
