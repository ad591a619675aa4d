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
 * "double-free" or another misuse; "internal", a check of yours that fired; "no-frame", a grant that is no frame, such
 * as an address inside one. Its detail is in your words, or NULL. */
typedef struct { char is; int64_t frame; const char *kind, *detail; } oracle_answer;
static inline oracle_answer oracle_granted(int64_t frame) { return (oracle_answer){ '#', frame, "", "" }; }
static inline oracle_answer oracle_refused(void) { return (oracle_answer){ '-', 0, "", "" }; }
static inline oracle_answer oracle_done(void) { return (oracle_answer){ '.', 0, "", "" }; }
static inline oracle_answer oracle_error(const char *kind, const char *detail)
{
    return (oracle_answer){ '!', 0, kind, detail };
}

/* Boot memory, or a machine: begins one, from what its init says; prints the result of an operation, and its view. */
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
static struct {
    const oracle_harness *harness;
    const oracle_words *words; /* of boot memory or of a machine, or NULL: it is an arena */
    oracle_arena arena;
    oracle_array reserved;
    bool ready;
} oracle;

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
static inline void oracle_add(oracle_array *out, int64_t frame)
{
    *(int64_t *)oracle_extend(out, 1, sizeof frame) = frame;
}

/* Your words inside of quotes; none of them may end the string, or the line. */
static void oracle_text(const char *before, const char *text, const char *space, const char *after)
{
    for (fputs(before, stdout); text && *text; text++) {
        if (*text == '"' || *text == '\\') putchar('\\');
        if ((unsigned char)*text > ' ') putchar(*text); else fputs(space, stdout);
    }
    fputs(after, stdout);
}

static void oracle_tell(oracle_answer answer)
{
    if (answer.is == '#') printf("%lld", (long long)answer.frame); else printf("%c%s", answer.is, answer.kind);
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
    *at += strcspn(*at, "0123456789");
    return strtoll(*at, (char **)at, 10);
}

#include "oracle_arena.h" /* operations and views of an arena, and what was granted of it */

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

/* Reads an arena's bounds and what is reserved in it; boot memory and machines are read by their own words. */
static oracle_start oracle_open(const char *p)
{
    oracle_arena *a = &oracle.arena;
    const oracle_harness *h = oracle.harness;
    *a = (oracle_arena){ 0 };
    oracle.reserved.length = 0;
    oracle.words = oracle_skip(&p, "{\"boot\":") ? h->boot : oracle_skip(&p, "{\"machine\":") ? h->machine : NULL;
    if (oracle.words) return oracle.words->init(p, a);
    a->base = oracle_number(&p), a->pages = oracle_number(&p), a->orders = (unsigned)oracle_number(&p);
    for (oracle_skip(&p, ",\"reserved\":["); *p == '[' || *p == ','; oracle_skip(&p, "]")) {
        oracle_run *run = oracle_extend(&oracle.reserved, 1, sizeof *run);
        run->first = oracle_number(&p), run->count = oracle_number(&p);
    }
    a->reserved = oracle.reserved.at, a->reserved_count = oracle.reserved.length;
    oracle_forget();
    return h->init(a);
}

static void oracle_init(const char *p)
{
    const oracle_arena *a = &oracle.arena;
    const oracle_start start = oracle_open(p);
    oracle.ready = start == ORACLE_READY;
    if (start == ORACLE_FAILED) oracle_text("\"failed\":\"", a->why, " ", "\"");
    else if (start == ORACLE_UNSUPPORTED) oracle_text("\"unsupported\":\"", a->why, " ", "\"");
    else if (a->probe) fputs("\"ready\":{\"usable\":\"probe\"}", stdout);
    else if (!a->usable) fputs("\"ready\":{}", stdout);
    else {
        fputs("\"ready\":{\"usable\":[", stdout);
        for (size_t i = 0; i < a->usable_count; i++)
            printf("%s[%lld,%lld]", i ? "," : "", (long long)a->usable[i].first, (long long)a->usable[i].count);
        fputs("]}", stdout);
    }
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
