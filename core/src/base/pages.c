#define _GNU_SOURCE
#include "base/pages.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LARGE_PAGE ((size_t)2 << 20)

#if defined(__unix__) || defined(__APPLE__)
#include <sys/mman.h>
#include <unistd.h>
#endif

#if defined(MAP_ANONYMOUS) && defined(MAP_NORESERVE)

size_t joblib_base__page_size(void)
{
    long size = sysconf(_SC_PAGESIZE);
    return size > 0 ? (size_t)size : 4096;
}

static size_t round_to_pages(size_t size)
{
    size_t page = joblib_base__page_size();
    return size > SIZE_MAX - page ? 0 : (size + page - 1) / page * page;
}

void joblib_base__advise_large_pages(void *block, size_t size)
{
#if defined(MADV_HUGEPAGE)
    (void)madvise(block, size, MADV_HUGEPAGE);
#else
    (void)block, (void)size;
#endif
}

static size_t round_to_large_pages(size_t size)
{
    if (size > SIZE_MAX - 2 * LARGE_PAGE) return 0;
    return (size + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
}

/* Maps a large page more than needed, so that one begins inside, and gives the rest back. */
static void *map_large_pages(size_t size)
{
    char *found = mmap(NULL, size + LARGE_PAGE, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (found == MAP_FAILED) return NULL;
    size_t skipped = (size_t)(-(uintptr_t)found & (LARGE_PAGE - 1));
    if (skipped > 0) munmap(found, skipped);
    munmap(found + skipped + size, LARGE_PAGE - skipped);
    return found + skipped;
}

void *joblib_base__allocate_pages(size_t size)
{
    size_t rounded = round_to_large_pages(size);
    void *block = rounded > 0 ? map_large_pages(rounded) : NULL;
    if (block) joblib_base__advise_large_pages(block, rounded);
    return block;
}

/* Moves a block to the larger place `to`. On failure the block stays, and the place is left as
   it is: the system may have unmapped it, and another thread may have got it since. */
static void *move_pages(void *from, size_t from_size, void *to, size_t to_size)
{
#if defined(MREMAP_FIXED)
    void *moved = mremap(from, from_size, to_size, MREMAP_MAYMOVE | MREMAP_FIXED, to);
    return moved == MAP_FAILED ? NULL : moved;
#else
    (void)to_size;
    memcpy(to, from, from_size);
    munmap(from, from_size);
    return to;
#endif
}

void *joblib_base__resize_pages(void *block, size_t old_size, size_t new_size)
{
    size_t from = round_to_large_pages(old_size), to = round_to_large_pages(new_size);
    if (to == 0) return NULL;
    if (to < from) munmap((char *)block + to, from - to);
    if (to <= from) return block;
    void *place = joblib_base__allocate_pages(new_size);
    return place ? move_pages(block, from, place, to) : NULL;
}

void joblib_base__free_pages(void *block, size_t size)
{
    munmap(block, round_to_large_pages(size));
}

void *joblib_base__reserve_pages(size_t size)
{
    size_t rounded = round_to_pages(size);
    if (rounded == 0) return NULL;
    void *block = mmap(NULL, rounded, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return block == MAP_FAILED ? NULL : block;
}

void joblib_base__trim_pages(void *block, size_t size, size_t used)
{
    size_t rounded = round_to_pages(size);
    size_t kept = round_to_pages(used);
    if (kept < rounded) munmap((char *)block + kept, rounded - kept);
}

void joblib_base__release_pages(void *block, size_t size)
{
    size_t rounded = round_to_pages(size);
    if (block && rounded) munmap(block, rounded);
}

#else

size_t joblib_base__page_size(void)
{
    return 1;
}
void joblib_base__advise_large_pages(void *block, size_t size)
{
    (void)block, (void)size;
}
void *joblib_base__allocate_pages(size_t size)
{
    if (size > SIZE_MAX - LARGE_PAGE) return NULL;
    size_t rounded = (size + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    void *block = aligned_alloc(LARGE_PAGE, rounded);
    return block ? memset(block, 0, rounded) : NULL;
}
void *joblib_base__resize_pages(void *block, size_t old_size, size_t new_size)
{
    void *moved = joblib_base__allocate_pages(new_size);
    if (!moved) return NULL;
    memcpy(moved, block, old_size < new_size ? old_size : new_size);
    free(block);
    return moved;
}
void joblib_base__free_pages(void *block, size_t size)
{
    (void)size;
    free(block);
}
void *joblib_base__reserve_pages(size_t size)
{
    return (void)size, (void *)0;
}
void joblib_base__trim_pages(void *block, size_t size, size_t used)
{
    (void)block, (void)size, (void)used;
}
void joblib_base__release_pages(void *block, size_t size)
{
    (void)block, (void)size;
}

#endif
