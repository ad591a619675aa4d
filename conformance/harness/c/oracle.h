/*
 * oracle.h attaches a page allocator written in C99 to buddy-oracle, the judge: fill in an oracle_harness, hand it to
 * oracle_serve() in main, and run  npx buddy-oracle check -- ./your-program
 *
 * Never print on stdout, it belongs to the replies; stderr is yours and ends up in the report. Let assertions abort: a
 * crash is a verdict, and the judge names the operation. One process serves thousands of arenas, one after the other.
 */
#ifndef ORACLE_H
#define ORACLE_H
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- What you write. Frames are page frame numbers, base included; never byte addresses. ------------------------- */
typedef struct { int64_t first, count; } oracle_run;
typedef struct { int64_t frame; unsigned order; } oracle_block;
typedef struct { void *at; size_t length, capacity; } oracle_array;
typedef enum { ORACLE_READY, ORACLE_UNSUPPORTED, ORACLE_FAILED } oracle_start;

typedef struct {
    int64_t base, pages;        /* the arena is the frames [base, base + pages) */
    unsigned orders;            /* an order is one of 0 .. orders-1; the largest need not fit into the arena */
    const oracle_run *reserved; /* frames never to hand out: ascending, apart; gone once init has returned */
    size_t reserved_count;
    const oracle_run *usable;   /* for init to set: what can be handed out, if that is not all but the reserved */
    size_t usable_count;
    bool probe;                 /* for init to set, instead of usable: let the judge find out which */
    const char *why;            /* for init to set: the reason why not ORACLE_READY */
} oracle_arena;

/* The answer to an operation is one of these four; no number stands for a refusal. An error says that nothing was done:
 * "double-free" or another misuse; "internal", a check of yours that fired; "no-frame", a grant that is no frame at all,
 * such as an address inside one. Its detail is in your words, or NULL. */
typedef struct { char is; int64_t frame; const char *kind, *detail; } oracle_answer;
static inline oracle_answer oracle_granted(int64_t frame) { return (oracle_answer){ '#', frame, "", "" }; }
static inline oracle_answer oracle_refused(void) { return (oracle_answer){ '-', 0, "", "" }; }
static inline oracle_answer oracle_done(void) { return (oracle_answer){ '.', 0, "", "" }; }
static inline oracle_answer oracle_error(const char *kind, const char *detail) { return (oracle_answer){ '!', 0, kind, detail }; }

/* Boot memory, or a machine: how one is begun, from what its init says; what is printed for an operation, and for its view. */
typedef struct {
    oracle_start (*init)(const char *shape, oracle_arena *arena);
    void (*run)(const char *operation);
    void (*observe)(void);
} oracle_words;

typedef struct {
    const char *name, *revision;
    const char *claims;   /* what you will be held to, one space between: "complete best-fit misuse:double-free" */
    const char *features; /* which of the optional functions are there, alike: "observe:free-count resize" */
    oracle_start (*init)(oracle_arena *arena);   /* a new arena; everything granted before is forgotten */
    oracle_answer (*allocate)(unsigned order);   /* granted, or refused; order may be >= orders: refuse it */
    oracle_answer (*free)(int64_t frame, unsigned order);
    /* Optional, each with its feature: */
    int64_t (*free_count)(void);                          /* observe:free-count */
    void (*free_list)(unsigned order, oracle_array *out); /* observe:free-lists: oracle_add() each, head to tail; */
                                                          /* observe:free-blocks: the same, sorted for you */
    bool (*pair_bit)(unsigned order, int64_t pair);       /* observe:pair-bits: pair 0 is the arena's first */
    unsigned char *(*memory)(int64_t frame);              /* payload: the frame_bytes bytes of a granted frame */
    size_t frame_bytes;
    oracle_answer (*resize)(int64_t pages);                                 /* resize: done, or refused */
    oracle_answer (*allocate_in)(unsigned order, int64_t low, int64_t end); /* range: a block within [low, end) */
    oracle_answer (*allocate_frames)(int64_t frames, int64_t align);        /* sized: that many, no power of two */
    oracle_answer (*free_frames)(int64_t frame, int64_t frames);            /* sized: frees what that granted */
    oracle_answer (*free_all)(const oracle_block *blocks, size_t count);    /* bulk: frees several blocks at once */
    const oracle_words *boot, *machine; /* boot, machine: what boot.h and machine.h return */
    void (*threads)(const char *scripts); /* threads:N: oracle_threads, of threads.h */
} oracle_harness;

/* ---- How it works ------------------------------------------------------------------------------------------------ */
/* What an allocation was granted, so that the judge can say "free what the 7th one got"; frames: of a sized one, or 0. */
typedef struct { int64_t frame, frames; unsigned order; bool held; } oracle_slot;
static struct { const oracle_harness *harness; oracle_arena arena; oracle_array reserved, slots, blocks; bool ready; const oracle_words *words; } oracle;

/* Room for one more element, or for `more` of them, of `size` bytes. */
static void *oracle_extend(oracle_array *array, size_t more, size_t size)
{
    if (array->length + more > array->capacity) {
        array->at = realloc(array->at, (array->capacity = 2 * (array->length + more)) * size);
        if (!array->at) fputs("oracle.h: out of memory\n", stderr), exit(EXIT_FAILURE);
    }
    array->length += more;
    return (char *)array->at + (array->length - more) * size;
}
static inline void oracle_add(oracle_array *out, int64_t frame) { *(int64_t *)oracle_extend(out, 1, sizeof frame) = frame; }

/* Your words inside of quotes; none of them may end the string, or the line. */
static void oracle_text(const char *before, const char *text, const char *space, const char *after)
{
    for (fputs(before, stdout); text && *text; text++) {
        if (*text == '"' || *text == '\\') putchar('\\');
        if ((unsigned char)*text > ' ') putchar(*text); else fputs(space, stdout);
    }
    fputs(after, stdout);
}

/* The judge writes each request in one exact shape, so what is wanted is found by its position. */
static bool oracle_skip(const char **at, const char *text)
{
    bool there = strncmp(*at, text, strlen(text)) == 0;
    if (there) *at += strlen(text);
    return there;
}

/* The next number, whatever stands before it; one that is too large is the largest there is. */
static int64_t oracle_number(const char **at)
{
    int64_t number = 0;
    while (**at && (**at < '0' || **at > '9')) ++*at;
    for (; **at >= '0' && **at <= '9'; ++*at) number = number > INT64_MAX / 10 - 1 ? INT64_MAX / 10 : number * 10 + (**at - '0');
    return number;
}

static void oracle_hello(const oracle_harness *h, const char *p)
{
    bool mine = false;
    for (p = strstr(p, "\"versions\":["); p && *p && *p != ']';) mine |= oracle_number(&p) == 1;
    if (!mine) { fputs("\"refuse\":\"only version 1 is spoken here\"", stdout); return; }
    oracle_text("\"hello\":{\"version\":1,\"name\":\"", h->name, " ", "\",\"revision\":\"");
    oracle_text("", h->revision, " ", "\",\"language\":\"C\",\"maxBatch\":1000,\"maxLine\":1048576,\"claims\":[");
    if (h->claims && *h->claims) oracle_text("\"", h->claims, "\",\"", "\"");
    if (h->features && *h->features) oracle_text("],\"features\":[\"", h->features, "\",\"", "\"]}");
    else fputs("],\"features\":[]}", stdout);
}

static void oracle_init(const char *p)
{
    oracle_arena *a = &oracle.arena;
    const oracle_harness *h = oracle.harness;
    oracle.words = oracle_skip(&p, "{\"boot\":") ? h->boot : oracle_skip(&p, "{\"machine\":") ? h->machine : NULL;
    *a = (oracle_arena){ 0 };
    if (!oracle.words) a->base = oracle_number(&p), a->pages = oracle_number(&p), a->orders = (unsigned)oracle_number(&p);
    oracle.reserved.length = oracle.slots.length = 0;
    for (oracle_skip(&p, ",\"reserved\":["); !oracle.words && (*p == '[' || *p == ','); oracle_skip(&p, "]")) {
        oracle_run *run = oracle_extend(&oracle.reserved, 1, sizeof *run);
        run->first = oracle_number(&p), run->count = oracle_number(&p);
    }
    a->reserved = oracle.reserved.at, a->reserved_count = oracle.reserved.length;
    oracle_start start = oracle.words ? oracle.words->init(p, a) : h->init(a);
    if (!(oracle.ready = start == ORACLE_READY)) {
        oracle_text(start == ORACLE_FAILED ? "\"failed\":\"" : "\"unsupported\":\"", a->why, " ", "\"");
        return;
    }
    fputs(a->probe ? "\"ready\":{\"usable\":\"probe\"}" : a->usable ? "\"ready\":{\"usable\":[" : "\"ready\":{}", stdout);
    for (size_t i = 0; !a->probe && a->usable && i < a->usable_count; i++)
        printf("%s[%lld,%lld]", i ? "," : "", (long long)a->usable[i].first, (long long)a->usable[i].count);
    if (!a->probe && a->usable) fputs("]}", stdout);
}

static oracle_answer oracle_grant(oracle_answer answer, unsigned order, int64_t frames)
{
    *(oracle_slot *)oracle_extend(&oracle.slots, 1, sizeof(oracle_slot)) =
        (oracle_slot){ answer.frame, frames, order, answer.is == '#' };
    return answer;
}

/* Writes a tag of its own into the memory of a slot's block, or says whether that is still there. */
static bool oracle_tag(const oracle_slot *slot, bool write)
{
    size_t tag = (size_t)(slot - (oracle_slot *)oracle.slots.at + 1) * 2654435761u, size = oracle.harness->frame_bytes;
    for (int64_t n = slot->frames ? slot->frames : (int64_t)1 << slot->order; n-- > 0;) {
        unsigned char *bytes = oracle.harness->memory(slot->frame + n);
        for (size_t i = 0; i < size; i++)
            if (write) bytes[i] = (unsigned char)(tag >> 8 * (i % 4));
            else if (bytes[i] != (unsigned char)(tag >> 8 * (i % 4))) return false;
    }
    return true;
}

/* Frees a block, and notes that the slot which held it, if any did, holds nothing. */
static oracle_answer oracle_release(oracle_slot *slot, int64_t frame, unsigned order)
{
    const oracle_harness *h = oracle.harness;
    static char which[64];
    snprintf(which, sizeof which, "the block at frame %lld", (long long)frame);
    if (slot && h->memory && slot->order == order && !oracle_tag(slot, false)) return oracle_error("payload", which);
    oracle_answer answer = slot && slot->frames ? h->free_frames(frame, slot->frames) : h->free(frame, order);
    if (slot && answer.is == '.') slot->held = false;
    return answer;
}

/* Frees at once the blocks of those of some slots that hold one. */
static oracle_answer oracle_release_all(const int64_t n[4])
{
    oracle_slot *slots = oracle.slots.at, *held[4];
    oracle_block blocks[4];
    size_t count = 0;
    for (int i = 0; i < 4; i++)
        if ((uint64_t)n[i] < oracle.slots.length && slots[n[i]].held && !slots[n[i]].frames) held[count++] = slots + n[i];
    for (size_t i = 0; i < count; i++) {
        blocks[i] = (oracle_block){ held[i]->frame, held[i]->order };
        if (oracle.harness->memory && !oracle_tag(held[i], false)) return oracle_error("payload", "a block that is freed with others");
    }
    oracle_answer answer = count ? oracle.harness->free_all(blocks, count) : oracle_done();
    for (size_t i = 0; i < count && answer.is == '.'; i++) held[i]->held = false;
    return answer;
}

/* One operation; what this harness does not know is refused: the judge sends only what is declared. */
static oracle_answer oracle_do(char letter, const int64_t n[4])
{
    const oracle_harness *h = oracle.harness;
    unsigned order = n[0] < UINT16_MAX ? (unsigned)n[0] : UINT16_MAX, of = (uint64_t)n[1] < UINT16_MAX ? (unsigned)n[1] : UINT16_MAX;
    oracle_slot *slots = oracle.slots.at, *slot = NULL;
    size_t i = oracle.slots.length;
    if (letter == 'a') return oracle_grant(h->allocate(order), order, 0);
    if (letter == 'r' && h->allocate_in) return oracle_grant(h->allocate_in(order, n[1], n[2]), order, 0);
    if (letter == 'A' && h->allocate_frames) return oracle_grant(h->allocate_frames(n[0], n[1]), 0, n[0]);
    if (letter == 'b' && h->free_all) return oracle_release_all(n);
    if (letter == 'z' && h->resize) {
        oracle_answer answer = h->resize(n[0]);
        if (answer.is == '.') oracle.arena.pages = n[0];
        return answer;
    }
    if (letter == 'f') /* a slot that holds nothing is no mistake: shortening a case leaves such behind */
        return (uint64_t)n[0] < i && slots[n[0]].held ? oracle_release(slots + n[0], slots[n[0]].frame, slots[n[0]].order) : oracle_done();
    while (letter == 'F' && !slot && i--) if (slots[i].held && slots[i].frame == n[0]) slot = slots + i;
    return letter == 'F' ? oracle_release(slot, n[0], of) : oracle_refused();
}

static void oracle_run_all(const char *p)
{
    char detail[256] = ""; /* of the first error that has one */
    int where = -1;
    fputs("\"ran\":\"", stdout);
    for (int at = 0; *p && *p != '"'; at++) {
        if (oracle.words) {
            oracle.words->run(p), p += strcspn(p, " \"");
            if (oracle_skip(&p, " ")) putchar(' ');
            continue;
        }
        const char letter = *p++;
        int64_t n[4] = { oracle_number(&p), -1, -1, -1 };
        for (int i = 1; *p == ':' && i < 4; i++) n[i] = oracle_number(&p);
        oracle_answer a = oracle_do(letter, n);
        if (a.is == '#' && oracle.harness->memory) oracle_tag((oracle_slot *)oracle.slots.at + oracle.slots.length - 1, true);
        if (a.is == '#') printf("%lld", (long long)a.frame); else printf("%c%s", a.is, a.kind);
        if (where < 0 && a.detail && *a.detail) where = at, snprintf(detail, sizeof detail, "%s", a.detail);
        if (oracle_skip(&p, " ")) putchar(' ');
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
    for (unsigned order = 0; order < oracle.arena.orders; order++) {
        oracle_array *blocks = &oracle.blocks;
        blocks->length = 0, oracle.harness->free_list(order, blocks);
        if (sorted && blocks->length) qsort(blocks->at, blocks->length, sizeof(int64_t), oracle_ascending);
        fputs(order ? ",[" : "[[", stdout);
        for (size_t i = 0; i < blocks->length; i++) printf("%s%lld", i ? "," : "", (long long)((int64_t *)blocks->at)[i]);
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
        int64_t pairs = order < 62 ? (last >> (order + 1)) - (first >> (order + 1)) + 1 : 1; /* C must not shift by 64 */
        fputs(order ? ",\"" : "\"", stdout);
        for (int64_t pair = 0; pair < pairs; pair++) putchar(oracle.harness->pair_bit(order, pair) ? '1' : '0');
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

static inline int oracle_serve(const oracle_harness *harness)
{
    static char line[(1 << 20) + 2], input[1 << 16], output[1 << 16]; /* no line is longer than maxLine */
    setvbuf(stdin, input, _IOFBF, sizeof input), setvbuf(stdout, output, _IOFBF, sizeof output);
    oracle.harness = harness;
    for (bool bye = false; !bye && fgets(line, sizeof line, stdin) && strchr(line, '\n');) {
        const char *p = line;
        printf("{\"id\":%lld,", (long long)oracle_number(&p));
        if (oracle.ready && oracle_skip(&p, ",\"run\":\"")) oracle_run_all(p);
        else if (oracle.ready && oracle_skip(&p, ",\"observe\":[")) oracle_observe(p);
        else if (oracle.ready && harness->threads && oracle_skip(&p, ",\"threads\":[")) harness->threads(p);
        else if (oracle_skip(&p, ",\"init\":")) oracle_init(p);
        else if (oracle_skip(&p, ",\"hello\":")) oracle_hello(harness, p);
        else fputs((bye = oracle_skip(&p, ",\"bye\":")) ? "\"bye\":true" : "\"unknown\":true", stdout);
        fputs("}\n", stdout);
        if (fflush(stdout) != 0) return EXIT_FAILURE;
    }
    return EXIT_SUCCESS; /* after the end of input too: the judge is gone, and nobody is left to tell */
}
#endif
