/* Runs a fuzz target without libFuzzer: over all vectors and the inputs that a fuzzer found to
   reach new code, or over the files that are named.
     test_fuzz_load                 each vector, as it is and decoded, and corpus/load.txt
     test_fuzz_load FILE…           these files
     test_fuzz_load --seeds FOLDER  writes the vectors, decoded, into a folder */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "support/decoded.h"

/* Larger seeds slow a fuzzer down more than they teach it. */
#define MOST_SEED ((size_t)16 << 10)

/* Bytes of the largest input of a corpus. */
#define MOST_CORPUS ((size_t)1 << 10)

static const char *seed_folder;
static size_t replayed;

static struct vector_bytes read_vector(const char *name)
{
    char path[256];
    bool is_model = strncmp(name, "inference/", 10) == 0;
    snprintf(path, sizeof path, "%s%s", name, is_model ? "/model" : "");
    return vector_read(path, ".joblib");
}

static void replay(const struct vector_bytes *bytes)
{
    if (!bytes->data) return;
    LLVMFuzzerTestOneInput((const uint8_t *)bytes->data, bytes->size);
    replayed++;
}

static void write_seed(const struct vector_bytes *bytes)
{
    char path[1024];
    if (!bytes->data || bytes->size > MOST_SEED) return;
    snprintf(path, sizeof path, "%s/%zu", seed_folder, ++replayed);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes->data, 1, bytes->size, file) != bytes->size) {
        fprintf(stderr, "cannot write %s\n", path);
        exit(2);
    }
    fclose(file);
}

static void visit_vector(const char *name)
{
    struct vector_bytes file = read_vector(name);
    struct vector_bytes decoded = decoded_from(&file);
    if (seed_folder) {
        write_seed(decoded.data ? &decoded : &file);
    } else {
        replay(&file);
        replay(&decoded);
    }
    free(decoded.data);
    free(file.data);
}

/* The value of a hexadecimal digit, as keep_corpus.py writes them. */
static unsigned digit_value(char digit)
{
    return (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

/* An input is a line of hexadecimal digits. */
static void replay_corpus(void)
{
    static char line[(2 * MOST_CORPUS) + 2], data[MOST_CORPUS];
    FILE *file = fopen(FUZZ_CORPUS, "r");
    if (!file) return;
    while (fgets(line, sizeof line, file)) {
        size_t size = strcspn(line, "\n") / 2;
        for (size_t i = 0; i < size; i++)
            data[i] =
                (char)(digit_value(line[2 * i]) << 4 | digit_value(line[2 * i + 1]));
        replay(&(struct vector_bytes){data, size});
    }
    fclose(file);
}

static void replay_file(const char *path)
{
    static char data[1 << 20];
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "cannot read %s\n", path);
        exit(2);
    }
    struct vector_bytes bytes = {data, fread(data, 1, sizeof data, file)};
    fclose(file);
    replay(&bytes);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--seeds") == 0) seed_folder = argv[2];
    for (int i = 1; i < argc && !seed_folder; i++) replay_file(argv[i]);
    if (argc == 1 || seed_folder) vector_each("", visit_vector);
    if (argc == 1) replay_corpus();
    printf("%zu passed, 0 failed\n", replayed);
    return replayed == 0;
}
