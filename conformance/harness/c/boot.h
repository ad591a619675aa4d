/*
 * boot.h carries out the words of boot memory, for a harness in C99 with the feature `boot`: include it beside oracle.h, fill in a
 * boot_memory, and say  .boot = boot_words(&mine)  in your oracle_harness. boot.c is an example.
 */
#ifndef ORACLE_BOOT_H
#define ORACLE_BOOT_H
#include "oracle.h"

/* The pages [start, end), all of them reserved at first, and the first page of their bitmap. */
typedef struct { int64_t start, end, map; } boot_node;

/* Addresses and sizes are in bytes, an address from 0; nodes count from 0, as they were given. A function returns NULL, or what
 * misuse it is, undone, such as "out-of-range". oracle_add() each page to `pages`: those that were taken before; those that are
 * handed over, in their order. Node -1 is any. */
typedef struct {
    void (*init)(const boot_node *nodes, size_t count); /* new nodes; all before are forgotten */
    const char *(*reserve)(int64_t node, int64_t address, int64_t size, oracle_array *pages);
    const char *(*free)(int64_t node, int64_t address, int64_t size);
    oracle_answer (*allocate)(int64_t node, int64_t size, int64_t align, int64_t goal); /* granted, at an address, or refused */
    const char *(*retire)(int64_t node, oracle_array *pages);
} boot_memory;

static struct { const boot_memory *memory; oracle_array nodes, pages; } boot;

static oracle_start boot_init(const char *p, oracle_arena *arena)
{
    (void)arena;
    for (boot.nodes.length = 0, p++; *p == '[' || *p == ','; p++) {
        boot_node *node = oracle_extend(&boot.nodes, 1, sizeof *node);
        node->start = oracle_number(&p), node->end = oracle_number(&p), node->map = oracle_number(&p);
    }
    boot.memory->init(boot.nodes.at, boot.nodes.length);
    return ORACLE_READY;
}

/* Pages one by one, or as runs of `first+count`. */
static void boot_pages(const char *before, bool as_runs)
{
    const int64_t *page = boot.pages.at;
    fputs(before, stdout);
    for (size_t from = 0, to; from < boot.pages.length; from = to) {
        for (to = from + 1; as_runs && to < boot.pages.length && page[to] == page[to - 1] + 1;) to++;
        printf(as_runs ? "%s%lld+%zu" : "%s%lld", from ? "," : "", (long long)page[from], to - from);
    }
}

static void boot_run(const char *p)
{
    const boot_memory *memory = boot.memory;
    const char letter = p[1], *misuse = NULL;
    int64_t n[4] = { 0, 0, 0, 0 };
    p += 2;
    if (*p == '*') n[0] = -1, p++; else n[0] = oracle_number(&p);
    for (int i = 1; *p == ':' && i < 4; i++) n[i] = oracle_number(&p);
    boot.pages.length = 0;
    if (letter == 'a') {
        oracle_answer answer = memory->allocate(n[0], n[1], n[2], n[3]);
        oracle_tell(answer);
        return;
    }
    if (letter == 'r') misuse = memory->reserve(n[0], n[1], n[2], &boot.pages);
    else if (letter == 'f') misuse = memory->free(n[0], n[1], n[2]);
    else misuse = memory->retire(n[0], &boot.pages);
    if (misuse) printf("!%s", misuse);
    else if (letter == 't') boot_pages("h", true);
    else boot_pages(boot.pages.length ? "w" : ".", false);
}

static inline const oracle_words *boot_words(const boot_memory *memory)
{
    static const oracle_words words = { boot_init, boot_run, NULL };
    boot.memory = memory;
    return &words;
}
#endif
