/*
 * machine.h carries out the words of machines, for a harness in C99 with the feature `machine`: include it beside oracle.h, fill in a
 * machine_memory, and say  .machine = machine_words(&mine)  in your oracle_harness. machine.c is an example.
 */
#ifndef ORACLE_MACHINE_H
#define ORACLE_MACHINE_H
#include "oracle.h"

enum { MACHINE_DMA, MACHINE_NORMAL, MACHINE_HIGHMEM };

/* The frames [base, base + pages) of a node, without the holes. */
typedef struct { int64_t node, base, pages; int kind; const oracle_run *holes; size_t hole_count, first_hole; } machine_zone;

typedef struct {
    unsigned orders;
    bool is_local;             /* each request begins at its own node; if not, one node further in the list than the one before */
    int64_t balance[3][3];     /* of DMA, Normal and HighMem: the ratio, the least and the most of pages_min */
    const machine_zone *zones; /* by node, ascending */
    size_t zone_count;
    int64_t nodes;             /* the list of nodes has the last one first */
} machine_shape;

/* What a request came to: granted or refused, or stalled, as Linux would try for ever; and whether it woke kswapd. */
typedef struct { oracle_answer answer; bool woken; } machine_answer;
static inline oracle_answer machine_stalled(void) { return (oracle_answer){ '~', 0, "", "" }; }

typedef struct {
    void (*init)(const machine_shape *shape); /* a new machine, to be read later too; the one before is forgotten */
    machine_answer (*allocate)(int64_t node, unsigned order, int64_t gfp, int64_t task, bool bound); /* bound: from that node only */
    const char *(*free)(int64_t frame, unsigned order); /* takes a user away, the last one frees; NULL, or what misuse it is */
    void (*get_page)(int64_t frame);                    /* one more user */
    void (*kswapd)(void);                               /* one turn of kswapd */
    int64_t (*zone)(size_t zone, bool *asks);           /* observe:zones: its free frames, and whether it asks to be balanced */
} machine_memory;

typedef struct { int64_t frame, users; unsigned order; } machine_slot; /* without users it holds nothing */
typedef struct { int64_t turn; size_t slot; } machine_named;

static struct {
    const machine_memory *memory;
    machine_shape shape;
    oracle_array zones, holes, slots, plan; /* plan: which reclaims of the next request free which slots */
    int64_t turns;
} machine;

static machine_slot *machine_slot_at(size_t slot)
{
    machine_slot *slots = machine.slots.at;
    return slot < machine.slots.length && slots[slot].users > 0 ? slots + slot : NULL;
}

static const char *machine_release(int64_t frame, unsigned order)
{
    const char *misuse = machine.memory->free(frame, order);
    if (misuse) return misuse;
    for (size_t n = machine.slots.length; n-- > 0;) {
        machine_slot *slot = machine_slot_at(n);
        if (slot && slot->frame == frame) return slot->users--, NULL;
    }
    return NULL;
}

/* For your allocator to call when it reclaims: frees what it can, by your `free`, and reports whether that was a success. */
static bool machine_reclaim(void)
{
    const int64_t turn = machine.turns++;
    bool success = false;
    for (size_t n = 0; n < machine.plan.length; n++) {
        const machine_named named = ((machine_named *)machine.plan.at)[n];
        const machine_slot *slot = machine_slot_at(named.slot);
        success |= named.turn == turn;
        if (slot && named.turn == turn) machine_release(slot->frame, slot->order);
    }
    return success;
}

static oracle_start machine_init(const char *p, oracle_arena *arena)
{
    machine_shape *shape = &machine.shape;
    (void)arena;
    machine.zones.length = machine.holes.length = machine.slots.length = machine.plan.length = 0;
    *shape = (machine_shape){ .orders = (unsigned)oracle_number(&p) };
    shape->is_local = strncmp(p, ",\"policy\":\"node-local", 21) == 0;
    for (int n = 0; n < 9; n++) shape->balance[n / 3][n % 3] = oracle_number(&p);
    for (int depth = 1; *p; p++) { /* it is 0 in the list of nodes, 1 in a node, 2 in a zone, 4 in a hole */
        if (*p == ']') depth--;
        if (*p == '[' && ++depth == 1) shape->nodes++;
        if (depth == 2 && *p == '"') {
            machine_zone *zone = oracle_extend(&machine.zones, 1, sizeof *zone);
            zone->kind = p[1] == 'D' ? MACHINE_DMA : p[1] == 'N' ? MACHINE_NORMAL : MACHINE_HIGHMEM;
            zone->node = shape->nodes - 1, zone->first_hole = machine.holes.length, zone->hole_count = 0;
            zone->base = oracle_number(&p), zone->pages = oracle_number(&p);
        } else if (depth == 4 && *p == '[') {
            oracle_run *hole = oracle_extend(&machine.holes, 1, sizeof *hole);
            hole->first = oracle_number(&p), hole->count = oracle_number(&p), p--;
            ((machine_zone *)machine.zones.at)[machine.zones.length - 1].hole_count++;
        }
    }
    machine_zone *zones = machine.zones.at;
    for (size_t n = 0; n < machine.zones.length; n++) zones[n].holes = (oracle_run *)machine.holes.at + zones[n].first_hole;
    shape->zones = zones, shape->zone_count = machine.zones.length;
    machine.memory->init(shape);
    return ORACLE_READY;
}

/* The result of what may have reclaimed. */
static void machine_tell(oracle_answer answer, bool woken)
{
    oracle_tell(answer);
    if (machine.turns > 0) printf("/%lld", (long long)machine.turns);
    if (woken) putchar('w');
    machine.plan.length = 0;
}

static void machine_allocate(const int64_t n[4], bool bound)
{
    const machine_answer to = machine.memory->allocate(n[0], (unsigned)n[1], n[2], n[3], bound);
    machine_slot *slot = oracle_extend(&machine.slots, 1, sizeof *slot);
    *slot = (machine_slot){ to.answer.frame, to.answer.is == '#', (unsigned)n[1] };
    machine_tell(to.answer, to.woken);
}

static void machine_run(const char *p)
{
    const char letter = *p++, *misuse = NULL;
    int64_t n[4] = { 0, 0, 0, 0 };
    for (int i = 0; i < 4 && (i == 0 ? *p >= '0' && *p <= '9' : *p == ':'); i++) n[i] = oracle_number(&p);
    machine_slot *slot = machine_slot_at((size_t)n[letter == 'p']);
    machine.turns = 0;
    if (letter == 'A' || letter == 'N') { machine_allocate(n, letter == 'N'); return; }
    if (letter == 'k') { machine.memory->kswapd(), machine_tell(oracle_done(), false); return; }
    if (letter == 'p' && slot) *(machine_named *)oracle_extend(&machine.plan, 1, sizeof(machine_named)) = (machine_named){ n[0], (size_t)n[1] };
    if (letter == 'g' && slot) slot->users++, machine.memory->get_page(slot->frame);
    if (letter == 'f' && slot) misuse = machine_release(slot->frame, slot->order);
    if (letter == 'F') misuse = machine_release(n[0], (unsigned)n[1]);
    if (misuse) printf("!%s", misuse); else putchar('.');
}

static void machine_observe(void)
{
    putchar('[');
    for (size_t n = 0; n < machine.shape.zone_count; n++) {
        bool asks = false;
        const int64_t free_frames = machine.memory->zone(n, &asks);
        printf("%s[%lld,%s]", n ? "," : "", (long long)free_frames, asks ? "true" : "false");
    }
    putchar(']');
}

static inline const oracle_words *machine_words(const machine_memory *memory)
{
    static const oracle_words words = { machine_init, machine_run, machine_observe };
    machine.memory = memory;
    return &words;
}
#endif
