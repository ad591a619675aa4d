/*
 * The starter of the assignment: a buddy allocator that refuses everything. README.md says what it is to do.
 *
 *     cc -g -std=c99 -I PATH/TO/conformance/harness/c -o allocator starter.c && node grade.js -- ./allocator
 *
 * Frames are numbers from arena->base on; a block of order k is 2^k frames. Print nothing on stdout.
 */
#include "oracle.h"

/* The arena that is being judged. Keep here, or in static variables, what you know of it. */
static int64_t base, pages;
static unsigned orders;

/* A new arena: forget all that was granted in the one before. Frames of arena->reserved are never granted. */
static oracle_start init(oracle_arena *arena)
{
    base = arena->base;
    pages = arena->pages;
    orders = arena->orders;
    return ORACLE_READY;
}

/* Grants a block: oracle_granted(its first frame); or oracle_refused(). */
static oracle_answer allocate(unsigned order)
{
    (void)order;
    return oracle_refused();
}

/* Frees a block: oracle_done(); or oracle_error("double-free", NULL) and its like, if there is no such block to free. */
static oracle_answer release(int64_t frame, unsigned order)
{
    (void)frame, (void)order;
    return oracle_error("internal", "free is not written yet");
}

/* The number of free frames. */
static int64_t free_count(void) { return 0; }

int main(void)
{
    static const oracle_harness harness = {
        .name = "my allocator",
        .revision = "1",
        .claims = "complete best-fit capacity misuse:out-of-range misuse:wrong-order misuse:misaligned "
                  "misuse:inner-page misuse:double-free misuse:never-allocated",
        .features = "observe:free-count",
        .init = init,
        .allocate = allocate,
        .free = release,
        .free_count = free_count,
    };
    return oracle_serve(&harness);
}
