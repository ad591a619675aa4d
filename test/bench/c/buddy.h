/*
 * buddy.h: a binary buddy allocator of page frames with one bit for each pair of buddies, as Linux 2.4 has it.
 *
 * This is the core alone: it believes what it is told. Whoever frees must free a block that is outstanding, with the
 * order it was granted with; nothing here could tell otherwise, for the one bit does not say which of the two is free.
 * All indices are relative to the zone: its first page is 0, wherever it lies in memory.
 */
#ifndef BUDDY_H
#define BUDDY_H

#include <stdbool.h>
#include <stdint.h>

#define BUDDY_NONE UINT32_MAX
#define BUDDY_MAX_PAGES (UINT32_C(1) << 30)

/* An entry of a circular, doubly linked list. Entry i < pages is page i; it is on a list only while it heads a free
 * block. Entry pages + order is the anchor of that order's list: the list is empty when the anchor points at itself. */
typedef struct buddy_link { uint32_t next, prev; } buddy_link;

typedef struct buddy_zone {
    uint32_t pages, orders; /* a block has 2^order pages, 0 <= order < orders */
    uint32_t free_pages;
    buddy_link *link;
    unsigned long **map;    /* per order below the top: bit p is 1 iff exactly one block of pair p is on the list */
    unsigned long *bits;    /* the memory of all maps */
} buddy_zone;

/* A zone in which every page is in use: what may be handed out is to be freed first, as order 0. pages and orders are
 * at least 1, pages at most BUDDY_MAX_PAGES. False: there is not enough memory, and nothing to be released. */
bool buddy_init(buddy_zone *zone, uint32_t pages, uint32_t orders);
void buddy_release(buddy_zone *zone);

/* The first page of a block, or BUDDY_NONE: none is free, or there is no such order. */
uint32_t buddy_rmqueue(buddy_zone *zone, uint32_t order);
void buddy_free_pages_ok(buddy_zone *zone, uint32_t index, uint32_t order);

/* Whether exactly one block of the pair is free, for an order below the top. */
bool buddy_pair_bit(const buddy_zone *zone, uint32_t order, uint32_t pair);

#endif
