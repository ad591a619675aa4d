/*
 * Times the same algorithm in C, on the same trace, as a yardstick: written by hand, or with -DEMITTED the header that
 * `buddy-oracle emit c` prints.
 *
 *     cc -O2 -o buddy-bench buddy-bench.c && ./buddy-bench TRACE
 *
 * Prints one line of JSON: how long each slice of the operations took, on a fresh zone, and an FNV-1a checksum over all
 * that was granted (as int32, least byte first; a refusal is -1), which must be the same for all who ran the trace.
 */
#define _POSIX_C_SOURCE 199309L /* clock_gettime */
#include "trace.h"
#ifdef EMITTED
#include "../../../conformance/harness/c/example/buddy24.h"
typedef int32_t number;
#else
#include "buddy.c" /* in one unit, so that calls cost what the compiler makes of them */
typedef uint32_t number;
#endif

/* Runs the trace once with everything checked, so that the timed loop need check nothing. Notes the order of each slot
 * and returns how many there are. */
static size_t rehearse(buddy_zone *zone, const int32_t *operation, size_t operations, uint8_t *order_of,
                       number *granted)
{
    size_t slots = 0;
    for (size_t i = 0; i < operations; i++) {
        int32_t v = operation[i];
        if (v >= 0) {
            if (v >= (int32_t)zone->orders) fail("the trace has an order that is none");
            order_of[slots] = (uint8_t)v;
            granted[slots++] = buddy_rmqueue(zone, (number)v);
        } else {
            size_t slot = (size_t)~v; /* -(v + 1) */
            if (slot >= slots || granted[slot] == BUDDY_NONE) fail("the trace frees a slot that holds nothing");
            buddy_free_pages_ok(zone, granted[slot], order_of[slot]);
            granted[slot] = BUDDY_NONE;
        }
    }
    return slots;
}

#ifdef EMITTED
static bool make(buddy_zone *zone, int32_t pages, int32_t orders)
{
    const size_t bytes = buddy_region_bytes(pages, orders);
    const buddy_shape shape = { 0, pages, orders, NULL, 0 };
    return buddy_create(zone, &shape, malloc(bytes), bytes) == BUDDY_MADE;
}

static void release(buddy_zone *zone) { free(zone->counters); } /* the region begins there */
#else
static bool make(buddy_zone *zone, int32_t pages, int32_t orders)
{
    return buddy_init(zone, (uint32_t)pages, (uint32_t)orders);
}

static void release(buddy_zone *zone) { buddy_release(zone); }
#endif

static buddy_zone fresh(const int32_t *header)
{
    buddy_zone zone;
    if (!make(&zone, header[0], header[1])) fail("out of memory");
    for (number page = 0; page < zone.pages; page++) buddy_free_pages_ok(&zone, page, 0);
    return zone;
}

/* Carries out the operations from one on and before another; returns how many slots there are then. */
static size_t run(buddy_zone *zone, const int32_t *operation, size_t from, size_t end, const uint8_t *order_of,
                  number *granted, size_t slots)
{
    for (size_t i = from; i < end; i++) {
        int32_t v = operation[i];
        if (v >= 0) granted[slots++] = buddy_rmqueue(zone, (number)v);
        else buddy_free_pages_ok(zone, granted[~v], order_of[~v]);
    }
    return slots;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: buddy-bench TRACE\n");
        return 2;
    }
    size_t length;
    int32_t *trace = load(argv[1], &length);

    const int32_t *operation = trace + HEADER;
    size_t operations = length - HEADER;
    uint8_t *order_of = room(operations, sizeof *order_of);
    number *granted = room(operations, sizeof *granted);
    buddy_zone zone = fresh(trace);
    size_t slots = rehearse(&zone, operation, operations, order_of, granted);
    release(&zone);

    zone = fresh(trace);
    size_t done = 0;
    printf("{\"operations\":%zu,\"nanoseconds\":[", operations);
    for (size_t from = 0; from < operations; from += SLICE) {
        size_t end = operations - from < SLICE ? operations : from + SLICE;
        double start = now(CLOCK_PROCESS_CPUTIME_ID);
        done = run(&zone, operation, from, end, order_of, granted, done);
        printf(from ? ",%.0f" : "%.0f", now(CLOCK_PROCESS_CPUTIME_ID) - start);
    }
    printf("],\"checksum\":\"%08x\"}\n", (unsigned)checksum((const int32_t *)granted, slots));
    release(&zone);
    free(trace), free(order_of), free(granted);
    return 0;
}
