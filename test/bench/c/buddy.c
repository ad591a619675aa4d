#include "buddy.h"

#include <limits.h>
#include <stdlib.h>

enum { LONG_BITS = sizeof(unsigned long) * CHAR_BIT };

/* The words that hold one bit for each pair of the order; the last pair counts, even if the zone ends within it. */
static size_t map_words(uint32_t pages, uint32_t order)
{
    uint32_t shift = order < 31 ? order + 1 : 31; /* a shift by 32 is undefined, and only one pair is left by then */
    return ((pages - 1) >> shift) / LONG_BITS + 1;
}

bool buddy_init(buddy_zone *zone, uint32_t pages, uint32_t orders)
{
    uint32_t top = orders - 1;
    size_t words = 0;
    for (uint32_t order = 0; order < top; order++) words += map_words(pages, order);

    zone->pages = pages;
    zone->orders = orders;
    zone->free_pages = 0;
    zone->link = calloc((size_t)pages + orders, sizeof *zone->link);
    zone->map = calloc(orders, sizeof *zone->map);
    zone->bits = calloc(words + 1, sizeof *zone->bits); /* + 1: a single order has no map, and that is no failure */
    if (!zone->link || !zone->map || !zone->bits) {
        buddy_release(zone);
        return false;
    }
    for (uint32_t order = 0; order < orders; order++)
        zone->link[pages + order] = (buddy_link){ pages + order, pages + order };
    unsigned long *map = zone->bits;
    for (uint32_t order = 0; order < top; order++) { /* the top order has no map: nothing merges there */
        zone->map[order] = map;
        map += map_words(pages, order);
    }
    return true;
}

void buddy_release(buddy_zone *zone)
{
    free(zone->link);
    free(zone->map);
    free(zone->bits);
    *zone = (buddy_zone){ 0 };
}

static inline void list_add(buddy_link *link, uint32_t head, uint32_t entry)
{
    uint32_t next = link[head].next;
    link[entry] = (buddy_link){ next, head };
    link[next].prev = entry;
    link[head].next = entry;
}

static inline void list_del(buddy_link *link, uint32_t entry)
{
    buddy_link gone = link[entry];
    link[gone.prev].next = gone.next;
    link[gone.next].prev = gone.prev;
    link[entry] = (buddy_link){ BUDDY_NONE, BUDDY_NONE }; /* as 2.4.22: to unlink a block twice shows at once */
}

/* Complements the pair's bit, once for each block of the pair that enters or leaves its list; returns the old one. */
static inline bool test_and_change_bit(unsigned long *map, uint32_t pair)
{
    unsigned long bit = 1UL << pair % LONG_BITS, *word = &map[pair / LONG_BITS];
    bool old = (*word & bit) != 0;
    *word ^= bit;
    return old;
}

uint32_t buddy_rmqueue(buddy_zone *zone, uint32_t order)
{
    buddy_link *link = zone->link;
    for (uint32_t current = order; current < zone->orders; current++) {
        uint32_t head = zone->pages + current, index = link[head].next;
        if (index == head) continue;
        list_del(link, index);
        if (current != zone->orders - 1) test_and_change_bit(zone->map[current], index >> (current + 1));
        zone->free_pages -= UINT32_C(1) << order;
        while (current > order) { /* the lower half goes on the list, the upper half is split further or granted */
            current--;
            list_add(link, zone->pages + current, index);
            test_and_change_bit(zone->map[current], index >> (current + 1));
            index += UINT32_C(1) << current;
        }
        return index;
    }
    return BUDDY_NONE;
}

void buddy_free_pages_ok(buddy_zone *zone, uint32_t index, uint32_t order)
{
    buddy_link *link = zone->link;
    zone->free_pages += UINT32_C(1) << order;
    /* This block is in use, so the old bit says whether its buddy is free. If so, the buddy leaves the list and this
     * one never enters it: one change of the bit stands for both. A buddy beyond the end of the zone is never free. */
    for (; order < zone->orders - 1; order++) {
        if (!test_and_change_bit(zone->map[order], index >> (order + 1))) break;
        list_del(link, index ^ (UINT32_C(1) << order));
        index &= ~(UINT32_C(1) << order);
    }
    list_add(link, zone->pages + order, index);
}

bool buddy_pair_bit(const buddy_zone *zone, uint32_t order, uint32_t pair)
{
    return zone->map[order][pair / LONG_BITS] >> pair % LONG_BITS & 1;
}
