#define _GNU_SOURCE
#include "base/pages.h"

#include <stdint.h>

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
