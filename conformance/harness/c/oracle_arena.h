/*
 * oracle_arena.h is the second half of oracle.h, which includes it: what was granted of an arena, how operations are
 * carried out, and what is observed.
 */
#ifndef ORACLE_ARENA_H
#define ORACLE_ARENA_H
#include "oracle.h"

/* What an allocation was granted, so that the judge can say "free what the 7th one got"; frames: of a sized one. */
typedef struct { int64_t frame, frames; unsigned order; bool held; } oracle_slot;
static oracle_array oracle_slots, oracle_row; /* the row of a view that is being printed */

/* Forgets everything that was granted. */
static void oracle_forget(void) { oracle_slots.length = 0; }

/* A slot, if it holds something; NULL if not. */
static oracle_slot *oracle_slot_at(int64_t number)
{
    oracle_slot *slots = oracle_slots.at;
    return (uint64_t)number < oracle_slots.length && slots[number].held ? slots + number : NULL;
}

/* Writes a tag of its own into the memory of a slot's block, or says whether that is still there. */
static bool oracle_tag(const oracle_slot *slot, bool write)
{
    const oracle_harness *h = oracle.harness;
    const size_t tag = (size_t)(slot - (oracle_slot *)oracle_slots.at + 1) * 2654435761u;
    const int64_t frames = !h->memory ? 0 : slot->frames ? slot->frames : (int64_t)1 << slot->order;
    for (int64_t n = 0; n < frames; n++) {
        unsigned char *bytes = h->memory(slot->frame + n);
        for (size_t i = 0; i < h->frame_bytes; i++) {
            const unsigned char wanted = (unsigned char)(tag >> 8 * (i % 4));
            if (!write && bytes[i] != wanted) return false;
            bytes[i] = wanted;
        }
    }
    return true;
}

static oracle_answer oracle_grant(oracle_answer answer, unsigned order, int64_t frames)
{
    oracle_slot *slot = oracle_extend(&oracle_slots, 1, sizeof *slot);
    *slot = (oracle_slot){ answer.frame, frames, order, answer.is == '#' };
    if (slot->held) oracle_tag(slot, true);
    return answer;
}

/* Frees a block, and notes that the slot which held it, if any did, holds nothing. */
static oracle_answer oracle_release(oracle_slot *slot, int64_t frame, unsigned order)
{
    const oracle_harness *h = oracle.harness;
    if (slot && slot->order == order && !oracle_tag(slot, false)) {
        static char which[64];
        snprintf(which, sizeof which, "the block at frame %lld", (long long)frame);
        return oracle_error("payload", which);
    }
    const oracle_answer answer = slot && slot->frames ? h->free_frames(frame, slot->frames) : h->free(frame, order);
    if (slot && answer.is == '.') slot->held = false;
    return answer;
}

/* Frees at once the blocks of those of some slots that hold one. */
static oracle_answer oracle_release_all(const int64_t n[4])
{
    oracle_slot *held[4];
    oracle_block blocks[4];
    size_t count = 0;
    for (int i = 0; i < 4; i++) {
        oracle_slot *slot = oracle_slot_at(n[i]);
        if (!slot || slot->frames) continue;
        if (!oracle_tag(slot, false)) return oracle_error("payload", "a block that is freed with others");
        blocks[count] = (oracle_block){ slot->frame, slot->order };
        held[count++] = slot;
    }
    const oracle_answer answer = count ? oracle.harness->free_all(blocks, count) : oracle_done();
    for (size_t i = 0; i < count && answer.is == '.'; i++) held[i]->held = false;
    return answer;
}

/* An order, or one that no arena has, in the place of a larger one. */
static unsigned oracle_order(int64_t number) { return (uint64_t)number < UINT16_MAX ? (unsigned)number : UINT16_MAX; }

/* One operation; what this harness does not know is refused: the judge sends only what is declared. */
static oracle_answer oracle_do(char letter, const int64_t n[4])
{
    const oracle_harness *h = oracle.harness;
    const unsigned order = oracle_order(n[0]);
    oracle_slot *slot = NULL;
    if (letter == 'a') return oracle_grant(h->allocate(order), order, 0);
    if (letter == 'r' && h->allocate_in) return oracle_grant(h->allocate_in(order, n[1], n[2]), order, 0);
    if (letter == 'A' && h->allocate_frames) return oracle_grant(h->allocate_frames(n[0], n[1]), 0, n[0]);
    if (letter == 'b' && h->free_all) return oracle_release_all(n);
    if (letter == 'z' && h->resize) {
        const oracle_answer answer = h->resize(n[0]);
        if (answer.is == '.') oracle.arena.pages = n[0];
        return answer;
    }
    if (letter == 'f') { /* a slot that holds nothing is no mistake: shortening a case leaves such behind */
        slot = oracle_slot_at(n[0]);
        return slot ? oracle_release(slot, slot->frame, slot->order) : oracle_done();
    }
    if (letter != 'F') return oracle_refused();
    for (size_t i = oracle_slots.length; !slot && i-- > 0;) {
        slot = oracle_slot_at((int64_t)i);
        if (slot && slot->frame != n[0]) slot = NULL;
    }
    return oracle_release(slot, n[0], oracle_order(n[1]));
}

static void oracle_run_all(const char *p)
{
    char detail[256] = ""; /* of the first error that has one */
    int where = -1;
    fputs("\"ran\":\"", stdout);
    for (int at = 0; *p && *p != '"'; at++) {
        if (at > 0) putchar(*p++); /* the space between */
        if (oracle.words) {
            oracle.words->run(p), p += strcspn(p, " \"");
            continue;
        }
        const char letter = *p++;
        int64_t n[4] = { oracle_number(&p), -1, -1, -1 };
        for (int i = 1; *p == ':' && i < 4; i++) n[i] = oracle_number(&p);
        const oracle_answer answer = oracle_do(letter, n);
        oracle_tell(answer);
        if (where < 0 && answer.detail && *answer.detail)
            where = at, snprintf(detail, sizeof detail, "%s", answer.detail);
    }
    if (where >= 0) printf("\",\"detail\":{\"%d\":\"", where), oracle_text("", detail, " ", "\"}");
    else putchar('"');
}

static int oracle_ascending(const void *a, const void *b)
{
    return (*(const int64_t *)a > *(const int64_t *)b) - (*(const int64_t *)a < *(const int64_t *)b);
}

static void oracle_blocks(bool sorted)
{
    oracle_array *row = &oracle_row;
    for (unsigned order = 0; order < oracle.arena.orders; order++) {
        row->length = 0, oracle.harness->free_list(order, row);
        if (sorted && row->length) qsort(row->at, row->length, sizeof(int64_t), oracle_ascending);
        fputs(order ? ",[" : "[[", stdout);
        for (size_t i = 0; i < row->length; i++) printf("%s%lld", i ? "," : "", (long long)((int64_t *)row->at)[i]);
        putchar(']');
    }
    putchar(']');
}

static void oracle_bits(void)
{
    bool absolute = oracle.harness->features && strstr(oracle.harness->features, "align:absolute");
    int64_t first = absolute ? oracle.arena.base : 0, last = first + oracle.arena.pages - 1;
    putchar('[');
    for (unsigned order = 0; order + 1 < oracle.arena.orders; order++) {
        const unsigned by = order < 62 ? order + 1 : 63; /* C must not shift by 64 */
        fputs(order ? ",\"" : "\"", stdout);
        for (int64_t pair = 0; pair <= (last >> by) - (first >> by); pair++)
            putchar(oracle.harness->pair_bit(order, pair) ? '1' : '0');
        putchar('"');
    }
    putchar(']');
}

static void oracle_observe(const char *p)
{
    const oracle_harness *h = oracle.harness;
    fputs("\"observed\":{", stdout);
    for (bool more = false; *p == '"'; more = true, oracle_skip(&p, ",")) {
        size_t length = strcspn(p + 1, "\"") + 2;
        printf("%s%.*s:", more ? "," : "", (int)length, p);
        if (h->free_count && strncmp(p, "\"free-c", 7) == 0) printf("%lld", (long long)h->free_count());
        else if (h->pair_bit && strncmp(p, "\"pair-b", 7) == 0) oracle_bits();
        else if (h->free_list && p[1] == 'f') oracle_blocks(p[6] == 'b');
        else if (oracle.words && oracle.words->observe) oracle.words->observe();
        else fputs("null", stdout); /* declared, but there is no such function */
        p += length;
    }
    putchar('}');
}
#endif
