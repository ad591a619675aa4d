/*
 * trace.h: a trace, as test/bench/trace.ts saves it, and what a program that times it needs.
 *
 * A trace is int32 in this machine's byte order: pages, orders, operations, then one for each operation. v >= 0
 * allocates a block of order v; v < 0 frees what slot -(v + 1) was granted, where slots count the allocations from 0.
 */
#ifndef TRACE_H
#define TRACE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define TRACE_MAX_PAGES (INT32_C(1) << 30)

#ifndef SLICE
#define SLICE 50000
#endif

enum { HEADER = 3 };

static void fail(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(EXIT_FAILURE);
}

static void *room(size_t count, size_t size)
{
    void *memory = calloc(count + 1, size); /* + 1: an empty trace is no failure */
    if (!memory) fail("out of memory");
    return memory;
}

static int32_t *load(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) fail("the trace cannot be read");
    long bytes = ftell(file);
    if (bytes < 0) fail("the trace cannot be read");
    rewind(file);
    *length = (size_t)bytes / sizeof(int32_t);
    int32_t *trace = room(*length, sizeof *trace);
    if (fread(trace, sizeof *trace, *length, file) != *length) fail("the trace cannot be read");
    fclose(file);
    if (*length < HEADER || trace[0] < 1 || trace[0] > TRACE_MAX_PAGES || trace[1] < 1 || trace[1] > 31
        || trace[2] < 1 || (size_t)trace[2] != *length - HEADER) fail("the trace has no sound header");
    return trace;
}

/* Nanoseconds of processor time of all threads, or of the clock on the wall. */
static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* FNV-1a over what was granted, as int32, least byte first; a refusal is -1. */
static uint32_t checksum(const int32_t *granted, size_t slots)
{
    uint32_t hash = UINT32_C(2166136261);
    for (size_t i = 0; i < slots; i++)
        for (int shift = 0; shift < 32; shift += 8) hash = (hash ^ ((uint32_t)granted[i] >> shift & 255)) * UINT32_C(16777619);
    return hash;
}

#endif
