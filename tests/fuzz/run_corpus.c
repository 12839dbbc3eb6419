/* Runs a fuzz target over the files of its corpus, and over each of them cut short and with single
 * bytes changed; a test in TAP. The corpus is the folder tests/fuzz/corpus_<target>. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST = 1 << 16, CHANGES = 300 };

static size_t run_variations(uint8_t *data, size_t size)
{
    size_t n = 1;
    LLVMFuzzerTestOneInput(data, size);
    for (size_t cut = 0; cut < size; cut += 1 + size / 100, n++)
        LLVMFuzzerTestOneInput(data, cut);
    uint64_t state = size;
    for (int i = 0; i < CHANGES && size > 0; i++, n++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        uint8_t *place = &data[(state >> 33) % size];
        const uint8_t was = *place;
        *place = i % 2 == 0 ? (uint8_t)(state >> 20) : data[(state >> 13) % size];
        LLVMFuzzerTestOneInput(data, size);
        *place = was;
    }
    return n;
}

int main(int argc, char **argv)
{
    static uint8_t data[LARGEST];
    const char *root = getenv("SRCDIR"), *target = strrchr(argv[0], '_');
    char folder[4096], path[8192];
    snprintf(folder, sizeof folder, "%s/tests/fuzz/corpus_%s", root != NULL ? root : ".",
             target != NULL ? target + 1 : "");
    DIR *corpus = opendir(argc > 1 ? argv[1] : folder);
    if (corpus == NULL) {
        printf("Bail out! no corpus in %s\n", folder);
        return EXIT_FAILURE;
    }
    int files = 0;
    size_t inputs = 0;
    for (const struct dirent *entry; (entry = readdir(corpus)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", argc > 1 ? argv[1] : folder, entry->d_name);
        FILE *file = entry->d_name[0] != '.' ? fopen(path, "rb") : NULL;
        if (file == NULL)
            continue;
        inputs += run_variations(data, fread(data, 1, sizeof data, file));
        fclose(file);
        printf("ok %d - %s\n", ++files, entry->d_name);
        fflush(stdout);
    }
    closedir(corpus);
    printf("# %zu inputs\n1..%d\n", inputs, files);
    return files > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
