/*
 * A page allocator for WebAssembly: it takes the first aligned run of free frames, over a map in linear memory.
 *
 *     clang --target=wasm32 -O2 -nostdlib -Wl,--no-entry,--export=init,--export=reserve,--export=allocate,--export=free \
 *         -o first-fit.wasm first-fit.c
 */
enum { MOST = 65536 };

static unsigned char taken[MOST];
static int pages, orders;

static void mark(int first, int count, unsigned char value)
{
    for (volatile unsigned char *byte = taken + first; count > 0; count--) *byte++ = value;
}

/* A new arena: 0, or anything else if it is too large. */
int init(int wanted_pages, int wanted_orders)
{
    if (wanted_pages > MOST) return 1;
    pages = wanted_pages;
    orders = wanted_orders;
    mark(0, pages, 0);
    return 0;
}

/* Frames that are never granted. */
void reserve(int first, int count) { mark(first, count, 1); }

/* The first frame of a block, or -1. */
int allocate(int order)
{
    int size = 1 << (order & 31);
    if (order >= orders) return -1;
    for (int at = 0; at + size <= pages; at += size) {
        int used = 0;
        for (int n = 0; n < size; n++) used |= taken[at + n];
        if (used) continue;
        mark(at, size, 1);
        return at;
    }
    return -1;
}

void free(int frame, int order) { mark(frame, 1 << order, 0); }
