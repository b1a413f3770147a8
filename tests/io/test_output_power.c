/*
 * Loss of power, on a disk that is made up. Pieces of a file, its mode and names in its folder
 * are kept or lost each on its own until they are synced, in thousands of ways after each call.
 */
#include <errno.h>

#include "io/output_file.h"
#include "io/system.h"
#include "support/test.h"

#define SIZE 300000
#define MODE 0640
#define SEED UINT64_C(20261127)
#define WAYS 1000 /* in which the power fails before one call */
#define FOLDER 100
#define FILE_OPEN 101

static char new_bytes[SIZE];

/* The target "a" is an old file of mode MODE, which is complete; this is the new one. */
static struct disk {
    size_t written, pieces, synced_pieces;
    uint32_t mode, synced_mode;
    char temporary[256];
    bool dropped; /* a sync failed: what was not on the disk is forgotten */
    bool renamed, synced_name;
    bool done; /* success was told */
    size_t calls, fail_at;
    size_t olds, news, torn, lost; /* what was found after a loss of power */
    uint64_t random;
} disk;

/* xorshift64. */
static bool toss_coin(void)
{
    disk.random ^= disk.random << 13;
    disk.random ^= disk.random >> 7;
    disk.random ^= disk.random << 17;
    return disk.random >> 63;
}

static void lose_power(void)
{
    bool is_new = disk.synced_name || (disk.renamed && toss_coin());
    bool whole = disk.written == SIZE && !disk.dropped;
    for (size_t i = disk.synced_pieces; i < disk.pieces; i++) whole &= toss_coin();
    uint32_t mode = toss_coin() ? disk.mode : disk.synced_mode;
    disk.olds += !is_new;
    disk.news += is_new && whole && mode == MODE;
    disk.torn += is_new && !(whole && mode == MODE);
    disk.lost += disk.done && !is_new;
}

/* The power fails in many ways, or not; then the call may fail. */
static bool call_fails(void)
{
    for (size_t i = 0; i < WAYS; i++) lose_power();
    return ++disk.calls == disk.fail_at;
}

static int open_folder_made_up(void *ctx, int folder, const char *path)
{
    (void)ctx, (void)folder, (void)path;
    return call_fails() ? -EIO : FOLDER;
}

static int inspect_made_up(void *ctx, int folder, const char *name, bool follow,
                           joblib_io__metadata *out)
{
    (void)ctx, (void)folder, (void)follow;
    CHECK_EQ_TEXT(name, "a");
    *out = (joblib_io__metadata){JOBLIB_IO__REGULAR, MODE, 1, 1};
    return call_fails() ? -EIO : 0;
}

static int inspect_open_made_up(void *ctx, int descriptor, joblib_io__metadata *out)
{
    (void)ctx;
    CHECK_EQ_INT(descriptor, FILE_OPEN);
    *out = (joblib_io__metadata){JOBLIB_IO__REGULAR, disk.mode, 1, 1};
    return call_fails() ? -EIO : 0;
}

static int check_writable_made_up(void *ctx, int folder, const char *name)
{
    (void)ctx, (void)folder, (void)name;
    return call_fails() ? -EACCES : 0;
}

static int create_made_up(void *ctx, int folder, const char *name, uint32_t mode)
{
    (void)ctx, (void)folder;
    CHECK(strcmp(name, "a") != 0);
    snprintf(disk.temporary, sizeof disk.temporary, "%s", name);
    disk.mode = disk.synced_mode = mode;
    return call_fails() ? -ENOSPC : FILE_OPEN;
}

static int reserve_made_up(void *ctx, int descriptor, uint64_t offset, uint64_t size)
{
    (void)ctx;
    CHECK_EQ_INT(descriptor, FILE_OPEN);
    CHECK(offset == disk.written && size <= SIZE - disk.written);
    return call_fails() ? -ENOSPC : 0;
}

/* Takes a part of large pieces. */
static int64_t write_made_up(void *ctx, int descriptor, const void *data, size_t size)
{
    (void)ctx;
    CHECK_EQ_INT(descriptor, FILE_OPEN);
    if (call_fails()) return -ENOSPC;
    if (size > 50000) size = 50000;
    CHECK(disk.written + size <= SIZE);
    CHECK_EQ_BYTES(data, new_bytes + disk.written, size);
    disk.written += size;
    disk.pieces++;
    return (int64_t)size;
}

static int set_owner_made_up(void *ctx, int descriptor, uint32_t owner, uint32_t group)
{
    (void)ctx, (void)descriptor, (void)owner, (void)group;
    return call_fails() ? -EPERM : 0;
}

static int set_mode_made_up(void *ctx, int descriptor, uint32_t mode)
{
    (void)ctx;
    CHECK_EQ_INT(descriptor, FILE_OPEN);
    if (call_fails()) return -EPERM;
    disk.mode = mode;
    return 0;
}

/* After a sync that failed the next one succeeds, though the pieces are gone. */
static int sync_made_up(void *ctx, int descriptor)
{
    (void)ctx;
    bool fails = call_fails(), is_folder = descriptor == FOLDER;
    if (fails && !is_folder) disk.dropped |= disk.synced_pieces < disk.pieces;
    if (fails) return -EIO;
    if (is_folder) disk.synced_name = disk.renamed;
    if (!is_folder) disk.synced_pieces = disk.pieces;
    if (!is_folder) disk.synced_mode = disk.mode;
    return 0;
}

static int close_made_up(void *ctx, int descriptor)
{
    (void)ctx, (void)descriptor;
    return call_fails() ? -EIO : 0;
}

static int rename_made_up(void *ctx, int folder, const char *from, const char *to)
{
    (void)ctx;
    CHECK_EQ_INT(folder, FOLDER);
    CHECK_EQ_TEXT(from, disk.temporary);
    CHECK_EQ_TEXT(to, "a");
    if (call_fails()) return -EIO;
    disk.renamed = true;
    return 0;
}

static int remove_made_up(void *ctx, int folder, const char *name)
{
    (void)ctx;
    CHECK_EQ_INT(folder, FOLDER);
    CHECK_EQ_TEXT(name, disk.temporary);
    return call_fails() ? -EIO : 0;
}

static void scramble_made_up(void *ctx, void *out, size_t size)
{
    (void)ctx;
    memset(out, 1, size);
}

static const struct joblib_io__system made_up = {
    .open_folder = open_folder_made_up,
    .inspect = inspect_made_up,
    .inspect_open = inspect_open_made_up,
    .check_writable = check_writable_made_up,
    .create = create_made_up,
    .reserve = reserve_made_up,
    .write = write_made_up,
    .set_owner = set_owner_made_up,
    .set_mode = set_mode_made_up,
    .sync = sync_made_up,
    .close = close_made_up,
    .rename = rename_made_up,
    .remove = remove_made_up,
    .scramble = scramble_made_up,
};

static joblib_status commit_bytes(joblib_io__output *output)
{
    joblib_status status = joblib_io__output_write(output, new_bytes, 1000, NULL);
    if (status == JOBLIB_OK)
        status = joblib_io__output_write(output, new_bytes + 1000, SIZE - 1000, NULL);
    if (status == JOBLIB_OK) status = joblib_io__output_commit(output, NULL);
    return status;
}

/* Writes with the call `fail_at` failing, or none for 0. */
static joblib_status write_file(size_t fail_at, joblib_io__durability durability)
{
    struct joblib_io__output_settings settings = {false, durability, &made_up};
    joblib_io__output *output = NULL;
    disk = (struct disk){.fail_at = fail_at, .random = SEED + fail_at};
    joblib_status status = joblib_io__output_open("a", &settings, NULL, &output, NULL);
    if (status == JOBLIB_OK) status = commit_bytes(output);
    disk.done = status == JOBLIB_OK;
    call_fails();
    joblib_io__output_close(output);
    call_fails();
    return status;
}

static void is_old_or_new_whenever_the_power_fails(void)
{
    CHECK_EQ_INT(write_file(0, JOBLIB_IO__FULL), JOBLIB_OK);
    printf("    old %zu, new %zu\n", disk.olds, disk.news);
    CHECK_EQ_SIZE(disk.torn, 0);
    CHECK_EQ_SIZE(disk.lost, 0);
    CHECK(disk.olds >= 10000 && disk.news > 1000);
}

static void is_old_or_new_if_a_call_fails_before(void)
{
    size_t states = 0, k = 1;
    for (;; k++) {
        write_file(k, JOBLIB_IO__FULL);
        states += disk.olds + disk.news;
        CHECK_EQ_SIZE(disk.torn, 0);
        CHECK_EQ_SIZE(disk.lost, 0);
        if (disk.calls < k) break;
    }
    printf("    %zu calls, %zu disks\n", k - 1, states);
    CHECK(states > 100000);
}

/* The promise that is given up without syncs, and the proof that this disk loses things. */
static void can_be_torn_without_syncs(void)
{
    CHECK_EQ_INT(write_file(0, JOBLIB_IO__ATOMIC_ONLY), JOBLIB_OK);
    CHECK(disk.torn > 0 && disk.lost > 0);
}

int main(void)
{
    for (size_t i = 0; i < SIZE; i++) new_bytes[i] = (char)(i * 7 + i / 251);
    RUN(is_old_or_new_whenever_the_power_fails);
    RUN(is_old_or_new_if_a_call_fails_before);
    RUN(can_be_torn_without_syncs);
    return test_finish();
}
