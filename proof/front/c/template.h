/*
 * A buddy allocator of page frames: the algorithm of Linux KERNEL, MARKS.
 *
 * One header in C99, or C++11. It needs nothing else, allocates nothing, and calls nothing of yours:
 *
 *     static int32_t region[5000];                                of buddy_region_bytes(pages, orders), or more
 *     const buddy_shape shape = { 0, 1024, 10, NULL, 0 };         base, pages, orders, holes
 *     buddy_zone zone;
 *     if (buddy_create(&zone, &shape, region, sizeof region) != BUDDY_MADE) ...
 *     for (int64_t frame = 0; frame < 1024; frame++) buddy_hand_over(&zone, frame);        what may be granted
 *     buddy_outcome got = buddy_allocate(&zone, 3);               8 frames from got.head, if got.kind is BUDDY_GRANTED
 *     buddy_free(&zone, got.head, 3);
 *
 * The face: buddy_create, buddy_attach, buddy_hand_over, buddy_allocate, buddy_allocate_pages, buddy_free,
 * buddy_misuse_of. It rejects every misuse before anything is touched, and says which it was. A request takes time in
 * proportion to the number of orders, creation to that of pages. Nothing here locks: one caller at a time.
 *
 * What it rests on. `buddy-oracle emit c --kernel KERNEL` printed it; do not edit it. What stands under "Printed from src"
 * was read from the TypeScript of buddy-oracle by the same front end as its proofs. These are about that source: at the
 * sizes that they name, from any legal state, each request leads to a legal state and to an answer that the
 * specification permits, no index leaves its array, and no number leaves 32 bits. The C itself is not proved. It rests
 * on the front end, on the printer, on your compiler, and on the parts above and below, which are written by hand. It
 * is compared with the source along random operations, word by word, and judged like any other allocator.
 */
#ifndef BUDDY_H
#define BUDDY_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What must always hold, whatever the caller does: define it as assert to have it checked. */
#ifndef BUDDY_ASSERT
#define BUDDY_ASSERT(holds) ((void)0)
#endif

/* Where the source has null, and the owners of a page that heads no outstanding block. */
/* constants */

#define BUDDY_MAX_ORDERS 31
#define BUDDY_MAX_PAGES (INT32_C(1) << 28)

/* ---- The face's types -------------------------------------------------------------------------------------------- */

/* Frames [first, first + count). */
typedef struct { int64_t first; int32_t count; } buddy_run;

/* Frames [base, base + pages); a block has 2^order of them, 0 <= order < orders. Holes are sorted and apart. */
typedef struct {
    int64_t base;
    int32_t pages, orders;
    const buddy_run *holes;
    int32_t hole_count;
} buddy_shape;

/* Whether a zone was made, or what is wrong with its shape or region. */
typedef enum {
    BUDDY_MADE,
    BUDDY_BAD_ORDERS,
    BUDDY_BAD_PAGES,
    BUDDY_BAD_BASE,
    BUDDY_BAD_HOLES,
    BUDDY_BAD_REGION
} buddy_made;

/* What a request asked for that it must not. */
typedef enum {
    BUDDY_NO_MISUSE,
    /* misuses */
} buddy_misuse;

typedef enum { BUDDY_GRANTED, BUDDY_EXHAUSTED, BUDDY_DONE, BUDDY_REJECTED } buddy_kind;

/* The answer to a request: head is the first frame of what was granted, else -1; misuse says why it was rejected. */
typedef struct { buddy_kind kind; buddy_misuse misuse; int64_t head; } buddy_outcome;

/* A zone: numbers, and where each array of its region lies. Read what you like; write nothing.
 * offset: how many pages the first one is after a multiple of the largest block, in the numbering that aligns blocks.
 * links: node n has its next node at 2n and its previous at 2n + 1; nodes are the pages, then the heads of the lists.
 * owners: of each page, the order of the outstanding block that it heads, or one of the negative constants. */
typedef struct {
    int64_t base;
    int32_t pages, orders, offset;
    int32_t *links;
#if KERNEL_24
    int32_t *counters; /* the number of free pages */
    int32_t *map;      /* a bit for each pair of buddies, order by order: 1 if exactly one of the two is wholly free */
    int32_t map_words;
    int32_t first_bits[BUDDY_MAX_ORDERS]; /* of each order in the map */
#else /* KERNEL_24 */
    int32_t *counters;      /* the number of free pages, then of the free blocks of each order */
    int32_t *buddy_flag;    /* of each page: 1 if it is the first of a free block */
    int32_t *private_order; /* of each page: the order of the free block that it is the first of */
#endif /* KERNEL_24 */
    int8_t *owners;
} buddy_zone;

/* Texts, for messages: "double-free" and the like; the rule that a misuse is against. */
static inline const char *buddy_misuse_name(buddy_misuse misuse)
{
    switch (misuse) {
    case BUDDY_NO_MISUSE: break;
    /* names */
    }
    return "";
}

static inline const char *buddy_misuse_clause(buddy_misuse misuse)
{
    switch (misuse) {
    case BUDDY_NO_MISUSE: break;
    /* clauses */
    }
    return "";
}

/* ---- What the source's operators are in C ------------------------------------------------------------------------ */

/* Shifts by the low five bits, as in JavaScript; C leaves some of these undefined. */
static inline int32_t buddy_shl(int32_t n, int32_t by) { return (int32_t)((uint32_t)n << (by & 31)); }
static inline int32_t buddy_shr(int32_t n, int32_t by) { return (int32_t)((uint32_t)n >> (by & 31)); }

/* Frames may be any numbers: what is far out of range must not overflow. */
static inline int64_t buddy_minus(int64_t one, int64_t other) { return (int64_t)((uint64_t)one - (uint64_t)other); }

static inline int32_t buddy_clz32(int32_t n)
{
    int32_t zeros = 32;
    for (uint32_t rest = (uint32_t)n; rest != 0; rest >>= 1) zeros--;
    return zeros;
}

static inline void buddy_fill_words(int32_t *words, int64_t from, int64_t end, int32_t value)
{
    for (int64_t at = from; at < end; at++) words[at] = value;
}

static inline void buddy_fill_bytes(int8_t *bytes, int64_t from, int64_t end, int8_t value)
{
    for (int64_t at = from; at < end; at++) bytes[at] = value;
}

static inline buddy_outcome buddy_outcome_of(buddy_kind kind, buddy_misuse misuse, int64_t head)
{
    const buddy_outcome outcome = { kind, misuse, head };
    return outcome;
}

/* ---- Printed from src -------------------------------------------------------------------------------------------- */

/* functions */

/* ---- Written by hand: how a zone lies in its region -------------------------------------------------------------- */
#if KERNEL_24

/* The words of one order's map: a bit for each pair of buddies, in whole words. */
static inline int32_t buddy_map_words(int32_t pages, int32_t order)
{
    const int32_t bytes = (int32_t)(((int64_t)pages - 1) >> (order + 4)) + 1;
    return (bytes + 3) / 4;
}
#endif /* KERNEL_24 */

/* The 32-bit words of a zone's state, without the owner table. */
static inline size_t buddy_state_words(int32_t pages, int32_t orders)
{
#if KERNEL_24
    size_t words = 1 + 2 * ((size_t)pages + (size_t)orders);
    for (int32_t order = 0; order < orders - 1; order++) words += (size_t)buddy_map_words(pages, order);
    return words;
#else /* KERNEL_24 */
    return 1 + (size_t)orders + 2 * ((size_t)pages + (size_t)orders) + 2 * (size_t)pages;
#endif /* KERNEL_24 */
}

/* Returns the bytes of the region that a zone needs, a multiple of 4; 0 if there is no such zone. */
static inline size_t buddy_region_bytes(int32_t pages, int32_t orders)
{
    if (orders < 1 || orders > BUDDY_MAX_ORDERS || pages < 1 || pages > BUDDY_MAX_PAGES) return 0;
    return 4 * (buddy_state_words(pages, orders) + ((size_t)pages + 3) / 4);
}

/* Returns what is wrong with a shape or its region. */
static inline buddy_made buddy_refuse(const buddy_shape *shape, const void *region, size_t bytes)
{
    int64_t end = shape->base;
    if (shape->orders < 1 || shape->orders > BUDDY_MAX_ORDERS) return BUDDY_BAD_ORDERS;
    if (shape->pages < 1 || shape->pages > BUDDY_MAX_PAGES) return BUDDY_BAD_PAGES;
    if (shape->base < 0 || shape->base > (INT64_C(1) << 53) - 1 - BUDDY_MAX_PAGES) return BUDDY_BAD_BASE;
    for (int32_t n = 0; n < shape->hole_count; n++) {
        const buddy_run hole = shape->holes[n];
        const int64_t left = shape->base + shape->pages - hole.first;
        if (hole.first < end || left < 1 || hole.count < 1 || hole.count > left) return BUDDY_BAD_HOLES;
        end = hole.first + hole.count;
    }
    if (region == NULL || (uintptr_t)region % 4 != 0) return BUDDY_BAD_REGION;
    return bytes < buddy_region_bytes(shape->pages, shape->orders) ? BUDDY_BAD_REGION : BUDDY_MADE;
}

/* Makes a zone of what is in its region already: one made with the same shape, shared, copied or restored. */
static inline buddy_made buddy_attach(buddy_zone *zone, const buddy_shape *shape, void *region, size_t bytes)
{
    const buddy_made made = buddy_refuse(shape, region, bytes);
    if (made != BUDDY_MADE) return made;
    const int32_t pages = shape->pages, orders = shape->orders;
    int32_t *at = (int32_t *)region;
    zone->base = shape->base;
    zone->pages = pages;
    zone->orders = orders;
    zone->counters = at;
#if KERNEL_24
    zone->offset = 0;
    zone->links = at += 1;
    zone->map = at += 2 * (pages + orders);
    zone->map_words = 0;
    for (int32_t order = 0; order < orders; order++) {
        zone->first_bits[order] = 32 * zone->map_words;
        if (order < orders - 1) zone->map_words += buddy_map_words(pages, order);
    }
    zone->owners = (int8_t *)(at + zone->map_words);
#else /* KERNEL_24 */
    zone->offset = (int32_t)(shape->base % (INT64_C(1) << (orders - 1)));
    zone->links = at += 1 + orders;
    zone->buddy_flag = at += 2 * (pages + orders);
    zone->private_order = at += pages;
    zone->owners = (int8_t *)(at + pages);
#endif /* KERNEL_24 */
    return BUDDY_MADE;
}

/* Makes a new zone in a region, aligned to 4 bytes. Every frame is in use until it is handed over, those in holes for
 * ever. */
static inline buddy_made buddy_create(buddy_zone *zone, const buddy_shape *shape, void *region, size_t bytes)
{
    const buddy_made made = buddy_attach(zone, shape, region, bytes);
    if (made == BUDDY_MADE) buddy_init_zone(zone, shape->holes, shape->hole_count);
    return made;
}

#endif
