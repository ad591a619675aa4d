/* First fit over a map of frames that grants numbers of frames and frees several blocks at once, in C; -DSLIP=1 to 5: with a slip. */
#include "oracle.h"

#ifndef SLIP
#define SLIP 0
#endif

static oracle_arena arena;
static bool *taken;
static unsigned char (*bytes)[8];

static void set(int64_t at, int64_t count, bool to) { while (count-- > 0) taken[at++] = to; }

static oracle_start init(oracle_arena *wanted)
{
    arena = *wanted;
    free(taken), free(bytes);
    taken = calloc((size_t)arena.pages, sizeof *taken), bytes = calloc((size_t)arena.pages, sizeof *bytes);
    for (size_t i = 0; i < arena.reserved_count; i++)
        set(arena.reserved[i].first - arena.base, arena.reserved[i].count, true);
    return ORACLE_READY;
}

static int64_t order_of(int64_t frames)
{
    int64_t order = 0;
    while (order < 40 && ((int64_t)1 << order) < frames) order++;
    return order;
}

/* Takes the first `frames` of the first block of an order that is free. */
static oracle_answer take(int64_t order, int64_t frames)
{
    int64_t size = (int64_t)1 << (order < 40 ? order : 40), clear = 0;
    if (order >= arena.orders) return oracle_refused();
    for (int64_t at = 0; at < arena.pages; at++) {
        clear = taken[at] ? 0 : at % size == 0 ? 1 : clear + (clear > 0);
        if (clear != size) continue;
        set(at + 1 - size, frames, true);
        return oracle_granted(arena.base + at + 1 - size);
    }
    return oracle_refused();
}

static oracle_answer allocate(unsigned order) { return take(order, order < 40 ? (int64_t)1 << order : 1); }

static oracle_answer allocate_frames(int64_t frames, int64_t align)
{
    int64_t most = SLIP == 1 || align < frames ? frames : align, order = order_of(most); /* 1: any alignment will do */
    oracle_answer answer = take(order, SLIP == 2 ? (int64_t)1 << order : frames);        /* 2: the rest is kept */
    if (SLIP == 3 && answer.is == '#' && frames > 1) taken[answer.frame - arena.base + frames - 1] = false; /* 3: one too many is given back */
    return answer;
}

static oracle_answer free_frames(int64_t frame, int64_t frames)
{
    set(frame - arena.base, SLIP == 4 ? 1 : frames, false); /* 4: the first alone is freed */
    return oracle_done();
}

static oracle_answer release(int64_t frame, unsigned order) { return set(frame - arena.base, (int64_t)1 << order, false), oracle_done(); }

static oracle_answer free_all(const oracle_block *blocks, size_t count)
{
    for (size_t i = 0; i < count - (SLIP == 5 && count > 1); i++) release(blocks[i].frame, blocks[i].order); /* 5: all but the last */
    return oracle_done();
}

static int64_t free_count(void)
{
    int64_t count = 0;
    for (int64_t at = 0; at < arena.pages; at++) count += !taken[at];
    return count;
}

static unsigned char *memory(int64_t frame) { return bytes[frame - arena.base]; }

int main(void)
{
    static const oracle_harness harness = {
        .name = "first fit in C", .revision = "1", .claims = "complete", .features = "observe:free-count payload sized bulk",
        .init = init, .allocate = allocate, .free = release, .free_count = free_count, .memory = memory, .frame_bytes = 8,
        .allocate_frames = allocate_frames, .free_frames = free_frames, .free_all = free_all,
    };
    return oracle_serve(&harness);
}
