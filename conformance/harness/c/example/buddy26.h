/*
 * A buddy allocator of page frames: the algorithm of Linux 2.6, which marks the first page of each free block.
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
 * What it rests on. `buddy-oracle emit c --kernel 2.6` printed it; do not edit it. What stands under "Printed from src"
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
#define BUDDY_BOOT (-3)
#define BUDDY_HOLE (-4)
#define BUDDY_NULL (-1)
#define BUDDY_NONE (-1)
#define BUDDY_FREED (-1)
#define BUDDY_NOBODY (-2)
#define BUDDY_ORDER_0 0

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
    BUDDY_OUT_OF_RANGE, /* MISUSE-1 */
    BUDDY_WRONG_ORDER, /* MISUSE-2 */
    BUDDY_MISALIGNED, /* MISUSE-3 */
    BUDDY_INNER_PAGE, /* MISUSE-4 */
    BUDDY_DOUBLE_FREE, /* MISUSE-5 */
    BUDDY_NEVER_ALLOCATED, /* MISUSE-6 */
    BUDDY_NO_SUCH_FRAME, /* HAND-3 */
    BUDDY_HANDED_OVER_TWICE, /* HAND-2 */
    BUDDY_NO_SUCH_ORDER, /* TAKE-5 */
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
    int32_t *counters;      /* the number of free pages, then of the free blocks of each order */
    int32_t *buddy_flag;    /* of each page: 1 if it is the first of a free block */
    int32_t *private_order; /* of each page: the order of the free block that it is the first of */
    int8_t *owners;
} buddy_zone;

/* Texts, for messages: "double-free" and the like; the rule that a misuse is against. */
static inline const char *buddy_misuse_name(buddy_misuse misuse)
{
    switch (misuse) {
    case BUDDY_NO_MISUSE: break;
    case BUDDY_OUT_OF_RANGE: return "out-of-range";
    case BUDDY_WRONG_ORDER: return "wrong-order";
    case BUDDY_MISALIGNED: return "misaligned";
    case BUDDY_INNER_PAGE: return "inner-page";
    case BUDDY_DOUBLE_FREE: return "double-free";
    case BUDDY_NEVER_ALLOCATED: return "never-allocated";
    case BUDDY_NO_SUCH_FRAME: return "no-such-frame";
    case BUDDY_HANDED_OVER_TWICE: return "handed-over-twice";
    case BUDDY_NO_SUCH_ORDER: return "no-such-order";
    }
    return "";
}

static inline const char *buddy_misuse_clause(buddy_misuse misuse)
{
    switch (misuse) {
    case BUDDY_NO_MISUSE: break;
    case BUDDY_OUT_OF_RANGE: return "MISUSE-1";
    case BUDDY_WRONG_ORDER: return "MISUSE-2";
    case BUDDY_MISALIGNED: return "MISUSE-3";
    case BUDDY_INNER_PAGE: return "MISUSE-4";
    case BUDDY_DOUBLE_FREE: return "MISUSE-5";
    case BUDDY_NEVER_ALLOCATED: return "MISUSE-6";
    case BUDDY_NO_SUCH_FRAME: return "HAND-3";
    case BUDDY_HANDED_OVER_TWICE: return "HAND-2";
    case BUDDY_NO_SUCH_ORDER: return "TAKE-5";
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

/* Gives every page of a zone that begins at frame `base` to boot memory, except the frames in `holes`. */
static inline void buddy_owner_reset(buddy_zone *zone, int64_t base, const buddy_run *holes, int32_t hole_count)
{
    buddy_fill_bytes(zone->owners, 0, zone->pages, BUDDY_BOOT);
    for (int32_t n = 0; n < hole_count; n++) {
        const int64_t first = holes[n].first;
        const int64_t count = holes[n].count;
        buddy_fill_bytes(zone->owners, buddy_minus(first, base), buddy_minus(first, base) + count, BUDDY_HOLE);
    }
}

/* Makes a node one that is on no list. */
static inline void buddy_init_unlinked(buddy_zone *zone, int32_t node)
{
    zone->links[2 * (size_t)node] = BUDDY_NULL;
    zone->links[2 * (size_t)node + 1] = BUDDY_NULL;
}

/* Returns the head of an order's list: the heads are the nodes after the last page, by order. */
static inline int32_t buddy_free_list_of(const buddy_zone *zone, int32_t order)
{
    return zone->pages + order;
}

/* Makes a list empty. */
static inline void buddy_init_list_head(buddy_zone *zone, int32_t head)
{
    zone->links[2 * (size_t)head] = head;
    zone->links[2 * (size_t)head + 1] = head;
}

/* Makes a zone new: lists empty, maps clear, every page held by boot memory except those in holes. */
static inline void buddy_init_zone(buddy_zone *zone, const buddy_run *holes, int32_t hole_count)
{
    buddy_fill_words(zone->counters, 0, 1 + zone->orders, 0);
    buddy_fill_words(zone->buddy_flag, 0, zone->pages, 0);
    buddy_fill_words(zone->private_order, 0, zone->pages, 0);
    buddy_owner_reset(zone, zone->base, holes, hole_count);
    for (int32_t page = 0; page < zone->pages; page++) buddy_init_unlinked(zone, page);
    for (int32_t order = 0; order < zone->orders; order++) buddy_init_list_head(zone, buddy_free_list_of(zone, order));
}

/* Returns the outcome of a command that was rejected, with the clause that the misuse is against. */
static inline buddy_outcome buddy_rejected(buddy_misuse misuse)
{
    return buddy_outcome_of(BUDDY_REJECTED, misuse, -1);
}

static inline buddy_outcome buddy_exhausted(void) { return buddy_outcome_of(BUDDY_EXHAUSTED, BUDDY_NO_MISUSE, -1); }

/* Returns the node after `node`: the list's first entry, or the head itself if the list is empty, after its head. */
static inline int32_t buddy_next_of(const buddy_zone *zone, int32_t node)
{
    return zone->links[2 * (size_t)node];
}

/* Takes `node` off its list and clears its links. */
static inline void buddy_list_del(buddy_zone *zone, int32_t node)
{
    int32_t *const links = zone->links;
    const int32_t next = links[2 * (size_t)node];
    const int32_t previous = links[2 * (size_t)node + 1];
    BUDDY_ASSERT(next != BUDDY_NULL && previous != BUDDY_NULL);
    links[2 * (size_t)next + 1] = previous;
    links[2 * (size_t)previous] = next;
    links[2 * (size_t)node] = BUDDY_NULL;
    links[2 * (size_t)node + 1] = BUDDY_NULL;
}

static inline void buddy_field_put(int32_t *words, int32_t index, int32_t value)
{
    words[index] = value;
}

/* Removes the mark of a page. */
static inline void buddy_rmv_page_order(buddy_zone *zone, int32_t page)
{
    buddy_field_put(zone->buddy_flag, page, 0);
    buddy_field_put(zone->private_order, page, 0);
}

/* Adds to a count; a difference below 0 subtracts. */
static inline void buddy_field_add(int32_t *words, int32_t index, int32_t difference)
{
    words[index] += difference;
}

/* Takes a block off the list of its order, and neither marks nor counts it any more. */
static inline void buddy_delist(buddy_zone *zone, int32_t page, int32_t order)
{
    buddy_list_del(zone, page);
    buddy_rmv_page_order(zone, page);
    buddy_field_add(zone->counters, 1 + order, -1);
}

/* Marks a page as the first of a free block of an order. */
static inline void buddy_set_page_order(buddy_zone *zone, int32_t page, int32_t order)
{
    buddy_field_put(zone->buddy_flag, page, 1);
    buddy_field_put(zone->private_order, page, order);
}

/* Puts `node` first on the list of `head`. */
static inline void buddy_list_add(buddy_zone *zone, int32_t node, int32_t head)
{
    int32_t *const links = zone->links;
    const int32_t first = links[2 * (size_t)head];
    links[2 * (size_t)first + 1] = node;
    links[2 * (size_t)node] = first;
    links[2 * (size_t)node + 1] = head;
    links[2 * (size_t)head] = node;
}

/* Puts a block on the list of its order, and marks and counts it. */
static inline void buddy_enlist(buddy_zone *zone, int32_t page, int32_t order)
{
    buddy_set_page_order(zone, page, order);
    buddy_list_add(zone, page, buddy_free_list_of(zone, order));
    buddy_field_add(zone->counters, 1 + order, 1);
}

/* Splits the block at `page` from order `high` down to `low`: each upper half goes on its list, the lower half is
 * split on. */
static inline void buddy_expand(buddy_zone *zone, int32_t page, int32_t low, int32_t high)
{
    for (int32_t order = high - 1; order >= low; order--) buddy_enlist(zone, page + buddy_shl(1, order), order);
}

/* Takes a block of 2^order pages from the smallest order that has one. Returns its first page, or BUDDY_NONE if no
 * order has one. */
static inline int32_t buddy_rmqueue_smallest(buddy_zone *zone, int32_t order)
{
    for (int32_t current = order; current < zone->orders; current++) {
        const int32_t free_list = buddy_free_list_of(zone, current);
        const int32_t page = buddy_next_of(zone, free_list);
        if (page == free_list) continue;
        buddy_delist(zone, page, current);
        buddy_field_add(zone->counters, 0, -buddy_shl(1, order));
        buddy_expand(zone, page, order, current);
        return page;
    }
    return BUDDY_NONE;
}

/* Records that `page` heads an outstanding block of 2^order pages. */
static inline void buddy_owner_grant(buddy_zone *zone, int32_t page, int32_t order)
{
    zone->owners[page] = (int8_t)order;
}

/* Grants a block of 2^order frames. Returns its first frame; `exhausted` if no block is large enough or the arena
 * lacks the order; `rejected` if `order` is not a whole number from 0. */
static inline buddy_outcome buddy_allocate(buddy_zone *zone, int32_t order)
{
    if (order < 0) return buddy_rejected(BUDDY_NO_SUCH_ORDER);
    if (order >= zone->orders) return buddy_exhausted();
    const int32_t page = buddy_rmqueue_smallest(zone, order);
    if (page == BUDDY_NONE) return buddy_exhausted();
    buddy_owner_grant(zone, page, order);
    return buddy_outcome_of(BUDDY_GRANTED, BUDDY_NO_MISUSE, zone->base + page);
}

/* Returns the smallest order whose blocks hold `pages` pages, at least 1. */
static inline int32_t buddy_get_order(int32_t pages)
{
    return 32 - buddy_clz32(pages - 1);
}

/* Grants a block of the smallest order that holds `pages` frames, at least 1. */
static inline buddy_outcome buddy_allocate_pages(buddy_zone *zone, int32_t pages)
{
    if (pages < 1) return buddy_rejected(BUDDY_NO_SUCH_ORDER);
    return pages > zone->pages ? buddy_exhausted() : buddy_allocate(zone, buddy_get_order(pages));
}

/* Returns who owns a page. */
static inline int32_t buddy_owner_get(const buddy_zone *zone, int32_t page)
{
    const int32_t owner = zone->owners[page];
    return owner;
}

/* Reports whether a page is inside an outstanding block. Precondition: it is not the first page of one. */
static inline bool buddy_is_inside(const buddy_zone *zone, int32_t page)
{
    const int32_t offset = zone->offset;
    const int32_t orders = zone->orders;
    for (int32_t order = 1; order < orders; order++) {
        const int32_t head = ((page + offset) & -buddy_shl(1, order)) - offset;
        if (head >= 0 && buddy_owner_get(zone, head) == order) return true;
    }
    return false;
}

/* Returns what a free would do wrong; BUDDY_NO_MISUSE if the block is outstanding at exactly that order. */
static inline buddy_misuse buddy_misuse_of(const buddy_zone *zone, int64_t head, int32_t order)
{
    const int64_t base = zone->base;
    const int32_t offset = zone->offset;
    const int32_t orders = zone->orders;
    const int32_t pages = zone->pages;
    const int64_t page = buddy_minus(head, base);
    if (page < 0 || page >= pages) return BUDDY_OUT_OF_RANGE;
    const int32_t owner = buddy_owner_get(zone, (int32_t)page);
    if (owner == order && order >= 0) return BUDDY_NO_MISUSE;
    if (order < 0 || order >= orders || page + buddy_shl(1, order) > pages) return BUDDY_OUT_OF_RANGE;
    if (owner >= 0) return BUDDY_WRONG_ORDER;
    if (((int32_t)(page + offset) & (buddy_shl(1, order) - 1)) != 0) return BUDDY_MISALIGNED;
    if (buddy_is_inside(zone, (int32_t)page)) return BUDDY_INNER_PAGE;
    return owner == BUDDY_FREED ? BUDDY_DOUBLE_FREE : BUDDY_NEVER_ALLOCATED;
}

/* Records that the block at `page` was freed. */
static inline void buddy_owner_free(buddy_zone *zone, int32_t page)
{
    zone->owners[page] = BUDDY_FREED;
}

/* Returns where the buddy of the block at `pageIndex` begins, which may be outside the zone. Blocks are aligned in
 * this numbering, that of page frame numbers; `Zone.offset` tells how it differs from the zone's own. */
static inline int32_t buddy_page_find_buddy(int32_t page_index, int32_t order)
{
    return page_index ^ buddy_shl(1, order);
}

static inline int32_t buddy_field_get(const int32_t *words, int32_t index)
{
    const int32_t value = words[index];
    return value;
}

/* Reports whether `buddy` is the first page of a free block of exactly this order. If the orders were not compared,
 * a buddy that was split would be joined. `buddy` may be outside the zone. */
static inline bool buddy_page_is_buddy(const buddy_zone *zone, int32_t buddy, int32_t order)
{
    if (buddy < 0 || buddy >= zone->pages) return false;
    return buddy_field_get(zone->buddy_flag, buddy) == 1 && buddy_field_get(zone->private_order, buddy) == order;
}

/* Returns where the block begins that a block and its buddy form. */
static inline int32_t buddy_find_combined_index(int32_t page_index, int32_t order)
{
    return page_index & ~buddy_shl(1, order);
}

/* Frees the block of 2^order pages at `page`, and joins it with its buddy as long as that is marked free at the
 * same order. */
static inline void buddy_free_one_page(buddy_zone *zone, int32_t page, int32_t order)
{
    const int32_t offset = zone->offset;
    int32_t page_index = page + offset;
    BUDDY_ASSERT((page_index & (buddy_shl(1, order) - 1)) == 0);
    buddy_field_add(zone->counters, 0, buddy_shl(1, order));
    int32_t current = order;
    for (; current < zone->orders - 1; current++) {
        const int32_t buddy = buddy_page_find_buddy(page_index, current) - offset;
        if (!buddy_page_is_buddy(zone, buddy, current)) break;
        buddy_delist(zone, buddy, current);
        page_index = buddy_find_combined_index(page_index, current);
    }
    buddy_enlist(zone, page_index - offset, current);
}

static inline buddy_outcome buddy_done(void) { return buddy_outcome_of(BUDDY_DONE, BUDDY_NO_MISUSE, -1); }

/* Frees the outstanding block of 2^order frames at `head`; rejects anything else. */
static inline buddy_outcome buddy_free(buddy_zone *zone, int64_t head, int32_t order)
{
    const buddy_misuse misuse = buddy_misuse_of(zone, head, order);
    if (misuse != BUDDY_NO_MISUSE) return buddy_rejected(misuse);
    const int64_t page = buddy_minus(head, zone->base);
    buddy_owner_free(zone, (int32_t)page);
    buddy_free_one_page(zone, (int32_t)page, order);
    return buddy_done();
}

/* Records that boot memory handed `page` over. */
static inline void buddy_owner_hand_over(buddy_zone *zone, int32_t page)
{
    zone->owners[page] = BUDDY_NOBODY;
}

/* Makes a frame free that was never in use, once: the door by which boot memory hands frames over. */
static inline buddy_outcome buddy_hand_over(buddy_zone *zone, int64_t frame)
{
    const int64_t page = buddy_minus(frame, zone->base);
    if (page < 0 || page >= zone->pages) return buddy_rejected(BUDDY_NO_SUCH_FRAME);
    const int32_t owner = buddy_owner_get(zone, (int32_t)page);
    if (owner == BUDDY_HOLE) return buddy_rejected(BUDDY_NO_SUCH_FRAME);
    if (owner != BUDDY_BOOT) return buddy_rejected(BUDDY_HANDED_OVER_TWICE);
    buddy_owner_hand_over(zone, (int32_t)page);
    buddy_free_one_page(zone, (int32_t)page, BUDDY_ORDER_0);
    return buddy_done();
}

/* ---- Written by hand: how a zone lies in its region -------------------------------------------------------------- */

/* The 32-bit words of a zone's state, without the owner table. */
static inline size_t buddy_state_words(int32_t pages, int32_t orders)
{
    return 1 + (size_t)orders + 2 * ((size_t)pages + (size_t)orders) + 2 * (size_t)pages;
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
    zone->offset = (int32_t)(shape->base % (INT64_C(1) << (orders - 1)));
    zone->links = at += 1 + orders;
    zone->buddy_flag = at += 2 * (pages + orders);
    zone->private_order = at += pages;
    zone->owners = (int8_t *)(at + pages);
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
