/*
 * A small boot allocator, a bitmap for each node, as a pattern for attaching your own:
 *
 *     cc -O2 -std=c99 -o judged boot.c && npx buddy-oracle check -- ./judged
 *
 * What is granted begins in the rest of the page where the last grant ended, if it fits there, else at a free page.
 */
#include "boot.h"

enum { PAGE = 4096 };

typedef struct {
    int64_t start, end, map, map_end;
    int64_t last;        /* the byte where the last grant ended, while the rest of its page is free; a multiple of PAGE if not */
    unsigned char *bits; /* one for each page: 1 if it is taken */
    bool retired;
} node;

static node *nodes;
static int64_t count;

static int64_t up(int64_t number, int64_t multiple) { return (number + multiple - 1) / multiple * multiple; }
static int64_t above(int64_t address) { return up(address, PAGE) / PAGE; }
static bool is_taken(const node *of, int64_t page) { return of->bits[(page - of->start) / 8] >> (page - of->start) % 8 & 1; }

static void init(const boot_node *shapes, size_t wanted)
{
    while (count > 0) free(nodes[--count].bits);
    nodes = realloc(nodes, wanted * sizeof *nodes);
    for (; count < (int64_t)wanted; count++) {
        const boot_node *shape = shapes + count;
        size_t bytes = (size_t)up(shape->end - shape->start, 8) / 8;
        nodes[count] = (node){ shape->start, shape->end, shape->map, shape->map + above((int64_t)bytes), 0, malloc(bytes), false };
        memset(nodes[count].bits, 0xff, bytes);
    }
}

/* Whether a grant may lie in these pages; the bitmap's are never granted. */
static bool is_free(const node *of, int64_t first, int64_t end)
{
    if (first < of->start || end > of->end || (first < of->map_end && end > of->map && first < end)) return false;
    while (first < end && !is_taken(of, first)) first++;
    return first >= end;
}

/* Takes pages, or frees them; the rest of the last page among them is not the last grant's any more. */
static void mark(node *of, int64_t first, int64_t end, bool taken)
{
    if (first * PAGE <= of->last && of->last < end * PAGE) of->last = 0;
    for (int64_t at = first - of->start; at < end - of->start; at++) {
        if (taken) of->bits[at / 8] |= (unsigned char)(1 << at % 8);
        else of->bits[at / 8] &= (unsigned char)~(1 << at % 8);
    }
}

/* Where so many bytes fit; -1 if nowhere. */
static int64_t place(const node *of, int64_t size, int64_t align)
{
    int64_t at = up(of->last, align), step = align > PAGE ? align : PAGE;
    if (at < up(of->last, PAGE) && is_free(of, above(of->last), above(at + size))) return at;
    for (at = up(of->start * PAGE, step); at + size <= of->end * PAGE; at += step)
        if (is_free(of, at / PAGE, above(at + size))) return at;
    return -1;
}

static const char *reserve(int64_t which, int64_t address, int64_t size, oracle_array *pages)
{
    node *of = nodes + which;
    for (int64_t page = address / PAGE; page < above(address + size); page++)
        if (is_taken(of, page)) oracle_add(pages, page);
    mark(of, address / PAGE, above(address + size), true);
    return NULL;
}

static const char *release(int64_t which, int64_t address, int64_t size)
{
    mark(nodes + which, above(address), (address + size) / PAGE, false);
    return NULL;
}

static oracle_answer allocate(int64_t which, int64_t size, int64_t align, int64_t goal)
{
    (void)goal;
    for (int64_t n = 0; n < count; n++) {
        node *of = nodes + n;
        int64_t at = of->retired || (which >= 0 && which != n) ? -1 : place(of, size, align);
        if (at < 0) continue;
        mark(of, at / PAGE, above(at + size), true);
        of->last = at + size;
        return oracle_granted(at);
    }
    return oracle_refused();
}

static const char *retire(int64_t which, oracle_array *pages)
{
    node *of = nodes + which;
    of->retired = true;
    for (int64_t page = of->start; page < of->end; page++) if (!is_taken(of, page)) oracle_add(pages, page);
    for (int64_t page = of->map; page < of->map_end; page++) oracle_add(pages, page);
    return NULL;
}

static oracle_start no_arena(oracle_arena *arena)
{
    arena->why = "it has boot memory alone";
    return ORACLE_UNSUPPORTED;
}

int main(void)
{
    static const boot_memory memory = { init, reserve, release, allocate, retire };
    const oracle_harness harness = {
        .name = "a small boot allocator in C", .revision = "1", .claims = "complete", .features = "boot",
        .init = no_arena, .boot = boot_words(&memory),
    };
    return oracle_serve(&harness);
}
