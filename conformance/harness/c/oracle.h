/*
 * oracle.h: attach a page allocator written in C to buddy-oracle, the judge.
 *
 * Fill in an oracle_harness, hand it to oracle_serve() in main, compile, and run
 *
 *     npx buddy-oracle check -- ./a.out
 *
 * The judge writes one request a line on stdin and reads one reply a line from stdout. So never print on stdout; stderr
 * is yours and ends up in the report. A consistency check of your own that fires may simply abort(): a crash is a
 * verdict, and the judge names the operation. One process serves thousands of arenas, one after the other, so a static
 * variable is a good home for your allocator.
 *
 * Include this file in one source file. It needs C99 (C++11 will do) and nothing but the C library.
 */
#ifndef ORACLE_H
#define ORACLE_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- What you write ---------------------------------------------------------------------------------------------- */

typedef struct { int64_t first, count; } oracle_span;
typedef struct { void *at; size_t length, capacity; } oracle_array;
typedef enum { ORACLE_READY, ORACLE_UNSUPPORTED, ORACLE_FAILED } oracle_start;
#define ORACLE_REFUSED ((int64_t)-1)

/* Frames are page frame numbers, base included; never byte addresses. */
typedef struct {
    int64_t base, pages;         /* the arena is the frames [base, base + pages) */
    unsigned orders;             /* an order is one of 0 .. orders-1; the largest need not fit into the arena */
    const oracle_span *reserved; /* frames never to hand out: ascending, apart; gone once init has returned */
    size_t reserved_count;
    bool probe;                  /* for init to set: still fewer can be handed out, let the judge find out which */
    const char *why;             /* for init to set: the reason why not ORACLE_READY */
} oracle_arena;

typedef struct {
    const char *name, *revision;
    const char *claims;   /* what you will be held to, one space between: "complete best-fit misuse:double-free" */
    const char *features; /* which of the optional functions are there, alike: "observe:free-count resize" */

    oracle_start (*init)(oracle_arena *arena);          /* a new arena; everything granted before is forgotten */
    int64_t (*allocate)(unsigned order);                /* first frame, or ORACLE_REFUSED; order may be >= orders */
    const char *(*free)(int64_t frame, unsigned order); /* NULL: done; else what misuse it is, undone: "double-free" */

    /* Optional: */
    int64_t (*free_count)(void);                          /* observe:free-count */
    void (*free_list)(unsigned order, oracle_array *out); /* observe:free-lists: oracle_add() each, head to tail; */
                                                          /* observe:free-blocks: the same, sorted for you */
    bool (*pair_bit)(unsigned order, int64_t pair);       /* observe:pair-bits: pair 0 is the arena's first */
    int64_t (*allocate_in)(unsigned order, int64_t low, int64_t end); /* range (not asked for yet): a block within [low, end) */
    bool (*resize)(int64_t pages);                                    /* resize (not asked for yet): the arena is [base, base + pages) */
} oracle_harness;

/* Serves until the judge says goodbye or is gone; returns the exit status. */
static inline int oracle_serve(const oracle_harness *harness);
static inline void oracle_add(oracle_array *out, int64_t frame);

/* ---- How it works ------------------------------------------------------------------------------------------------ */

/* What an allocation was granted, so that the judge can say "free what the 7th one got". */
typedef struct { int64_t frame; unsigned order; } oracle_slot;

static struct {
    const oracle_harness *harness;
    oracle_arena arena;
    oracle_array line, reply, reserved, slots, blocks;
    bool ready, bye;
} oracle;

/* Room for `more` further elements of `size` bytes. */
static void *oracle_extend(oracle_array *array, size_t more, size_t size)
{
    size_t length = array->length;
    if (more > array->capacity - length) {
        array->capacity = 2 * (length + more);
        array->at = realloc(array->at, array->capacity * size);
        if (!array->at) {
            fputs("oracle.h: out of memory\n", stderr);
            exit(EXIT_FAILURE);
        }
    }
    array->length = length + more;
    return (char *)array->at + length * size;
}

static inline void oracle_add(oracle_array *out, int64_t frame)
{
    *(int64_t *)oracle_extend(out, 1, sizeof frame) = frame;
}

static void oracle_put_bytes(const char *bytes, size_t length)
{
    memcpy(oracle_extend(&oracle.reply, length, 1), bytes, length);
}

static void oracle_put(const char *text) { oracle_put_bytes(text, strlen(text)); }

static void oracle_put_number(int64_t number)
{
    char digits[20], *end = digits + sizeof digits, *first = end;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do *--first = (char)('0' + rest % 10); while (rest /= 10);
    if (number < 0) oracle_put("-");
    oracle_put_bytes(first, (size_t)(end - first));
}

/* Your words inside of quotes; none of them may end the string, or the line. */
static void oracle_put_text(const char *text, const char *space)
{
    for (; text && *text; text++) {
        if (*text == '"' || *text == '\\') oracle_put("\\");
        if ((unsigned char)*text > ' ') oracle_put_bytes(text, 1);
        else oracle_put(space);
    }
}

static void oracle_put_list(const char *key, const char *words)
{
    bool any = words && *words;
    oracle_put(key);
    oracle_put(any ? "[\"" : "[");
    oracle_put_text(words, "\",\"");
    oracle_put(any ? "\"]" : "]");
}

/* The judge writes each request in one exact shape, so what is wanted is found by its position. */
static bool oracle_skip(const char **at, const char *text)
{
    size_t length = strlen(text);
    bool there = strncmp(*at, text, length) == 0;
    if (there) *at += length;
    return there;
}

/* The next number, whatever stands before it; one that is too large is the largest there is. */
static int64_t oracle_number(const char **at)
{
    const char *p = *at;
    int64_t number = 0;
    while (*p && (*p < '0' || *p > '9')) p++;
    for (; *p >= '0' && *p <= '9'; p++)
        number = number > (INT64_MAX - 9) / 10 ? INT64_MAX : number * 10 + (*p - '0');
    *at = p;
    return number;
}

static unsigned oracle_order(int64_t number) { return number < UINT_MAX ? (unsigned)number : UINT_MAX; }

/* A whole line, however long. fgets takes what the pipe holds and waits only for the rest of a line that is not whole,
 * so requests may be sent ahead and none is held back. */
static bool oracle_read_line(void)
{
    enum { CHUNK = 1 << 16 };
    oracle_array *line = &oracle.line;
    line->length = 0;
    do {
        char *chunk = (char *)oracle_extend(line, CHUNK, 1);
        if (!fgets(chunk, CHUNK, stdin)) return false;
        line->length -= CHUNK - strlen(chunk);
    } while (!line->length || ((char *)line->at)[line->length - 1] != '\n');
    return true;
}

static void oracle_hello(const char *p)
{
    bool mine = false;
    p = strstr(p, "\"versions\":[");
    while (p && *p && *p != ']') mine |= oracle_number(&p) == 1;
    if (!mine) {
        oracle_put("\"refuse\":\"only version 1 is spoken here\"");
        return;
    }
    oracle_put("\"hello\":{\"version\":1,\"name\":\"");
    oracle_put_text(oracle.harness->name, " ");
    oracle_put("\",\"revision\":\"");
    oracle_put_text(oracle.harness->revision, " ");
    oracle_put_list("\",\"language\":\"C\",\"claims\":", oracle.harness->claims);
    oracle_put_list(",\"features\":", oracle.harness->features);
    oracle_put(",\"maxBatch\":1000,\"maxLine\":1048576}");
}

static void oracle_init(const char *p)
{
    oracle_arena *arena = &oracle.arena;
    memset(arena, 0, sizeof *arena);
    arena->base = oracle_number(&p);
    arena->pages = oracle_number(&p);
    arena->orders = oracle_order(oracle_number(&p));
    oracle.reserved.length = oracle.slots.length = 0;
    for (oracle_skip(&p, ",\"reserved\":["); *p == '[' || *p == ','; oracle_skip(&p, "]")) {
        oracle_span *span = (oracle_span *)oracle_extend(&oracle.reserved, 1, sizeof *span);
        span->first = oracle_number(&p);
        span->count = oracle_number(&p);
    }
    arena->reserved = (const oracle_span *)oracle.reserved.at;
    arena->reserved_count = oracle.reserved.length;

    oracle_start start = oracle.harness->init(arena);
    oracle.ready = start == ORACLE_READY;
    if (oracle.ready) {
        oracle_put(arena->probe ? "\"ready\":{\"usable\":\"probe\"}" : "\"ready\":{}");
    } else {
        oracle_put(start == ORACLE_FAILED ? "\"failed\":\"" : "\"unsupported\":\"");
        oracle_put_text(arena->why, " ");
        oracle_put("\"");
    }
}

static void oracle_granted(int64_t frame, unsigned order)
{
    oracle_slot *slot = (oracle_slot *)oracle_extend(&oracle.slots, 1, sizeof *slot);
    slot->frame = frame;
    slot->order = order;
    if (frame == ORACLE_REFUSED) oracle_put("-");
    else oracle_put_number(frame);
}

static bool oracle_freed(int64_t frame, unsigned order)
{
    const char *kind = oracle.harness->free(frame, order);
    oracle_put(kind ? "!" : ".");
    if (kind) oracle_put(kind);
    return !kind;
}

static void oracle_run(const char *p)
{
    const oracle_harness *h = oracle.harness;
    oracle_put("\"ran\":\"");
    while (*p && *p != '"') {
        oracle_slot *slots = (oracle_slot *)oracle.slots.at;
        char letter = *p++;
        int64_t n[3] = { oracle_number(&p), 0, 0 };
        for (int i = 1; *p == ':' && i < 3; i++) n[i] = oracle_number(&p);
        if (letter == 'a') {
            oracle_granted(h->allocate(oracle_order(n[0])), oracle_order(n[0]));
        } else if (letter == 'f') { /* a slot that holds nothing is no mistake: shortening a case leaves such behind */
            if ((uint64_t)n[0] >= oracle.slots.length || slots[n[0]].frame == ORACLE_REFUSED) oracle_put(".");
            else if (oracle_freed(slots[n[0]].frame, slots[n[0]].order)) slots[n[0]].frame = ORACLE_REFUSED;
        } else if (letter == 'F') { /* the slot that held the frame must know; a legal F is rare, so a search will do */
            size_t i = oracle_freed(n[0], oracle_order(n[1])) ? oracle.slots.length : 0;
            while (i && slots[i - 1].frame != n[0]) i--;
            if (i) slots[i - 1].frame = ORACLE_REFUSED;
        } else if (letter == 'r') {
            int64_t frame = h->allocate_in ? h->allocate_in(oracle_order(n[0]), n[1], n[2]) : ORACLE_REFUSED;
            oracle_granted(frame, oracle_order(n[0]));
        } else if (letter == 'z' && h->resize && h->resize(n[0])) {
            oracle.arena.pages = n[0];
            oracle_put(".");
        } else { /* not done, like any operation of a later day: the judge sends only what is declared */
            oracle_put("-");
        }
        p += strcspn(p, " \"");
        if (oracle_skip(&p, " ")) oracle_put(" ");
    }
    oracle_put("\"");
}

static int oracle_ascending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static void oracle_put_blocks(bool sorted)
{
    oracle_array *blocks = &oracle.blocks;
    for (unsigned order = 0; order < oracle.arena.orders; order++) {
        blocks->length = 0;
        oracle.harness->free_list(order, blocks);
        if (sorted && blocks->length) qsort(blocks->at, blocks->length, sizeof(int64_t), oracle_ascending);
        oracle_put(order ? ",[" : "[[");
        for (size_t i = 0; i < blocks->length; i++) {
            if (i) oracle_put(",");
            oracle_put_number(((int64_t *)blocks->at)[i]);
        }
        oracle_put("]");
    }
    oracle_put("]");
}

static void oracle_put_bits(void)
{
    bool absolute = oracle.harness->features && strstr(oracle.harness->features, "align:absolute");
    int64_t first = absolute ? oracle.arena.base : 0, last = first + oracle.arena.pages - 1;
    oracle_put("[");
    for (unsigned order = 0; order + 1 < oracle.arena.orders; order++) {
        unsigned shift = order < 62 ? order + 1 : 62; /* far beyond any arena, and C must not shift by 64 */
        oracle_put(order ? ",\"" : "\"");
        for (int64_t pair = 0; pair <= (last >> shift) - (first >> shift); pair++)
            oracle_put(oracle.harness->pair_bit(order, pair) ? "1" : "0");
        oracle_put("\"");
    }
    oracle_put("]");
}

static void oracle_observe(const char *p)
{
    const oracle_harness *h = oracle.harness;
    oracle_put("\"observed\":{");
    for (const char *comma = ""; *p == '"'; comma = ",", oracle_skip(&p, ",")) {
        size_t length = strcspn(p + 1, "\"") + 2;
        oracle_put(comma);
        oracle_put_bytes(p, length);
        oracle_put(":");
        if (h->free_count && oracle_skip(&p, "\"free-count\"")) oracle_put_number(h->free_count());
        else if (h->free_list && oracle_skip(&p, "\"free-blocks\"")) oracle_put_blocks(true);
        else if (h->free_list && oracle_skip(&p, "\"free-lists\"")) oracle_put_blocks(false);
        else if (h->pair_bit && oracle_skip(&p, "\"pair-bits\"")) oracle_put_bits();
        else oracle_put("null"), p += length; /* declared, but there is no such function */
    }
    oracle_put("}");
}

static bool oracle_reply(void)
{
    const char *p = (const char *)oracle.line.at;
    if (!oracle_skip(&p, "{\"id\":")) return false;
    oracle.reply.length = 0;
    oracle_put("{\"id\":");
    oracle_put_number(oracle_number(&p));
    oracle_put(",");
    if (oracle.ready && oracle_skip(&p, ",\"run\":\"")) oracle_run(p);
    else if (oracle.ready && oracle_skip(&p, ",\"observe\":[")) oracle_observe(p);
    else if (oracle_skip(&p, ",\"init\":")) oracle_init(p);
    else if (oracle_skip(&p, ",\"hello\":")) oracle_hello(p);
    else if ((oracle.bye = oracle_skip(&p, ",\"bye\":"))) oracle_put("\"bye\":true");
    else oracle_put("\"unknown\":true");
    oracle_put("}\n");
    return true;
}

static inline int oracle_serve(const oracle_harness *harness)
{
    static char input[1 << 16]; /* as much as a pipe holds */
    setvbuf(stdin, input, _IOFBF, sizeof input);
    setvbuf(stdout, NULL, _IONBF, 0); /* each reply is one write, and needs no flush */
    oracle.harness = harness;
    while (!oracle.bye && oracle_read_line()) {
        if (!oracle_reply()) {
            fprintf(stderr, "oracle.h: not a request: %.200s\n", (const char *)oracle.line.at);
            return EXIT_FAILURE;
        }
        if (fwrite(oracle.reply.at, 1, oracle.reply.length, stdout) != oracle.reply.length) return EXIT_FAILURE;
    }
    return EXIT_SUCCESS; /* after the end of input too: the judge is gone, and nobody is left to tell */
}

#endif
