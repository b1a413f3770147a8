/**
 * What the operating system offers beyond malloc: large pages, and address space that becomes
 * memory only when it is written. Where the system has neither, these do nothing or fail.
 */
#ifndef JOBLIB_BASE_PAGES_H
#define JOBLIB_BASE_PAGES_H

#include <stdbool.h>
#include <stddef.h>

/** Asks for large pages behind a block of several MiB, aligned to 2 MiB. */
void joblib_base__advise_large_pages(void *block, size_t size);

/**
 * A block of several MiB in large pages of its own: aligned to 2 MiB, all 0. It is resized by moving
 * its pages, where the system can: nothing is copied, and nothing cleared until it is used.
 * NULL where there is no memory; the old block is then still valid.
 */
void *joblib_base__allocate_pages(size_t size);
void *joblib_base__resize_pages(void *block, size_t old_size, size_t new_size);
void joblib_base__free_pages(void *block, size_t size);

/** Reserves `size` bytes that cost nothing until written; NULL if the system cannot. */
void *joblib_base__reserve_pages(size_t size);

/** Gives back all but the first `used` bytes of a reservation. */
void joblib_base__trim_pages(void *block, size_t size, size_t used);

/** Gives back a reservation that was trimmed to `size` bytes. */
void joblib_base__release_pages(void *block, size_t size);

/** Size to which reservations are rounded; 1 where there are none. */
size_t joblib_base__page_size(void);

#endif
