/*
 * Times the emitted allocator under a spinlock of pthreads, as a yardstick for the lock of src/smp.
 *
 *     cc -O2 -pthread -o lock-bench lock-bench.c
 *     ./lock-bench TRACE bare|locked       one thread: how long each slice takes, in processor time, and the checksum
 *     ./lock-bench TRACE THREADS ZONES     THREADS threads, dealt to ZONES zones: how long one operation takes, by the clock
 *
 * Each thread carries out the whole trace; a zone that several threads share is larger by as many times.
 */
#define _POSIX_C_SOURCE 200112L /* pthread_spinlock_t, pthread_barrier_t */
#include <pthread.h>
#include <string.h>
#include "trace.h"
#include "../../../conformance/harness/c/example/buddy24.h"

enum { MOST_THREADS = 16 };

/* A zone and its lock, each on lines of the cache of its own. */
typedef struct {
    buddy_zone zone;
    char between[128];
    pthread_spinlock_t lock;
    char after[128];
} shared_zone;

/* What a thread works on. */
typedef struct {
    shared_zone *shared;
    const int32_t *operation;
    size_t operations;
    int32_t *granted;
    uint8_t *order_of;
    pthread_barrier_t *start;
    double from, end;
} caller;

static void make(shared_zone *shared, int32_t pages, int32_t orders)
{
    const size_t bytes = buddy_region_bytes(pages, orders);
    const buddy_shape shape = { 0, pages, orders, NULL, 0 };
    if (buddy_create(&shared->zone, &shape, malloc(bytes), bytes) != BUDDY_MADE) fail("out of memory");
    for (int32_t page = 0; page < pages; page++) buddy_hand_over(&shared->zone, page);
    pthread_spin_init(&shared->lock, PTHREAD_PROCESS_PRIVATE);
}

static inline int32_t head_of(buddy_outcome outcome) { return outcome.kind == BUDDY_GRANTED ? (int32_t)outcome.head : -1; }

/* Carries out the operations from one on and before another, without the lock; returns how many slots there are then. */
static size_t run_bare(const caller *one, size_t from, size_t end, size_t slots)
{
    buddy_zone *zone = &one->shared->zone;
    for (size_t i = from; i < end; i++) {
        int32_t v = one->operation[i];
        if (v >= 0) one->granted[slots++] = head_of(buddy_allocate(zone, v));
        else if (one->granted[~v] >= 0) buddy_free(zone, one->granted[~v], one->order_of[~v]);
    }
    return slots;
}

/* The same, each operation under the lock. */
static size_t run_locked(const caller *one, size_t from, size_t end, size_t slots)
{
    buddy_zone *zone = &one->shared->zone;
    pthread_spinlock_t *lock = &one->shared->lock;
    for (size_t i = from; i < end; i++) {
        int32_t v = one->operation[i];
        if (v < 0 && one->granted[~v] < 0) continue;
        pthread_spin_lock(lock);
        if (v >= 0) one->granted[slots++] = head_of(buddy_allocate(zone, v));
        else buddy_free(zone, one->granted[~v], one->order_of[~v]);
        pthread_spin_unlock(lock);
    }
    return slots;
}

static caller caller_of(shared_zone *shared, const int32_t *trace, size_t length)
{
    caller one = { shared, trace + HEADER, length - HEADER, NULL, NULL, NULL, 0, 0 };
    one.granted = room(one.operations, sizeof *one.granted);
    one.order_of = room(one.operations, sizeof *one.order_of);
    for (size_t i = 0, slots = 0; i < one.operations; i++)
        if (one.operation[i] >= 0) one.order_of[slots++] = (uint8_t)one.operation[i];
    return one;
}

static void time_one(const int32_t *trace, size_t length, bool locked)
{
    static shared_zone shared;
    make(&shared, trace[0], trace[1]);
    caller one = caller_of(&shared, trace, length);
    size_t slots = 0;
    printf("{\"operations\":%zu,\"nanoseconds\":[", one.operations);
    for (size_t from = 0; from < one.operations; from += SLICE) {
        size_t end = one.operations - from < SLICE ? one.operations : from + SLICE;
        double start = now(CLOCK_PROCESS_CPUTIME_ID);
        slots = locked ? run_locked(&one, from, end, slots) : run_bare(&one, from, end, slots);
        printf(from ? ",%.0f" : "%.0f", now(CLOCK_PROCESS_CPUTIME_ID) - start);
    }
    printf("],\"checksum\":\"%08x\"}\n", (unsigned)checksum(one.granted, slots));
}

static void *called(void *argument)
{
    caller *one = argument;
    pthread_barrier_wait(one->start);
    one->from = now(CLOCK_MONOTONIC);
    run_locked(one, 0, one->operations, 0);
    one->end = now(CLOCK_MONOTONIC);
    return NULL;
}

static void time_threads(const int32_t *trace, size_t length, unsigned threads, unsigned zones)
{
    static shared_zone shared[MOST_THREADS];
    static caller callers[MOST_THREADS];
    pthread_t thread[MOST_THREADS];
    pthread_barrier_t start;
    pthread_barrier_init(&start, NULL, threads);
    for (unsigned n = 0; n < zones; n++) make(&shared[n], trace[0] * (int32_t)(threads / zones), trace[1]);
    for (unsigned n = 0; n < threads; n++) {
        callers[n] = caller_of(&shared[n % zones], trace, length);
        callers[n].start = &start;
        if (pthread_create(&thread[n], NULL, called, &callers[n]) != 0) fail("a thread cannot be made");
    }
    double from = 0, end = 0;
    for (unsigned n = 0; n < threads; n++) {
        pthread_join(thread[n], NULL);
        if (n == 0 || callers[n].from < from) from = callers[n].from;
        if (callers[n].end > end) end = callers[n].end;
    }
    double each = (end - from) / (double)(threads * callers[0].operations);
    printf("{\"operations\":1,\"nanoseconds\":[%.3f]}\n", each);
}

int main(int argc, char **argv)
{
    if (argc != 3 && argc != 4) {
        fprintf(stderr, "usage: lock-bench TRACE bare|locked, or TRACE THREADS ZONES\n");
        return 2;
    }
    size_t length;
    int32_t *trace = load(argv[1], &length);
    if (argc == 3) {
        time_one(trace, length, strcmp(argv[2], "locked") == 0);
        return 0;
    }
    unsigned threads = (unsigned)atoi(argv[2]), zones = (unsigned)atoi(argv[3]);
    if (threads < 1 || threads > MOST_THREADS || zones < 1 || threads % zones != 0) fail("no such threads and zones");
    time_threads(trace, length, threads, zones);
    return 0;
}
