/*
 * attach.c attaches the example, Linux's algorithm, to the judge: put your allocator in its place.
 *
 *     cc -O2 -std=c99 -o judged attach.c && npx buddy-oracle check -- ./judged
 *
 * With -DLINUX_26 it is Linux 2.6's algorithm, with -DTHREADS -pthread several threads use it under a lock. The example's header
 * came from `npx buddy-oracle emit c`.
 */
#include "oracle.h"
#ifdef LINUX_26
#include "example/buddy26.h"
#define NAME "buddy26.h"
#define CLAIMS "complete best-fit placement:linux-2.6 capacity "
#define FEATURES "observe:free-count observe:free-blocks observe:free-lists align:absolute"
#else
#include "example/buddy24.h"
#define NAME "buddy24.h"
#define CLAIMS "complete best-fit placement:linux-2.4 capacity "
#define FEATURES "observe:free-count observe:free-blocks observe:free-lists observe:pair-bits"
#endif

#ifdef THREADS
#include "threads.h"
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static void lock(void) { pthread_mutex_lock(&mutex); }
static void unlock(void) { pthread_mutex_unlock(&mutex); }
#else
static void lock(void) {}
static void unlock(void) {}
#endif

static buddy_zone zone;
static void *region;

static oracle_start no(oracle_arena *arena, const char *why)
{
    arena->why = why;
    return ORACLE_UNSUPPORTED;
}

static oracle_start init(oracle_arena *arena)
{
    if (arena->pages > BUDDY_MAX_PAGES) return no(arena, "the arena has more than 2^28 pages");
    if (arena->orders > BUDDY_MAX_ORDERS) return no(arena, "there are more than 31 orders");
    const buddy_shape shape = { arena->base, (int32_t)arena->pages, (int32_t)arena->orders, NULL, 0 };
    size_t bytes = buddy_region_bytes(shape.pages, shape.orders);
    free(region);
    region = malloc(bytes);
    if (!region) return no(arena, "this machine has not enough memory for the arena's tables");
    if (buddy_create(&zone, &shape, region, bytes) != BUDDY_MADE) return no(arena, "there is no such zone");

    /* Memory starts in use. What is not reserved is now freed, frame by frame, as Linux does at the end of its boot. */
    const oracle_run *span = arena->reserved;
    size_t left = arena->reserved_count;
    for (int64_t frame = arena->base; frame < arena->base + arena->pages; frame++) {
        while (left && frame >= span->first + span->count) span++, left--;
        if (!left || frame < span->first) buddy_hand_over(&zone, frame);
    }
    return ORACLE_READY;
}

static oracle_answer answer(buddy_outcome outcome)
{
    switch (outcome.kind) {
    case BUDDY_GRANTED: return oracle_granted(outcome.head);
    case BUDDY_EXHAUSTED: return oracle_refused();
    case BUDDY_DONE: return oracle_done();
    case BUDDY_REJECTED: break;
    }
    return oracle_error(buddy_misuse_name(outcome.misuse), NULL);
}

static oracle_answer allocate(unsigned order)
{
    lock();
    const buddy_outcome outcome = buddy_allocate(&zone, (int32_t)order);
    unlock();
    return answer(outcome);
}

static oracle_answer release(int64_t frame, unsigned order)
{
    lock();
    const buddy_outcome outcome = buddy_free(&zone, frame, (int32_t)order);
    unlock();
    return answer(outcome);
}

static int64_t free_count(void) { return zone.counters[0]; }

static void free_list(unsigned order, oracle_array *out)
{
    int32_t head = buddy_free_list_of(&zone, (int32_t)order);
    for (int32_t page = buddy_next_of(&zone, head); page != head; page = buddy_next_of(&zone, page))
        oracle_add(out, zone.base + page);
}

#ifndef LINUX_26
static bool pair_bit(unsigned order, int64_t pair)
{
    int64_t bit = zone.first_bits[order] + pair;
    return (uint32_t)zone.map[bit / 32] >> bit % 32 & 1;
}
#endif

int main(void)
{
    static const oracle_harness harness = {
        .name = NAME,
        .revision = "1",
        .claims = CLAIMS "misuse:double-free misuse:never-allocated misuse:inner-page misuse:misaligned "
                         "misuse:wrong-order misuse:out-of-range",
#ifdef THREADS
        .features = FEATURES " threads:4",
        .threads = oracle_threads,
#else
        .features = FEATURES,
#endif
        .init = init,
        .allocate = allocate,
        .free = release,
        .free_count = free_count,
        .free_list = free_list,
#ifndef LINUX_26
        .pair_bit = pair_bit,
#endif
    };
    return oracle_serve(&harness);
}
