#include "report/picture.h"

#include <dirent.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness.h"
#include "pictures.h"
#include "report/script.h"
#include "report/tsv.h"

enum { GRID = 12, LAYERS = 9, LAYER_COLUMNS = 15 };

static sn_table *grid_table(void)
{
    static const char *const names[] = {"mu", "nu", "dmu", "dnu", "spectral_norm"};
    sn_table *table = new_table("map", 5, names, 0);
    for (int i = 0; i < GRID; i++)
        for (int j = 0; j < GRID; j++) {
            const double mu = -1 + 2.0 * j / (GRID - 1), nu = 0.1 + 3.9 * i / (GRID - 1);
            add(table, NULL,
                (double[]){mu, nu, -0.9 * mu, 0.3 * (1 - nu) + mu * mu, 0.6 + mu * mu + 0.1 / nu});
        }
    sn_table_set_real(table, 17, 3, NAN); /* the map was undefined there */
    return table;
}

static sn_table *trajectory_table(void)
{
    static const char *const names[] = {"trajectory", "layer", "mu", "nu"};
    sn_table *table = new_table("trajectories", 4, names, 0);
    for (int t = 0; t < 3; t++)
        for (int l = 0; l < LAYERS; l++)
            add(table, NULL, (double[]){t, l, (t - 1) * pow(0.5, l), 1 + (t + 1) * pow(0.7, l)});
    return table;
}

static sn_table *fixed_table(void)
{
    static const char *const names[] = {"mu", "nu", "attracting"};
    sn_table *table = new_table("fixed_points", 3, names, 0);
    add(table, NULL, (double[]){0, 1, 1});
    add(table, NULL, (double[]){0.385, 2.385, 0});
    return table;
}

static const char *const layer_columns[] = {"activation",
                                            "width",
                                            "layer",
                                            "mean",
                                            "mean_se",
                                            "mean_theory",
                                            "variance",
                                            "variance_se",
                                            "variance_theory",
                                            "variance_sd",
                                            "replicas",
                                            "gradient_log10",
                                            "gradient_log10_se",
                                            "gradient_log10_theory",
                                            "gradient_clipped"};

/* One network that stays, one that dies and one that explodes and ends early, each at two widths.
 */
static sn_table *layer_table(const char *text)
{
    sn_table *table = new_table("layers", LAYER_COLUMNS, layer_columns, 1);
    for (int k = 0; k < 6; k++) {
        const char *const activations[] = {"selu", text, "linear"};
        const double factor = k / 2 == 0 ? 1 : k / 2 == 1 ? 1e-40 : 1e40;
        const double width = k % 2 == 0 ? 32 : 128, sd = 0.7 / sqrt(width);
        for (int l = 0; l < (k / 2 == 2 ? 7 : LAYERS); l++) {
            const double v = pow(factor, l);
            add(table, activations[k / 2],
                (double[]){width, l, 0.01 * k * v, 0.02 * v, 0, v, 0.1 * v, k == 1 ? NAN : v,
                           sd * v, 32, (LAYERS - l) * log10(factor), 0.2385, 3 * (k - 2) * l,
                           k == 3 ? 1 : NAN});
        }
    }
    return table;
}

/* Cells for all kinds that are made of them: over x and y and, the same numbers, omega and tau, mu
 * and nu; in two blocks. */
static sn_table *cell_table(const char *name, const char *verdict, double width, double value)
{
    static const char *const sides[] = {"x", "y", "omega", "tau", "mu", "nu"};
    static char names[12][16];
    sn_column columns[19] = {{"assertion", SN_INTEGER, "a key"}, {"bound", SN_INTEGER, "a key"}};
    for (size_t i = 0; i < 12; i++) {
        snprintf(names[i], sizeof names[i], "%s_%s", sides[i / 2], i % 2 == 0 ? "lower" : "upper");
        columns[2 + i] = (sn_column){names[i], SN_REAL, "an end"};
    }
    columns[14] = (sn_column){"lower", SN_REAL, "a bound"};
    columns[15] = (sn_column){"upper", SN_REAL, "a bound"};
    columns[16] = (sn_column){"contraction", SN_REAL, "a factor"};
    columns[17] = (sn_column){"layers", SN_INTEGER, "how many"};
    columns[18] = (sn_column){"verdict", SN_TEXT, "a verdict"};
    sn_table *table = sn_table_new(name, 19, columns);
    for (int i = 0; i < 2 * GRID * GRID; i++) {
        const double block = i / (GRID * GRID);
        const double x = width * (i % GRID), y = pow(2.385, i / GRID % GRID - 6);
        const double v = i % 5 == 0 ? NAN : value * (1 + i % 7);
        add(table, v == v ? "proved" : verdict,
            (double[]){block, block, x, x + width, y, 2.385 * y, x, x + width, y, 2.385 * y, x,
                       x + width, y, 2.385 * y, v - 0.1, v, v / 10, floor(v)});
    }
    return table;
}

/* The pre-activations of some layers of two networks, the second unknown after layer 2. */
static sn_table *histogram_table(const char *name, const char *text)
{
    static const char *const names[] = {"activation", "width",      "layer",         "z",
                                        "density",    "density_se", "density_normal"};
    static const double layers[] = {1, 2, 3, 4, 8, 16, 32, 64, 77};
    sn_table *table = new_table(name, 7, names, 1);
    for (int k = 0; k < 2; k++)
        for (int l = 0; l < 9; l++)
            for (int i = 0; i < 24; i++) {
                const double z = -6 + (i + 0.5) / 2, normal = exp(-z * z / 2) / sqrt(8 * atan(1));
                const double density = k == 1 && l > 1 ? NAN : i < 3 ? 0 : normal * (1 + 0.1 * k);
                add(table, text, (double[]){k, layers[l], z, density, 0.01 * density, normal});
            }
    return table;
}

/* Networks over some numbers and a text each, with every fate. */
static sn_table *network_table(const char *name, const char *text, size_t count,
                               const double *values)
{
    static const char *const names[] = {
        "activation",           "width",    "mean_last", "variance_last", "variance_last_se",
        "variance_last_theory", "exploded", "died",      "replicas",      "gradient_log10"};
    sn_table *table = new_table(name, 10, names, 1);
    const char *const activations[] = {"selu", text, "linear"};
    for (size_t i = 0; i < 3 * count; i++) {
        const size_t k = i % 3;
        const double v = pow(10, 40 * ((double)k - 1)) * 1.2385;
        const bool all = i == 2, died = i == 1;
        add(table, activations[k],
            (double[]){values[i / 3], 0.1 * (double)k - 0.1,
                       all    ? NAN
                       : died ? 0
                              : v,
                       2 * v, v, all ? 8 : k == 2, died ? 8 : k == 1, 8, -2.385e2 * (double)k});
    }
    return table;
}

typedef struct tables {
    sn_table *grid, *trajectories, *fixed, *layers, *cells, *histogram, *networks;
} tables;

static const double widths[] = {32, 64, 128, 256, 512};

static const double target[] = {0.385, 1.385, 0.9, 2.385};

static sn_picture picture_of(const tables *t, const char *kind)
{
    return (sn_picture){.kind = kind,
                        .title = "A title: μ, ν",
                        .subtitle = "neuron map · selu",
                        .grid = t->grid,
                        .grid_columns = GRID,
                        .trajectories = t->trajectories,
                        .fixed_points = t->fixed,
                        .layers = t->layers,
                        .key_columns = 2,
                        .swept = "width",
                        .histogram = t->histogram,
                        .networks = t->networks,
                        .cells = t->cells,
                        .block = 1,
                        .quantity = strcmp(kind, "sweep") == 0 ? NULL : "spectral_norm",
                        .is_upper = true,
                        .target = target};
}

static sn_folder *fill(tables *t, const char *text)
{
    *t = (tables){grid_table(),
                  trajectory_table(),
                  fixed_table(),
                  layer_table(text),
                  cell_table("cells", "refuted", 0.385, 0.2385),
                  histogram_table("histogram", text),
                  network_table("networks", text, 5, widths)};
    sn_folder *folder;
    ck_assert_int_eq(sn_folder_create("out", false, &folder, NULL), SN_OK);
    const sn_tsv_layout grid = {.scan_rows = GRID}, one = {.key_columns = 1},
                        two = {.key_columns = 2}, three = {.key_columns = 3};
    ck_assert_int_eq(sn_tsv_write(folder, t->grid, &grid, NULL), SN_OK);
    ck_assert_int_eq(sn_tsv_write(folder, t->trajectories, &one, NULL), SN_OK);
    ck_assert_int_eq(sn_tsv_write(folder, t->layers, &two, NULL), SN_OK);
    ck_assert_int_eq(sn_tsv_write(folder, t->cells, &two, NULL), SN_OK);
    ck_assert_int_eq(sn_tsv_write(folder, t->histogram, &three, NULL), SN_OK);
    return folder;
}

static void publish(sn_folder *folder, tables *t)
{
    cJSON *result = cJSON_CreateObject();
    ck_assert_int_eq(sn_folder_write_result(folder, result, NULL), SN_OK);
    cJSON_Delete(result);
    ck_assert_int_eq(sn_folder_commit(folder, NULL), SN_OK);
    sn_folder_discard(folder);
    sn_table_free(t->grid);
    sn_table_free(t->trajectories);
    sn_table_free(t->fixed);
    sn_table_free(t->layers);
    sn_table_free(t->cells);
    sn_table_free(t->histogram);
    sn_table_free(t->networks);
}

/* Up to the kinds of test_picture_gain, of which "activation" is the first. */
static const sn_plot_kind *kind_at(size_t index)
{
    const sn_plot_kind *kind = sn_plot_kind_at(index);
    return kind != NULL && strcmp(kind->name, "activation") != 0 ? kind : NULL;
}

START_TEST(every_kind_draws_in_every_format)
{
    enter();
    tables t;
    sn_error err = {0};
    sn_folder *folder = fill(&t, "relu");
    char path[256];
    for (size_t i = 0; kind_at(i) != NULL; i++) {
        const char *kind = kind_at(i)->name;
        const sn_picture picture = picture_of(&t, kind);
        ck_assert_msg(sn_picture_write(folder, &picture, &err) == SN_OK, "%s", err.message);
        for (size_t f = 0; sn_plot_format_at(f) != NULL; f++) {
            const char *format = sn_plot_format_at(f);
            if (strcmp(format, "terminal") == 0)
                continue;
            ck_assert_msg(sn_picture_draw(folder, kind, format, &err) == SN_OK, "%s", err.message);
            snprintf(path, sizeof path, "%s/%s.%s", sn_folder_directory(folder), kind, format);
            ck_assert_msg(size_of(path) > 5000, "%s has %ld bytes", path, size_of(path));
        }
    }
    publish(folder, &t);

    /* And by themselves, with nothing but gnuplot. */
    for (size_t i = 0; kind_at(i) != NULL; i++) {
        const char *kind = kind_at(i)->name;
        char command[512];
        snprintf(path, sizeof path, "out/%s.png", kind);
        ck_assert_int_eq(unlink(path), 0);
        snprintf(command, sizeof command, "cd out && gnuplot %s.gp 2>%s.log", kind, kind);
        ck_assert_int_eq(system(command), 0);
        ck_assert_int_gt(size_of(path), 5000);
        snprintf(path, sizeof path, "out/%s.log", kind);
        char *log = read_whole(path);
        ck_assert_msg(log[0] == '\0', "%s complains: %s", kind, log);
        free(log);
    }
    char **names;
    size_t count;
    ck_assert_int_eq(sn_picture_names("out", &names, &count, NULL), SN_OK);
    ck_assert_uint_eq(count, 13);
    ck_assert_str_eq(names[0], "boxes");
    ck_assert_str_eq(names[12], "variance_change");
    sn_picture_names_free(names, count);
    leave();
}
END_TEST

START_TEST(text_never_becomes_code)
{
    enter();
    static const char *const hostile[] = {
        "x'; system('touch pwned'); '",
        "`touch pwned` \"`touch pwned`\" @name $fixed",
        "\n!touch pwned\nsystem('touch pwned')\\",
        "'.system('touch pwned').'",
        "'.system('touch pwned').",
        ".system(\"touch pwned\").",
        "a''.system(\"touch pwned\").''b",
        "it's @name, \"@heading\"; '@data' touch pwned",
        "<touch pwned",
        "_a^b{/Symbol c} \xff\xc0 %s%d%n %T \t#",
    };
    for (size_t h = 0; h < sizeof hostile / sizeof hostile[0]; h++) {
        tables t;
        sn_error err = {0};
        sn_folder *folder = fill(&t, hostile[h]);
        for (size_t i = 0; kind_at(i) != NULL; i++) {
            sn_picture picture = picture_of(&t, kind_at(i)->name);
            picture.title = picture.subtitle = hostile[h];
            if (picture.quantity != NULL)
                picture.quantity = hostile[h];
            ck_assert_int_eq(sn_picture_write(folder, &picture, NULL), SN_OK);
            ck_assert_msg(sn_picture_draw(folder, picture.kind, "svg", &err) == SN_OK, "%s",
                          err.message);
        }
        publish(folder, &t);
        ck_assert_int_eq(access("pwned", F_OK), -1);
        ck_assert_int_eq(access("out/pwned", F_OK), -1);
        /* It is drawn as it stands. */
        static const char *const drawn[] = {"moments", "gradients", "path", "sweep",
                                            "distribution"};
        for (size_t i = 0; i < sizeof drawn / sizeof drawn[0]; i++) {
            char path[64];
            snprintf(path, sizeof path, "out/%s.svg", drawn[i]);
            char *svg = read_whole(path);
            const bool last = h + 1 == sizeof hostile / sizeof hostile[0];
            ck_assert_ptr_nonnull(strstr(svg, last ? "_a^b{/Symbol c}" : "touch pwned"));
            ck_assert(!last || strstr(svg, "%s%d%n") != NULL);
            free(svg);
        }
        ck_assert_int_eq(system("rm out/*"), 0);
        ck_assert_int_eq(rmdir("out"), 0);
    }
    leave();
}
END_TEST

START_TEST(unusual_data_still_draw)
{
    enter();
    tables t;
    sn_error err = {0};
    sn_folder *folder = fill(&t, "");
    sn_table *flat = new_table("flat", 3, (const char *const[]){"omega", "tau", "dnu"}, 0);
    for (int i = 0; i < 4; i++)
        add(flat, NULL, (double[]){i % 2, pow(10, i / 2), 2.385}); /* the same everywhere */
    sn_table *none = new_table("none", LAYER_COLUMNS, layer_columns, 1);
    for (int l = 0; l < 2; l++) /* a network of which nothing is known */
        add(none, "a b",
            (double[]){32, l, NAN, NAN, NAN, INFINITY, NAN, NAN, NAN, 0, -INFINITY, NAN, NAN, 0});
    sn_table *many = new_table("many", LAYER_COLUMNS, layer_columns, 1);
    for (int k = 0; k < 12; k++)
        add(many, "selu",
            (double[]){k + 1.0, 0, 0.1 * k, 0.1, NAN, k, 0.1, NAN, 0.1, 8, 0.02385, NAN, NAN, NAN});
    ck_assert_int_eq(sn_tsv_write(folder, flat, &(sn_tsv_layout){.scan_rows = 2}, NULL), SN_OK);
    ck_assert_int_eq(sn_tsv_write(folder, none, &(sn_tsv_layout){.key_columns = 2}, NULL), SN_OK);
    ck_assert_int_eq(sn_tsv_write(folder, many, &(sn_tsv_layout){.key_columns = 2}, NULL), SN_OK);
    const sn_picture pictures[] = {
        {.kind = "variance_change",
         .grid = flat,
         .grid_columns = 2,
         .x = "omega",
         .y = "tau",
         .y_log = true},
        {.kind = "moments", .name = "none", .layers = none, .key_columns = 2},
        {.kind = "spread",
         .name = "none_spread",
         .layers = none,
         .key_columns = 2,
         .swept = "width"},
        {.kind = "moments", .name = "many", .layers = many, .key_columns = 2},
        {.kind = "spread",
         .name = "many_spread",
         .layers = many,
         .key_columns = 2,
         .swept = "width"},
        {.kind = "field", .grid = t.grid, .grid_columns = GRID, .y_log = true},
        {.kind = "moments", .name = "unswept", .layers = many},
        {.kind = "gradients", .name = "none_gradients", .layers = none, .key_columns = 2},
        {.kind = "gradients", .name = "many_gradients", .layers = many, .key_columns = 2},
        {.kind = "path",
         .name = "none_path",
         .layers = none,
         .key_columns = 2,
         .grid = t.grid,
         .grid_columns = GRID},
        {.kind = "path",
         .name = "many_path",
         .layers = many,
         .key_columns = 2,
         .grid = t.grid,
         .grid_columns = GRID,
         .y_log = true,
         .fixed_points = t.fixed},
    };
    for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++) {
        const char *name = pictures[i].name != NULL ? pictures[i].name : pictures[i].kind;
        ck_assert_msg(sn_picture_write(folder, &pictures[i], &err) == SN_OK, "%s", err.message);
        ck_assert_msg(sn_picture_draw(folder, name, "png", &err) == SN_OK, "%s", err.message);
    }
    sn_table_free(flat);
    sn_table_free(none);
    sn_table_free(many);
    publish(folder, &t);
    leave();
}
END_TEST

static bool draws(sn_folder *folder, const sn_picture *picture)
{
    sn_error err = {0};
    const bool drawn = sn_picture_write(folder, picture, &err) == SN_OK
                       && sn_picture_draw(folder, picture->name, "svg", &err) == SN_OK;
    if (!drawn)
        NOTE("%s: %s", picture->name, err.message);
    return drawn;
}

/* Whether a file of the folder has a line, or a part of one. */
static bool has(const sn_folder *folder, const char *file, const char *part)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", sn_folder_directory(folder), file);
    char *text = read_whole(path);
    const bool found = strstr(text, part) != NULL;
    free(text);
    return found;
}

START_TEST(sweeps_stand_where_their_values_say)
{
    enter();
    tables t;
    sn_folder *folder = fill(&t, "a_b");
    static const struct {
        const char *name, *places, *label;
        size_t count;
        double values[5];
    } cases[] = {
        /* log10 of 0.125, 0.25, 0.5, 1 */
        {"even_logarithms",
         "x_places[4] = [-0.90308998699194",
         ">0.125<",
         4,
         {1, 0.125, 0.5, 0.25}},
        {"even", "x_places[3] = [2.385, 3.385, 4.385]", ">3.385<", 3, {2.385, 3.385, 4.385}},
        {"uneven", "x_places[4] = [0, 1, 2, 3]", ">−1000<", 4, {-1000, 0, 1, 2.385}},
        {"one", "x_places[1] = [0]", ">1e+100<", 1, {1e100}},
        {"unknown", "x_places[3] = [0, 1, 2]", ">none<", 3, {1, NAN, 2}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char file[64];
        sn_table *networks = network_table(cases[i].name, "a_b", cases[i].count, cases[i].values);
        sn_picture picture = {.kind = "sweep",
                              .name = cases[i].name,
                              .networks = networks,
                              .key_columns = 2,
                              .x = "width",
                              .y = "activation"};
        ck_assert(draws(folder, &picture));
        snprintf(file, sizeof file, "%s.gp", cases[i].name);
        ck_assert_msg(has(folder, file, cases[i].places), "%s", file);
        snprintf(file, sizeof file, "%s.svg", cases[i].name);
        ck_assert_msg(has(folder, file, cases[i].label), "%s", file);
        ck_assert(has(folder, file, ">a_b<")); /* words are not markup */
        ck_assert(has(folder, file, "all died"));
        sn_table_free(networks);
    }
    publish(folder, &t);
    leave();
}
END_TEST

START_TEST(sweeps_of_any_number_of_keys)
{
    enter();
    tables t;
    sn_folder *folder = fill(&t, "relu");
    static const char *const quantities[] = {"variance_last", "mean_last", "gradient_log10"};
    for (size_t i = 0; i < 12; i++) {
        char name[64];
        snprintf(name, sizeof name, "sweep_%zu", i);
        const sn_picture picture = {.kind = "sweep",
                                    .name = name,
                                    .networks = t.networks,
                                    .key_columns = 1 + i / 3 % 3,
                                    .about_theory = i >= 9,
                                    .quantity = quantities[i % 3]};
        ck_assert(draws(folder, &picture));
    }
    ck_assert(has(folder, "sweep_3.gp", "is_cells = 1"));
    ck_assert(!has(folder, "sweep_0.gp", "is_cells = 1"));
    /* Three networks at the first width: one died, one exploded, one of the others in part. */
    ck_assert(has(folder, "sweep_3.gp", "exploded_some = 4; exploded_all = 1"));
    ck_assert(has(folder, "sweep_3.gp", "died_some = 4; died_all = 1"));
    publish(folder, &t);
    leave();
}
END_TEST

START_TEST(few_layers_tell_of_many)
{
    enter();
    tables t;
    sn_folder *folder = fill(&t, "relu");
    const sn_picture picture = {
        .kind = "distribution", .name = "deep", .histogram = t.histogram, .key_columns = 2};
    ck_assert(draws(folder, &picture));
    /* 1, 2, 4, 8, 16, 32, 64, 77 are eight: every one and two fifths of them. Layer l of the first
     * network is its l-th block. */
    ck_assert(has(folder, "deep.gp", "layers[6] = [1, 2, 8, 16, 64, 77]"));
    ck_assert(has(folder, "deep.gp", "blocks[36] = [0, 1, 4, 5, 7, 8, 9, 10, -1, -1, -1, -1]"));
    ck_assert(has(folder, "deep.svg", "layer 77"));

    sn_table *nothing = histogram_table("nothing", "selu");
    for (size_t i = 0; i < sn_table_rows(nothing); i++)
        sn_table_set_real(nothing, i, 4, NAN);
    ck_assert_int_eq(sn_tsv_write(folder, nothing, &(sn_tsv_layout){.key_columns = 3}, NULL),
                     SN_OK);
    ck_assert(draws(folder, &(sn_picture){.kind = "distribution",
                                          .name = "unknown",
                                          .histogram = nothing,
                                          .key_columns = 2}));
    sn_table_free(nothing);
    publish(folder, &t);
    leave();
}
END_TEST

/* The axis of gradients names powers of ten, 1, 2, 5 or round numbers, as far as it reaches. */
START_TEST(logarithms_are_named_as_powers)
{
    enter();
    tables t;
    sn_folder *folder = fill(&t, "relu");
    static const struct {
        const char *name, *label, *other;
        double from, to;
    } cases[] = {
        {"hundreds", "−400", "200", -400, 250},
        {"decades", ">−7<", ">−5<", -7.2385, -3},
        {"few", ">0.05<", ">0.2<", -1.5, -0.2385},
        {"close", ">0.95<", ">1.05<", -0.01, 0.01},
        {"far_and_close", "2.5·10", ">200<", 200.2385, 200.5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char file[64];
        sn_table *table =
            new_table(cases[i].name, 2, (const char *const[]){"layer", "gradient_log10"}, 0);
        for (int l = 0; l < 2; l++)
            add(table, NULL, (double[]){l, l == 0 ? cases[i].from : cases[i].to});
        ck_assert_int_eq(sn_tsv_write(folder, table, NULL, NULL), SN_OK);
        ck_assert(draws(
            folder, &(sn_picture){.kind = "gradients", .name = cases[i].name, .layers = table}));
        snprintf(file, sizeof file, "%s.svg", cases[i].name);
        ck_assert_msg(has(folder, file, cases[i].label), "%s", file);
        ck_assert_msg(has(folder, file, cases[i].other), "%s", file);
        sn_table_free(table);
    }
    publish(folder, &t);
    leave();
}
END_TEST

START_TEST(unusual_cells_still_draw)
{
    enter();
    tables t;
    sn_error err = {0};
    sn_folder *folder = fill(&t, "");
    static const struct {
        const char *name, *verdict;
        double width, value;
    } cases[] = {
        {"narrow", "refuted", 0, 2.385},        {"unknown", "undecided", 0.385, NAN},
        {"infinite", "undecided", 1, INFINITY}, {"equal", "undecided", 1e-300, 0},
        {"negative", "refuted", 1e6, -2.385e9}, {"many_layers", "undecided", 1, 200},
    };
    for (size_t i = 0; i < 3 * sizeof cases / sizeof cases[0]; i++) {
        const char *const kinds[] = {"boxes", "regions", "entries"};
        char name[64];
        snprintf(name, sizeof name, "%s_%s", kinds[i % 3], cases[i / 3].name);
        sn_table *cells =
            cell_table(name, cases[i / 3].verdict, cases[i / 3].width, cases[i / 3].value);
        const sn_tsv_layout blocks = {.key_columns = 2};
        ck_assert_int_eq(sn_tsv_write(folder, cells, &blocks, NULL), SN_OK);
        const sn_picture picture = {
            .kind = kinds[i % 3], .name = name, .cells = cells, .key_columns = 2};
        ck_assert_msg(sn_picture_write(folder, &picture, &err) == SN_OK, "%s", err.message);
        ck_assert_msg(sn_picture_draw(folder, name, "png", &err) == SN_OK, "%s: %s", name,
                      err.message);
        sn_table_free(cells);
    }
    publish(folder, &t);
    leave();
}
END_TEST

START_TEST(what_is_missing_is_named)
{
    enter();
    tables t;
    sn_error err = {0};
    sn_folder *folder = fill(&t, "relu");
    sn_picture picture = picture_of(&t, "pie");
    ck_assert_int_eq(sn_picture_write(folder, &picture, &err), SN_EUNKNOWN);
    ck_assert_ptr_nonnull(strstr(err.message, "pie"));
    for (size_t i = 0; sn_plot_kind_at(i) != NULL; i++) {
        const sn_picture empty = {.kind = sn_plot_kind_at(i)->name};
        ck_assert_int_eq(sn_picture_write(folder, &empty, &err), SN_EINVAL);
    }
    picture = picture_of(&t, "field");
    picture.x = "omega";
    ck_assert_int_eq(sn_picture_write(folder, &picture, &err), SN_EINVAL);
    ck_assert_ptr_nonnull(strstr(err.message, "omega"));
    picture = picture_of(&t, "field");
    picture.grid_columns = GRID - 1;
    ck_assert_int_eq(sn_picture_write(folder, &picture, &err), SN_EINVAL);
    picture = picture_of(&t, "regions");
    picture.block = 2;
    ck_assert_int_eq(sn_picture_write(folder, &picture, &err), SN_EINVAL);
    ck_assert_ptr_nonnull(strstr(err.message, "cells"));
    picture = picture_of(&t, "entries");
    picture.cells = t.layers;
    picture.block = 0;
    ck_assert_int_eq(sn_picture_write(folder, &picture, &err), SN_EINVAL);
    ck_assert_ptr_nonnull(strstr(err.message, "mu_lower"));
    picture = picture_of(&t, "spread");
    picture.swept = "activation";
    ck_assert_int_eq(sn_picture_write(folder, &picture, &err), SN_EINVAL);
    picture = picture_of(&t, "sweep");
    picture.quantity = "loss";
    ck_assert_int_eq(sn_picture_write(folder, &picture, &err), SN_EINVAL);
    ck_assert_ptr_nonnull(strstr(err.message, "loss"));
    picture = picture_of(&t, "sweep");
    picture.x = picture.y = "width";
    ck_assert_int_eq(sn_picture_write(folder, &picture, &err), SN_EINVAL);
    picture = picture_of(&t, "distribution");
    picture.histogram = t.networks;
    ck_assert_int_eq(sn_picture_write(folder, &picture, &err), SN_EINVAL);
    ck_assert_ptr_nonnull(strstr(err.message, "layer"));
    picture = picture_of(&t, "gradients");
    picture.layers = t.trajectories;
    ck_assert_int_eq(sn_picture_write(folder, &picture, &err), SN_EINVAL);
    ck_assert_ptr_nonnull(strstr(err.message, "gradient_log10"));
    picture = picture_of(&t, "path");
    picture.grid = t.layers;
    ck_assert_int_eq(sn_picture_write(folder, &picture, &err), SN_EINVAL);
    ck_assert_int_eq(sn_picture_draw(folder, "field", "gif", &err), SN_EUNKNOWN);
    ck_assert_int_eq(sn_picture_draw(folder, "../field", "png", &err), SN_EINVAL);
    ck_assert_int_eq(sn_picture_draw(folder, "field", "png", &err), SN_ETOOL); /* no script */
    publish(folder, &t);
    leave();
}
END_TEST

START_TEST(a_failure_keeps_what_there_was)
{
    enter();
    mkdir("out", 0777);
    const char *const scripts[] = {
        "set output output; plot nonsense(x)\n",
        "set print output; print 'not a picture'\n",
        "system('kill -9 $PPID')\n",
        "this is no gnuplot: it's \"broken\"\n",
    };
    sn_error err = {0};
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        FILE *file = fopen("out/a.gp", "w");
        fputs(scripts[i], file);
        fclose(file);
        file = fopen("out/a.png", "w");
        fputs("earlier", file);
        fclose(file);
        ck_assert_int_eq(sn_picture_render("out", "a", "png", &err), SN_ETOOL);
        ck_assert_ptr_nonnull(strstr(err.message, "a."));
        NOTE("%s", err.message);
        ck_assert_int_eq(size_of("out/a.png"), 7);
        ck_assert_int_eq(access("out/.a.partial.png", F_OK), -1);
    }
    ck_assert_int_eq(setenv("PATH", "/nowhere", 1), 0);
    ck_assert_int_eq(sn_picture_render("out", "a", "png", &err), SN_ETOOL);
    ck_assert_ptr_nonnull(strstr(err.message, "gnuplot"));
    NOTE("%s", err.message);
    ck_assert_int_eq(size_of("out/a.png"), 7);
    ck_assert_int_eq(sn_picture_render("nowhere", "a", "png", &err), SN_EIO);
    char **names;
    size_t count;
    ck_assert_int_eq(sn_picture_names("nowhere", &names, &count, &err), SN_EIO);
    leave();
}
END_TEST

static void check_script(void (*write)(FILE *), const char *expected)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    write(file);
    fclose(file);
    ck_assert_str_eq(text, expected);
    free(text);
}

static void write_quotes(FILE *file)
{
    sn_script_quote(file, "it's\n\x01 \xff ν", 100);
    sn_script_quote(file, "νννν", 4);
    sn_script_quote(file, "ννννν", 4);
    sn_script_quote(file, "", 4);
}

static void write_paragraphs(FILE *file)
{
    sn_script_paragraph(file, "a", "one two three four", 10, 3);
    sn_script_paragraph(file, "b", "onetwothreefour five six", 8, 2);
    sn_script_paragraph(file, "c", "", 8, 2);
}

START_TEST(text_in_scripts)
{
    check_script(write_quotes, "'it’s   \uFFFD ν''νννν''ννν…'''");
    check_script(write_paragraphs, "a = 'one two'.\"\\n\".'three four'\na_lines = 2\n"
                                   "b = 'onetwoth'.\"\\n\".'reefour…'\nb_lines = 2\n"
                                   "c = ''\nc_lines = 0\n");
}
END_TEST

UNIT_MAIN("picture", every_kind_draws_in_every_format, text_never_becomes_code,
          unusual_data_still_draw, unusual_cells_still_draw, sweeps_stand_where_their_values_say,
          sweeps_of_any_number_of_keys, few_layers_tell_of_many, logarithms_are_named_as_powers,
          what_is_missing_is_named, a_failure_keeps_what_there_was, text_in_scripts)
