/* Paths of pathlib. Python before 3.13 writes their parts, later ones the texts that a path
   was made of, so joining and normalising is done here as there. */
#include <string.h>

#include "base/try.h"
#include "view/text.h"
#include "view/view.h"

struct path_piece {
    const char *text;
    size_t size;
};

/* One text of a path, split: C: \ a\b, or nothing, / and a/b. */
struct path_split {
    struct path_piece drive;
    struct path_piece root; /* "", "\", "/" or "//", as it is written */
    struct path_piece rest;
};

typedef struct path_split split_path(struct path_piece text);

struct path_flavour {
    char separator;
    split_path *split;
};

static bool is_separator(char byte, char separator)
{
    return byte == separator || byte == '/';
}

static char byte_at(struct path_piece piece, size_t index)
{
    return index < piece.size ? piece.text[index] : '\0';
}

static struct path_piece piece_from(struct path_piece piece, size_t start)
{
    return (struct path_piece){piece.text + start, piece.size - start};
}

/* Two slashes in front, but not three, are a root of their own. */
static struct path_split split_posix(struct path_piece text)
{
    struct path_split split = {{text.text, 0}, {"", 0}, text};
    if (byte_at(text, 0) != '/') return split;
    size_t slashes = byte_at(text, 1) == '/' && byte_at(text, 2) != '/' ? 2 : 1;
    split.root = (struct path_piece){"//", slashes};
    split.rest = piece_from(text, slashes);
    return split;
}

/* The next separator from `start` on; the end if there is none. */
static size_t find_separator(struct path_piece text, size_t start)
{
    while (start < text.size && !is_separator(text.text[start], '\\')) start++;
    return start < text.size ? start : text.size;
}

static bool is_unc_prefix(struct path_piece text)
{
    static const char prefix[] = "//?/unc/";
    for (size_t i = 0; i < sizeof prefix - 1; i++) {
        char byte = byte_at(text, i);
        if (is_separator(byte, '\\')) byte = '/';
        if (byte >= 'A' && byte <= 'Z') byte = (char)(byte - 'A' + 'a');
        if (byte != prefix[i]) return false;
    }
    return true;
}

/* Bytes of the drive of \\server\share\a, \\?\unc\server\share\a, \\?\device\a, c:a. */
static size_t drive_size(struct path_piece text)
{
    bool is_share =
        is_separator(byte_at(text, 0), '\\') && is_separator(byte_at(text, 1), '\\');
    if (!is_share)
        return byte_at(text, 1) == ':' && !is_separator(text.text[0], '\\') ? 2 : 0;
    size_t server = find_separator(text, is_unc_prefix(text) ? 8 : 2);
    return server < text.size ? find_separator(text, server + 1) : text.size;
}

static struct path_split split_windows(struct path_piece text)
{
    size_t size = drive_size(text);
    bool has_root = is_separator(byte_at(text, size), '\\');
    return (struct path_split){{text.text, size},
                               {"\\", has_root ? 1 : 0},
                               piece_from(text, size + has_root)};
}

static const struct path_flavour path_flavours[] = {{'/', split_posix},
                                                    {'\\', split_windows}};

static bool is_same_drive(struct path_piece a, struct path_piece b)
{
    for (size_t i = 0; i < a.size && a.size == b.size; i++) {
        char left = a.text[i], right = b.text[i];
        bool is_letter = (left | 0x20) >= 'a' && (left | 0x20) <= 'z';
        if (left != right && !(is_letter && (left ^ right) == 0x20)) return false;
    }
    return a.size == b.size;
}

static struct path_piece part_at(const joblib_value *parts, size_t index)
{
    struct path_piece piece = {NULL, 0};
    piece.text = joblib_value_text(joblib_value_at(parts, index), &piece.size);
    return piece;
}

/* Drive and root of the whole; returns the first part that the rest is made of. */
static size_t join_parts(const joblib_value *parts, const struct path_flavour *flavour,
                         struct path_split *out)
{
    size_t first = 0;
    *out = flavour->split(part_at(parts, 0));
    for (size_t i = 1; i < joblib_value_count(parts); i++) {
        struct path_split next = flavour->split(part_at(parts, i));
        bool is_other = next.drive.size > 0 && !is_same_drive(next.drive, out->drive);
        if (next.drive.size > 0) out->drive = next.drive;
        if (next.root.size == 0 && !is_other) continue;
        out->root = next.root;
        first = i;
    }
    return first;
}

/* A share without anything behind it has a root too, but not what is no share. */
static bool is_whole_share(struct path_piece drive)
{
    size_t separators = 0;
    if (!is_separator(byte_at(drive, 0), '\\')) return false;
    for (size_t i = 0; i < drive.size; i++)
        separators += is_separator(drive.text[i], '\\');
    size_t end = find_separator(drive, 2);
    char mark = end == 3 ? drive.text[2] : '\0';
    bool is_device = end == 2 || mark == '?' || mark == '.';
    return !is_separator(drive.text[drive.size - 1], '\\') &&
           (separators == 5 || (separators == 3 && !is_device));
}

/* Writes the names of a rest, with a separator in front of all but the first of the path.
   `.` and what is empty are left out. Returns how many names there were. */
static size_t put_names(struct joblib_view__text *text, struct path_piece rest,
                        const struct path_flavour *flavour, size_t before)
{
    size_t count = 0;
    for (size_t start = 0, end; start < rest.size; start = end + 1) {
        for (end = start; end < rest.size; end++)
            if (is_separator(rest.text[end], flavour->separator)) break;
        size_t size = end - start;
        if (size == 0 || (size == 1 && rest.text[start] == '.')) continue;
        if (before + count > 0) joblib_view__put(text, &flavour->separator, 1);
        joblib_view__put(text, rest.text + start, size);
        count++;
    }
    return count;
}

static void put_drive(struct joblib_view__text *text, struct path_piece drive)
{
    for (size_t i = 0; i < drive.size; i++)
        joblib_view__put(text, drive.text[i] == '/' ? "\\" : drive.text + i, 1);
}

static joblib_status check_parts(const joblib_value *parts, joblib_error *error)
{
    for (size_t i = 0; i < joblib_value_count(parts); i++) {
        const joblib_value *part = joblib_value_at(parts, i);
        JOBLIB_REQUIRE(joblib_value_text(part, NULL) != NULL, JOBLIB_ERROR_KIND,
                       "part %zu of a path is %s, str expected", i,
                       joblib_kind_name((int)joblib_value_kind(part)));
    }
    return JOBLIB_OK;
}

joblib_status joblib_view__write_path(const joblib_value *value,
                                      struct joblib_view__text *text, joblib_error *error)
{
    const struct joblib_view__row *row;
    struct path_split whole = {{"", 0}, {"", 0}, {"", 0}};
    JOBLIB_TRY(joblib_view__open(value, JOBLIB_VIEW_PATH, &row, error));
    const joblib_value *parts = joblib_value_arguments(value);
    const struct path_flavour *flavour =
        &path_flavours[row->class == JOBLIB_CLASS_WINDOWS_PATH];
    JOBLIB_TRY(check_parts(parts, error));
    size_t count = joblib_value_count(parts), names = 0;
    size_t first = count > 0 ? join_parts(parts, flavour, &whole) : 0;
    if (whole.root.size == 0 && is_whole_share(whole.drive))
        whole.root = (struct path_piece){"\\", 1};
    put_drive(text, whole.drive);
    joblib_view__put(text, whole.root.text, whole.root.size);
    for (size_t i = first; i < count; i++)
        names += put_names(text, flavour->split(part_at(parts, i)).rest, flavour, names);
    if (text->size == 0) joblib_view__put(text, ".", 1);
    return JOBLIB_OK;
}
