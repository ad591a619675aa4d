/* An allocator that answers by a script, for the test of the harness in C. */
#include "oracle.h"

static int64_t base, next, reserved;
static unsigned char bytes[8192][4];

static oracle_start init(oracle_arena *arena)
{
    static const oracle_run usable[] = { { 8, 2 }, { 12, 1 } };
    arena->why = arena->pages == 1 ? "no \"single\" frame" : "panic";
    if (arena->pages == 1) return ORACLE_UNSUPPORTED;
    if (arena->pages == 2) return ORACLE_FAILED;
    arena->probe = arena->pages == 3;
    if (arena->pages == 5) arena->usable = usable, arena->usable_count = 2;
    base = next = arena->base;
    reserved = 0;
    for (size_t i = 0; i < arena->reserved_count; i++) reserved += 100 * arena->reserved[i].first + arena->reserved[i].count;
    return ORACLE_READY;
}

static unsigned char *memory(int64_t frame) { return bytes[frame]; }

static oracle_answer allocate(unsigned order)
{
    if (order == 0) return oracle_granted(next++);
    if (order == 2) return oracle_error("internal", "list \"2\" is broken");
    if (order == 3) return oracle_error("no-frame", "byte 4097");
    if (order == 4) bytes[next - 1][2] ^= 1;
    return order == 7 ? oracle_granted(reserved) : oracle_refused();
}

static oracle_answer release(int64_t frame, unsigned order)
{
    (void)frame;
    if (order == 0) return oracle_done();
    return order == 9 ? oracle_error("wrong-order", NULL) : oracle_error("double-free", "twice");
}

static int64_t free_count(void) { return 7; }

static void free_list(unsigned order, oracle_array *out)
{
    if (order == 1) oracle_add(out, base);
    else oracle_add(out, 2), oracle_add(out, 1);
}

/* Two pairs, if the arena has the four frames that the script last gave it. */
static bool pair_bit(unsigned order, int64_t pair) { return order == 0 && pair == 1; }
static oracle_answer resize(int64_t pages) { return pages == 4 ? oracle_done() : oracle_refused(); }

static oracle_answer allocate_in(unsigned order, int64_t low, int64_t end)
{
    return low + order < end ? oracle_granted(low + order) : oracle_refused();
}

static oracle_answer allocate_frames(int64_t frames, int64_t align) { return oracle_granted(frames + align); }

static oracle_answer free_frames(int64_t frame, int64_t frames)
{
    return frame == 7 && frames == 3 ? oracle_done() : oracle_error("wrong-order", NULL);
}

static oracle_answer free_all(const oracle_block *blocks, size_t count) { return release(blocks[0].frame, count ? blocks[0].order : 9); }

int main(void)
{
    static const oracle_harness harness = {
        .name = "a \"scripted\" one", .revision = "1", .claims = "complete best-fit", .features = "observe:free-count payload",
        .init = init, .allocate = allocate, .free = release, .free_count = free_count, .free_list = free_list,
        .pair_bit = pair_bit, .memory = memory, .frame_bytes = 4, .resize = resize, .allocate_in = allocate_in,
        .allocate_frames = allocate_frames, .free_frames = free_frames, .free_all = free_all,
    };
    return oracle_serve(&harness);
}
