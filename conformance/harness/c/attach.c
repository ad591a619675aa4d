/*
 * attach.c attaches the example, Linux 2.4's algorithm, to the judge: put your allocator in its place.
 *
 *     cc -O2 -std=c99 -o judged attach.c example/buddy.c && npx buddy-oracle check -- ./judged
 *
 * The core cannot detect misuse, so an owner table stands in front of it and rejects, before anything is touched.
 */
#include "example/buddy.h"
#include "oracle.h"

/* owner[page]: with HEAD, the page heads an outstanding block of the order in the low bits; with FREED, it headed a
 * block that was freed, no matter what became of it since. */
enum { ORDER = 63, HEAD = 64, FREED = 128 };

static buddy_zone zone;
static uint8_t *owner;
static int64_t base;

static oracle_start no(oracle_arena *arena, const char *why)
{
    arena->why = why;
    return ORACLE_UNSUPPORTED;
}

static oracle_start init(oracle_arena *arena)
{
    buddy_release(&zone);
    free(owner);
    owner = NULL;
    if (arena->pages < 1 || arena->orders < 1) return no(arena, "there is nothing to allocate");
    if (arena->pages > BUDDY_MAX_PAGES) return no(arena, "the arena has more than 2^30 pages");
    if (arena->orders > ORDER) return no(arena, "there are more than 63 orders");
    base = arena->base;
    owner = calloc((size_t)arena->pages, sizeof *owner);
    if (!owner || !buddy_init(&zone, (uint32_t)arena->pages, arena->orders))
        return no(arena, "this machine has not enough memory for the arena's tables");

    /* Memory starts in use. What is not reserved is now freed, frame by frame, as Linux does at the end of its boot. */
    const oracle_run *span = arena->reserved;
    size_t left = arena->reserved_count;
    for (uint32_t index = 0; index < zone.pages; index++) {
        while (left && base + index >= span->first + span->count) span++, left--;
        if (!left || base + index < span->first) buddy_free_pages_ok(&zone, index, 0);
    }
    return ORACLE_READY;
}

static oracle_answer allocate(unsigned order)
{
    uint32_t index = buddy_rmqueue(&zone, order);
    if (index == BUDDY_NONE) return oracle_refused();
    owner[index] = (uint8_t)((owner[index] & FREED) | HEAD | order);
    return oracle_granted(base + index);
}

static bool inside_of_a_block(uint32_t index)
{
    for (uint32_t order = 1; order < zone.orders && order < 32; order++) { /* no block that was granted is larger */
        uint32_t head = index >> order << order;
        if (head != index && owner[head] & HEAD && (owner[head] & ORDER) >= order) return true;
    }
    return false;
}

static oracle_answer release(int64_t frame, unsigned order)
{
    if (order >= zone.orders || frame < base || frame - base >= zone.pages) return oracle_error("out-of-range", NULL);
    uint32_t index = (uint32_t)(frame - base);
    if (order > 30 || zone.pages - index < UINT32_C(1) << order) return oracle_error("out-of-range", NULL);
    if (!(owner[index] & HEAD)) {
        if (index & ((UINT32_C(1) << order) - 1)) return oracle_error("misaligned", NULL);
        if (inside_of_a_block(index)) return oracle_error("inner-page", NULL);
        return oracle_error(owner[index] & FREED ? "double-free" : "never-allocated", NULL);
    }
    if ((owner[index] & ORDER) != order) return oracle_error("wrong-order", NULL);
    owner[index] = FREED;
    buddy_free_pages_ok(&zone, index, order);
    return oracle_done();
}

static int64_t free_count(void) { return zone.free_pages; }

static void free_list(unsigned order, oracle_array *out)
{
    uint32_t head = zone.pages + order;
    for (uint32_t index = zone.link[head].next; index != head; index = zone.link[index].next)
        oracle_add(out, base + index);
}

static bool pair_bit(unsigned order, int64_t pair) { return buddy_pair_bit(&zone, order, (uint32_t)pair); }

int main(void)
{
    static const oracle_harness harness = {
        .name = "buddy.c",
        .revision = "1",
        .claims = "complete best-fit placement:linux-2.4 capacity misuse:double-free misuse:never-allocated "
                  "misuse:inner-page misuse:misaligned misuse:wrong-order misuse:out-of-range",
        .features = "observe:free-count observe:free-blocks observe:free-lists observe:pair-bits",
        .init = init,
        .allocate = allocate,
        .free = release,
        .free_count = free_count,
        .free_list = free_list,
        .pair_bit = pair_bit,
    };
    return oracle_serve(&harness);
}
