/*
 * Times the same algorithm in C, on the same trace, as a yardstick.
 *
 *     cc -O2 -o buddy-bench buddy-bench.c && ./buddy-bench TRACE
 *
 * A trace is int32 in this machine's byte order: pages, orders, operations, then one for each operation. v >= 0
 * allocates a block of order v; v < 0 frees what slot -(v + 1) was granted, where slots count the allocations from 0.
 *
 * Prints one line of JSON: how long each slice of the operations took, on a fresh zone, and an FNV-1a checksum over all
 * that was granted (as int32, least byte first; a refusal is -1), which must be the same for all who ran the trace.
 */
#define _POSIX_C_SOURCE 199309L /* clock_gettime */
#include "../../conformance/harness/c/example/buddy.c" /* in one unit, so that calls cost what the compiler makes of them */

#include <stdio.h>
#include <time.h>

enum { HEADER = 3, SLICE = 50000 };

static void fail(const char *what)
{
    fprintf(stderr, "buddy-bench: %s\n", what);
    exit(EXIT_FAILURE);
}

static void *room(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size); /* + 1: an empty trace is no failure */
    if (!memory) fail("out of memory");
    return memory;
}

static int32_t *load(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) fail("the trace cannot be read");
    long bytes = ftell(file);
    if (bytes < 0) fail("the trace cannot be read");
    rewind(file);
    *length = (size_t)bytes / sizeof(int32_t);
    int32_t *trace = room(*length, sizeof *trace);
    if (fread(trace, sizeof *trace, *length, file) != *length) fail("the trace cannot be read");
    fclose(file);
    return trace;
}

/* Runs the trace once with everything checked, so that the timed loop need check nothing. Notes the order of each slot
 * and returns how many there are. */
static size_t rehearse(buddy_zone *zone, const int32_t *operation, size_t operations, uint8_t *order_of,
                       uint32_t *granted)
{
    size_t slots = 0;
    for (size_t i = 0; i < operations; i++) {
        int32_t v = operation[i];
        if (v >= 0) {
            if ((uint32_t)v >= zone->orders) fail("the trace has an order that is none");
            order_of[slots] = (uint8_t)v;
            granted[slots++] = buddy_rmqueue(zone, (uint32_t)v);
        } else {
            size_t slot = (size_t)~v; /* -(v + 1) */
            if (slot >= slots || granted[slot] == BUDDY_NONE) fail("the trace frees a slot that holds nothing");
            buddy_free_pages_ok(zone, granted[slot], order_of[slot]);
            granted[slot] = BUDDY_NONE;
        }
    }
    return slots;
}

static buddy_zone fresh(const int32_t *header)
{
    buddy_zone zone;
    if (!buddy_init(&zone, (uint32_t)header[0], (uint32_t)header[1])) fail("out of memory");
    for (uint32_t page = 0; page < zone.pages; page++) buddy_free_pages_ok(&zone, page, 0);
    return zone;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Carries out the operations from one on and before another; returns how many slots there are then. */
static size_t run(buddy_zone *zone, const int32_t *operation, size_t from, size_t end, const uint8_t *order_of,
                  uint32_t *granted, size_t slots)
{
    for (size_t i = from; i < end; i++) {
        int32_t v = operation[i];
        if (v >= 0) granted[slots++] = buddy_rmqueue(zone, (uint32_t)v);
        else buddy_free_pages_ok(zone, granted[~v], order_of[~v]);
    }
    return slots;
}

static uint32_t checksum(const uint32_t *granted, size_t slots)
{
    uint32_t hash = UINT32_C(2166136261);
    for (size_t i = 0; i < slots; i++)
        for (int shift = 0; shift < 32; shift += 8) hash = (hash ^ (granted[i] >> shift & 255)) * UINT32_C(16777619);
    return hash;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: buddy-bench TRACE\n");
        return 2;
    }
    size_t length;
    int32_t *trace = load(argv[1], &length);
    if (length < HEADER || trace[0] < 1 || trace[0] > (int32_t)BUDDY_MAX_PAGES || trace[1] < 1 || trace[1] > 31
        || trace[2] < 1 || (size_t)trace[2] != length - HEADER) fail("the trace has no sound header");

    const int32_t *operation = trace + HEADER;
    size_t operations = length - HEADER;
    uint8_t *order_of = room(operations, sizeof *order_of);
    uint32_t *granted = room(operations, sizeof *granted);
    buddy_zone zone = fresh(trace);
    size_t slots = rehearse(&zone, operation, operations, order_of, granted);
    buddy_release(&zone);

    zone = fresh(trace);
    size_t done = 0;
    printf("{\"operations\":%zu,\"nanoseconds\":[", operations);
    for (size_t from = 0; from < operations; from += SLICE) {
        size_t end = operations - from < SLICE ? operations : from + SLICE;
        double start = now();
        done = run(&zone, operation, from, end, order_of, granted, done);
        printf(from ? ",%.0f" : "%.0f", now() - start);
    }
    printf("],\"checksum\":\"%08x\"}\n", (unsigned)checksum(granted, slots));
    buddy_release(&zone);
    free(trace), free(order_of), free(granted);
    return 0;
}
