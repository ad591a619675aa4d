/*
 * Carries out operations on a zone of the emitted header. Prints a checksum of all answers so far, and of all words of the
 * region after each operation: one line after every `each` operations, and one at the end.
 *
 *     cc -std=c99 -DHEADER='"buddy24.h"' -o lockstep lockstep.c && ./lockstep FILE
 *
 * FILE is int32 in this machine's byte order: base, pages, orders, each, the number of holes, first frame and count of each,
 * the number of operations, then three for each operation: which one, and what it is given; frames are relative to base.
 */
#include HEADER
#include <stdio.h>
#include <stdlib.h>

enum { ALLOCATE, ALLOCATE_PAGES, FREE, HAND_OVER, FREE_FAR, FREE_FARTHEST };

static uint32_t hash = UINT32_C(2166136261);

static void mix(uint32_t word) { hash = (hash ^ word) * UINT32_C(16777619); }

static void mix_text(const char *text)
{
    while (*text) mix((unsigned char)*text++);
}

static int32_t next(FILE *file)
{
    int32_t n;
    if (fread(&n, sizeof n, 1, file) != 1) exit(EXIT_FAILURE);
    return n;
}

static void *room(size_t bytes)
{
    void *memory = calloc(bytes, 1);
    if (!memory) exit(EXIT_FAILURE);
    return memory;
}

static buddy_outcome carry_out(buddy_zone *zone, int32_t which, int32_t one, int32_t other)
{
    switch (which) {
    case ALLOCATE: return buddy_allocate(zone, one);
    case ALLOCATE_PAGES: return buddy_allocate_pages(zone, one);
    case HAND_OVER: return buddy_hand_over(zone, zone->base + one);
    case FREE_FAR: return buddy_free(zone, zone->base + one * (INT64_C(1) << 32), other);
    case FREE_FARTHEST: return buddy_free(zone, one < 0 ? INT64_MIN : INT64_MAX, other);
    default: return buddy_free(zone, zone->base + one, other);
    }
}

static void mix_outcome(buddy_outcome outcome, int64_t base)
{
    mix((uint32_t)outcome.kind);
    mix(outcome.kind == BUDDY_GRANTED ? (uint32_t)(outcome.head - base) : 0);
    mix_text(buddy_misuse_name(outcome.misuse));
    mix_text(buddy_misuse_clause(outcome.misuse));
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file) return 2;
    const int32_t base = next(file), pages = next(file), orders = next(file), each = next(file), count = next(file);
    buddy_run *holes = (buddy_run *)room((size_t)count * sizeof *holes + 1);
    for (int32_t n = 0; n < count; n++) holes[n].first = next(file), holes[n].count = next(file);

    /* The region is just as long as it must be, so that a sanitizer finds what goes beyond it. */
    const size_t bytes = buddy_region_bytes(pages, orders);
    uint32_t *region = (uint32_t *)room(bytes);
    const buddy_shape shape = { base, pages, orders, holes, count };
    buddy_zone zone;
    if (buddy_create(&zone, &shape, region, bytes) != BUDDY_MADE) return EXIT_FAILURE;

    const int32_t operations = next(file);
    for (int32_t n = 1; n <= operations; n++) {
        const int32_t which = next(file), one = next(file), other = next(file);
        mix_outcome(carry_out(&zone, which, one, other), base);
        for (size_t word = 0; word < bytes / 4; word++) mix(region[word]);
        if (n % each == 0 || n == operations) printf("%08x\n", (unsigned)hash);
    }
    free(region), free(holes), fclose(file);
    return EXIT_SUCCESS;
}
