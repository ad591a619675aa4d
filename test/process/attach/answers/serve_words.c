/* A scripted boot memory and machine, for the test of the words in C. */
#include "boot.h"
#include "machine.h"

static void init_boot(const boot_node *nodes, size_t count) { (void)nodes, (void)count; }

static const char *reserve(int64_t node, int64_t address, int64_t size, oracle_array *pages)
{
    if (size > 4096) oracle_add(pages, address / 4096);
    return size <= 4096 && node == 9 ? "no-such-node" : NULL;
}

static const char *release(int64_t node, int64_t address, int64_t size)
{
    (void)node, (void)size;
    return address > 99 ? "out-of-range" : NULL;
}

static oracle_answer allocate(int64_t node, int64_t size, int64_t align, int64_t goal)
{
    if (size == 5) return oracle_refused();
    return oracle_granted(node < 0 ? 8192 : size + align + goal);
}

static const char *retire(int64_t node, oracle_array *pages)
{
    static const int64_t order[] = { 1, 2, 5, 6, 7, 3 };
    for (size_t i = 0; node == 0 && i < sizeof order / sizeof *order; i++) oracle_add(pages, order[i]);
    return node == 0 ? NULL : "retired";
}

static int64_t next;

static void init_machine(const machine_shape *shape) { next = shape->orders; }

static machine_answer allocate_pages(int64_t node, unsigned order, int64_t gfp, int64_t task, bool bound)
{
    (void)node, (void)task;
    if (order == 3) return (machine_answer){ machine_stalled(), true };
    if (order == 2) return (machine_answer){ machine_reclaim() && machine_reclaim() ? oracle_refused() : oracle_granted(77), false };
    next++;
    return (machine_answer){ bound ? oracle_refused() : oracle_granted(next), gfp == 1 };
}

static const char *free_pages(int64_t frame, unsigned order) { return (void)frame, order == 9 ? "double-free" : NULL; }
static void get_page(int64_t frame) { (void)frame; }
static void kswapd(void) { while (machine_reclaim()) continue; }
static int64_t zone(size_t n, bool *asks) { return (void)n, *asks = true, next; }

static oracle_start no_arena(oracle_arena *arena)
{
    arena->why = "no arena";
    return ORACLE_UNSUPPORTED;
}

int main(void)
{
    static const boot_memory memory = { init_boot, reserve, release, allocate, retire };
    static const machine_memory pages = { init_machine, allocate_pages, free_pages, get_page, kswapd, zone };
    const oracle_harness harness = {
        .name = "words", .revision = "1", .features = "boot machine", .init = no_arena,
        .boot = boot_words(&memory), .machine = machine_words(&pages),
    };
    return oracle_serve(&harness);
}
