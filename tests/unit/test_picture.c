#include "report/picture.h"

#include <dirent.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness.h"
#include "report/script.h"
#include "report/tsv.h"

enum { GRID = 12, LAYERS = 9 };

static char start[4096], place[64];

static void enter(void)
{
    ck_assert_ptr_nonnull(getcwd(start, sizeof start));
    strcpy(place, "test_picture.XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(place));
    ck_assert_int_eq(chdir(place), 0);
}

/* Removes what the test made; any file it did not expect makes rmdir fail. */
static void leave(void)
{
    DIR *folder = opendir("out");
    const struct dirent *entry;
    char path[512];
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        snprintf(path, sizeof path, "out/%s", entry->d_name);
        unlink(path);
    }
    if (folder != NULL) {
        closedir(folder);
        rmdir("out");
    }
    ck_assert_int_eq(chdir(start), 0);
    ck_assert_msg(rmdir(place) == 0, "%s is not empty", place);
}

static long size_of(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 ? (long)info.st_size : -1;
}

static char *read_whole(const char *path)
{
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    const size_t size = (size_t)size_of(path);
    char *text = calloc(1, size + 1);
    ck_assert_uint_eq(fread(text, 1, size, file), size);
    fclose(file);
    return text;
}

static sn_table *new_table(const char *name, size_t columns, const char *const *names, size_t texts)
{
    sn_column column[16];
    for (size_t j = 0; j < columns; j++)
        column[j] = (sn_column){names[j], j < texts ? SN_TEXT : SN_REAL, "a quantity"};
    return sn_table_new(name, columns, column);
}

static void add(sn_table *table, const char *text, const double *values)
{
    sn_cell cells[24];
    const size_t columns = sn_table_columns(table);
    for (size_t j = 0; j < columns; j++)
        if (sn_table_column(table, j)->kind == SN_TEXT)
            cells[j].text = text;
        else
            cells[j].real = *values++;
    ck_assert_int_eq(sn_table_add_row(table, cells, NULL), SN_OK);
}

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

static const char *const layer_columns[] = {
    "activation", "width",       "layer",           "mean",        "mean_se", "mean_theory",
    "variance",   "variance_se", "variance_theory", "variance_sd", "replicas"};

/* One network that stays, one that dies and one that explodes and ends early, each at two widths.
 */
static sn_table *layer_table(const char *text)
{
    sn_table *table = new_table("layers", 11, layer_columns, 1);
    for (int k = 0; k < 6; k++) {
        const char *const activations[] = {"selu", text, "linear"};
        const double factor = k / 2 == 0 ? 1 : k / 2 == 1 ? 1e-40 : 1e40;
        const double width = k % 2 == 0 ? 32 : 128, sd = 0.7 / sqrt(width);
        for (int l = 0; l < (k / 2 == 2 ? 7 : LAYERS); l++) {
            const double v = pow(factor, l);
            add(table, activations[k / 2],
                (double[]){width, l, 0.01 * k * v, 0.02 * v, 0, v, 0.1 * v, k == 1 ? NAN : v,
                           sd * v, 32});
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

typedef struct tables {
    sn_table *grid, *trajectories, *fixed, *layers, *cells;
} tables;

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
                        .cells = t->cells,
                        .block = 1,
                        .quantity = "spectral_norm",
                        .is_upper = true,
                        .target = target};
}

static sn_folder *fill(tables *t, const char *text)
{
    *t = (tables){grid_table(), trajectory_table(), fixed_table(), layer_table(text),
                  cell_table("cells", "refuted", 0.385, 0.2385)};
    sn_folder *folder;
    ck_assert_int_eq(sn_folder_create("out", false, &folder, NULL), SN_OK);
    const sn_tsv_layout grid = {.scan_rows = GRID}, one = {.key_columns = 1},
                        two = {.key_columns = 2};
    ck_assert_int_eq(sn_tsv_write(folder, t->grid, &grid, NULL), SN_OK);
    ck_assert_int_eq(sn_tsv_write(folder, t->trajectories, &one, NULL), SN_OK);
    ck_assert_int_eq(sn_tsv_write(folder, t->layers, &two, NULL), SN_OK);
    ck_assert_int_eq(sn_tsv_write(folder, t->cells, &two, NULL), SN_OK);
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
}

START_TEST(every_kind_draws_in_every_format)
{
    enter();
    tables t;
    sn_error err = {0};
    sn_folder *folder = fill(&t, "relu");
    char path[256];
    for (size_t i = 0; sn_plot_kind_at(i) != NULL; i++) {
        const char *kind = sn_plot_kind_at(i)->name;
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
    for (size_t i = 0; sn_plot_kind_at(i) != NULL; i++) {
        const char *kind = sn_plot_kind_at(i)->name;
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
    ck_assert_uint_eq(count, 9);
    ck_assert_str_eq(names[0], "boxes");
    ck_assert_str_eq(names[8], "variance_change");
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
        for (size_t i = 0; sn_plot_kind_at(i) != NULL; i++) {
            sn_picture picture = picture_of(&t, sn_plot_kind_at(i)->name);
            picture.title = picture.subtitle = picture.quantity = hostile[h];
            ck_assert_int_eq(sn_picture_write(folder, &picture, NULL), SN_OK);
            ck_assert_msg(sn_picture_draw(folder, picture.kind, "svg", &err) == SN_OK, "%s",
                          err.message);
        }
        publish(folder, &t);
        ck_assert_int_eq(access("pwned", F_OK), -1);
        ck_assert_int_eq(access("out/pwned", F_OK), -1);
        char *svg = read_whole("out/moments.svg"); /* it is drawn as it stands */
        if (h + 1 < sizeof hostile / sizeof hostile[0])
            ck_assert_ptr_nonnull(strstr(svg, "touch pwned"));
        else
            ck_assert_ptr_nonnull(strstr(svg, "_a^b{/Symbol c}"));
        free(svg);
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
    sn_table *none = new_table("none", 11, layer_columns, 1);
    for (int l = 0; l < 2; l++) /* a network of which nothing is known */
        add(none, "a b", (double[]){32, l, NAN, NAN, NAN, INFINITY, NAN, NAN, NAN, 0});
    sn_table *many = new_table("many", 11, layer_columns, 1);
    for (int k = 0; k < 12; k++)
        add(many, "selu", (double[]){k + 1.0, 0, 0.1 * k, 0.1, NAN, k, 0.1, NAN, 0.1, 8});
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
          unusual_data_still_draw, unusual_cells_still_draw, what_is_missing_is_named,
          a_failure_keeps_what_there_was, text_in_scripts)
