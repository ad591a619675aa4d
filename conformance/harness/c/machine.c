/*
 * A page allocator with zones, watermarks and nodes, as a pattern for attaching your own:
 *
 *     cc -O2 -std=c99 -o judged machine.c && npx buddy-oracle check -- ./judged
 *
 * It keeps to Linux 2.4's rules of which zone may give a block, and not to its choice of the block within a zone.
 */
#include "machine.h"

enum { GFP_DMA = 0x01, GFP_HIGHMEM = 0x02, GFP_WAIT = 0x10, EXEMPT = 0x1800 };

/* A zone: a buddy system that notes of each page which order of free block begins there. */
typedef struct {
    const machine_zone *is;
    signed char *begins;  /* by page; NOTHING if no free block does */
    int64_t *users;       /* by page: of the outstanding block that begins there */
    int64_t free, min;
    bool asks;
} zone;

enum { NOTHING = -1 };

static machine_shape shape;
static zone *zones;
static int64_t next_node;
static bool is_keeping; /* while somebody reclaims for himself: the first block that becomes free is kept */
static struct { int64_t frame; unsigned order; } kept;

static void give(zone *to, int64_t page, unsigned order)
{
    to->free += (int64_t)1 << order;
    for (; order + 1 < shape.orders; order++) {
        const int64_t buddy = page ^ (int64_t)1 << order;
        if (buddy >= to->is->pages || to->begins[buddy] != (signed char)order) break;
        to->begins[buddy] = NOTHING;
        page &= ~((int64_t)1 << order);
    }
    to->begins[page] = (signed char)order;
}

/* A block's first page; NOTHING if there is none. */
static int64_t take(zone *from, unsigned order)
{
    for (unsigned larger = order; larger < shape.orders; larger++) {
        int64_t page = 0;
        while (page < from->is->pages && from->begins[page] != (signed char)larger) page += (int64_t)1 << larger;
        if (page >= from->is->pages) continue;
        for (from->begins[page] = NOTHING; larger > order;) {
            larger--;
            from->begins[page + ((int64_t)1 << larger)] = (signed char)larger;
        }
        from->free -= (int64_t)1 << order;
        from->users[page] = 1;
        return page;
    }
    return NOTHING;
}

static bool is_hole(const machine_zone *of, int64_t frame)
{
    for (size_t n = 0; n < of->hole_count; n++)
        if (frame >= of->holes[n].first && frame < of->holes[n].first + of->holes[n].count) return true;
    return false;
}

static void init_zone(zone *of, const machine_zone *is)
{
    const int64_t *balance = shape.balance[is->kind];
    *of = (zone){ .is = is, .begins = malloc((size_t)is->pages), .users = calloc((size_t)is->pages, sizeof *of->users) };
    memset(of->begins, NOTHING, (size_t)is->pages);
    for (int64_t page = 0; page < is->pages; page++) if (!is_hole(is, is->base + page)) give(of, page, 0);
    of->min = of->free / balance[0];
    if (of->min < balance[1]) of->min = balance[1];
    if (of->min > balance[2]) of->min = balance[2];
}

static void init(const machine_shape *wanted)
{
    for (size_t n = 0; n < shape.zone_count; n++) free(zones[n].begins), free(zones[n].users);
    shape = *wanted;
    zones = realloc(zones, shape.zone_count * sizeof *zones);
    for (size_t n = 0; n < shape.zone_count; n++) init_zone(zones + n, shape.zones + n);
    next_node = shape.nodes - 1; /* the last node is first in the list */
    is_keeping = false;
}

static zone *zone_of(int64_t frame)
{
    size_t n = 0;
    while (frame < zones[n].is->base || frame >= zones[n].is->base + zones[n].is->pages) n++;
    return zones + n;
}

/* The zone of a node that is next below a kind of zone; NULL if there is none. */
static zone *below(int64_t node, int kind)
{
    for (size_t n = shape.zone_count; n-- > 0;)
        if (zones[n].is->node == node && zones[n].is->kind < kind) return zones + n;
    return NULL;
}

/* What of its free frames a zone keeps, by who asks. */
enum { LOW, MIN, QUARTER, NONE };
static int64_t mark_of(const zone *of, int who) { return who == LOW ? 2 * of->min : who == MIN ? of->min : of->min >> 2; }

/* A block of the first zone that keeps its mark and those of the zones before it. */
static oracle_answer take_above(int64_t node, int highest, unsigned order, int who)
{
    int64_t needed = (int64_t)1 << order;
    for (zone *from = below(node, highest + 1); from; from = below(node, from->is->kind)) {
        needed += mark_of(from, who);
        const int64_t page = who == NONE || from->free > needed ? take(from, order) : NOTHING;
        if (page != NOTHING) return oracle_granted(from->is->base + page);
    }
    return oracle_refused();
}

/* A direct reclaim: the first block that it frees is the caller's if it suits. Reports whether anything was freed. */
static bool reclaim_for(const zone *class_zone, unsigned order, oracle_answer *answer)
{
    is_keeping = true, kept.frame = NOTHING;
    const bool success = machine_reclaim();
    is_keeping = false;
    if (kept.frame == NOTHING) return false; /* what becomes free first is kept: nothing was freed */
    zone *of = zone_of(kept.frame);
    const bool suits = of->is->node == class_zone->is->node && of->is->kind <= class_zone->is->kind && kept.order == order;
    if (success && suits) *answer = oracle_granted(kept.frame), of->users[kept.frame - of->is->base] = 1;
    else give(of, kept.frame - of->is->base, kept.order);
    return true;
}

/* Linux's __alloc_pages on one node. */
static oracle_answer on_node(int64_t node, unsigned order, int64_t gfp, int64_t task, bool *woken)
{
    const int highest = gfp & GFP_DMA ? MACHINE_DMA : gfp & GFP_HIGHMEM ? MACHINE_HIGHMEM : MACHINE_NORMAL;
    zone *class_zone = below(node, highest + 1);
    oracle_answer answer = oracle_refused();
    if (!class_zone || (answer = take_above(node, highest, order, LOW)).is == '#') return answer;
    class_zone->asks = *woken = true;
    answer = take_above(node, highest, order, gfp & GFP_WAIT ? MIN : QUARTER);
    if (answer.is == '#') return answer;
    if (task & EXEMPT) return take_above(node, highest, order, NONE);
    while (gfp & GFP_WAIT) {
        const bool progress = reclaim_for(class_zone, order, &answer);
        if (answer.is != '#') answer = take_above(node, highest, order, MIN);
        if (answer.is == '#' || order > 3) return answer;
        if (!progress) return machine_stalled();
    }
    return answer;
}

static machine_answer allocate(int64_t node, unsigned order, int64_t gfp, int64_t task, bool bound)
{
    machine_answer to = { oracle_refused(), false };
    if (order >= shape.orders) return to;
    int64_t at = shape.is_local ? node : next_node, left = shape.is_local && bound ? 1 : shape.nodes;
    if (!shape.is_local) next_node = (at + shape.nodes - 1) % shape.nodes;
    for (; left > 0 && to.answer.is == '-'; left--, at = (at + shape.nodes - 1) % shape.nodes)
        to.answer = on_node(at, order, gfp, task, &to.woken);
    return to;
}

static const char *release(int64_t frame, unsigned order)
{
    zone *of = zone_of(frame);
    if (--of->users[frame - of->is->base] > 0) return NULL;
    if (is_keeping && kept.frame == NOTHING) kept.frame = frame, kept.order = order;
    else give(of, frame - of->is->base, order);
    return NULL;
}

static void get_page(int64_t frame) { zone_of(frame)->users[frame - zone_of(frame)->is->base]++; }

static void kswapd(void)
{
    for (int64_t node = shape.nodes; node-- > 0;) {
        for (zone *of = below(node, MACHINE_HIGHMEM + 1); of; of = below(node, of->is->kind)) {
            if (!of->asks) continue;
            bool balanced = !machine_reclaim();
            for (zone *mate = of; mate; mate = below(node, mate->is->kind)) balanced |= mate->free > 3 * mate->min;
            of->asks = !balanced;
        }
    }
}

static int64_t observe_zone(size_t n, bool *asks) { return *asks = zones[n].asks, zones[n].free; }

static oracle_start no_arena(oracle_arena *arena)
{
    arena->why = "no machine";
    return ORACLE_UNSUPPORTED;
}

int main(void)
{
    static const machine_memory memory = { init, allocate, release, get_page, kswapd, observe_zone };
    const oracle_harness harness = {
        .name = "machine in C", .revision = "1", .claims = "complete best-fit", .features = "machine observe:zones",
        .init = no_arena, .machine = machine_words(&memory),
    };
    return oracle_serve(&harness);
}
