/* Words of the command line: chosen from a fixed vocabulary, and put together again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static sn_status refuse(const char *option, const char *given, size_t length,
                        const char *const *words, sn_error *err)
{
    char allowed[256] = "";
    for (size_t i = 0, n = 0; words[i] != NULL && n < sizeof allowed; i++)
        n += (size_t)snprintf(allowed + n, sizeof allowed - n, "%s%s", i > 0 ? ", " : "", words[i]);
    return sn_fail(err, SN_EINVAL, "--%s is '%.*s', allowed is one of %s", option, (int)length,
                   given, allowed);
}

static int find(const char *given, size_t length, const char *const *words)
{
    for (int i = 0; words[i] != NULL; i++)
        if (strlen(words[i]) == length && strncmp(given, words[i], length) == 0)
            return i;
    return -1;
}

int choose(const char *option, const char *given, const char *const *words, sn_error *err)
{
    const int index = find(given, strlen(given), words);
    if (index < 0)
        refuse(option, given, strlen(given), words, err);
    return index;
}

int choose_list(const char *option, const char *given, const char *const *words,
                const char **chosen, sn_error *err)
{
    size_t count = 0;
    chosen[0] = NULL;
    if (strcmp(given, "none") == 0)
        return 0;
    for (const char *word = given;; word++) {
        const size_t length = strcspn(word, ",");
        const int index = find(word, length, words);
        if (index < 0) {
            refuse(option, word, length, words, err);
            return -1;
        }
        if (find(words[index], strlen(words[index]), chosen) < 0) {
            chosen[count++] = words[index];
            chosen[count] = NULL;
        }
        word += length;
        if (*word == '\0')
            return 0;
    }
}

/* A word as a shell takes it: in single quotes unless all its characters are harmless. */
static void put_word(FILE *out, const char *word)
{
    static const char harmless[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.,:=/@%+-";
    if (word[0] != '\0' && word[strspn(word, harmless)] == '\0') {
        fputs(word, out);
        return;
    }
    putc('\'', out);
    for (; *word != '\0'; word++) {
        if (*word == '\'')
            fputs("'\\'", out);
        putc(*word, out);
    }
    putc('\'', out);
}

char *command_text(int argc, const char **argv)
{
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL)
        return NULL;
    fputs("selfnorm", out);
    for (int i = 0; i < argc; i++) {
        putc(' ', out);
        put_word(out, argv[i]);
    }
    const bool written = !ferror(out);
    if (fclose(out) == 0 && written)
        return text;
    free(text);
    return NULL;
}

char *default_output(const char *config_path)
{
    const char *slash = strrchr(config_path, '/');
    const char *name = slash != NULL ? slash + 1 : config_path;
    if (strcmp(config_path, "-") == 0)
        name = "stdin";
    const size_t length = strlen(name), suffix = sizeof ".json" - 1;
    const bool json = length > suffix && strcmp(name + length - suffix, ".json") == 0;
    const int kept = (int)(json ? length - suffix : length);
    const size_t size = sizeof "results/" + (size_t)kept;
    char *path = malloc(size);
    if (path != NULL)
        snprintf(path, size, "results/%.*s", kept, name);
    return path;
}
