/* Frames for several threads without a lock: a frame is looked at, and then taken, in two steps. Broken on purpose; right with -DRIGHT. */
#include "oracle.h"
#include "threads.h"

static int64_t base, pages;
static char taken[1 << 16];

static oracle_start init(oracle_arena *arena)
{
    if (arena->orders > 1 || arena->reserved_count || arena->pages > (int64_t)sizeof taken) {
        arena->why = "one order, and no reserved frames";
        return ORACLE_UNSUPPORTED;
    }
    base = arena->base, pages = arena->pages;
    memset(taken, 0, sizeof taken);
    return ORACLE_READY;
}

static oracle_answer allocate(unsigned order)
{
    for (int64_t n = 0; n < pages && order == 0; n++) {
        char is_taken = 0;
#ifndef RIGHT
        is_taken = __atomic_load_n(&taken[n], __ATOMIC_SEQ_CST);
        if (is_taken) continue;
        sched_yield(); /* so that the race is lost often */
        __atomic_store_n(&taken[n], 1, __ATOMIC_SEQ_CST);
        return oracle_granted(base + n);
#endif
        if (__atomic_compare_exchange_n(&taken[n], &is_taken, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) return oracle_granted(base + n);
    }
    return oracle_refused();
}

static oracle_answer release(int64_t frame, unsigned order)
{
    if (order == 0) __atomic_store_n(&taken[frame - base], 0, __ATOMIC_SEQ_CST);
    return oracle_done();
}

int main(void)
{
    static const oracle_harness harness = {
        .name = "frames without a lock", .features = "threads:4",
        .init = init, .allocate = allocate, .free = release, .threads = oracle_threads,
    };
    return oracle_serve(&harness);
}
