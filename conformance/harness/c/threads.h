/*
 * threads.h has an allocator used by several threads at once: include it after oracle.h, set .threads =
 * oracle_threads in the oracle_harness, add the feature threads:4 (or another number from 2 to 64), and build with
 * -pthread, by gcc or clang.
 *
 * Your allocate and free are then called by several threads at once, and only they; init and all else by one, as
 * before.
 */
#ifndef ORACLE_THREADS_H
#define ORACLE_THREADS_H
#include <pthread.h>
#include <sched.h>
#include "oracle.h"

/* One operation of a thread, what it was answered, and what the counter of all threads said before and after. */
typedef struct {
    char letter;
    int64_t n, frame;
    unsigned order;
    bool held;
    oracle_answer answer;
    int64_t before, after;
} oracle_step;
/* A thread's part of all steps, and in which steps its allocations are. */
typedef struct { pthread_t id; size_t first, end; oracle_array slots; } oracle_thread;
static struct { oracle_array steps, threads; int64_t counter; size_t waiting; } oracle_smp;

static int64_t oracle_stamp(void) { return __atomic_fetch_add(&oracle_smp.counter, 1, __ATOMIC_SEQ_CST); }

static oracle_answer oracle_one_step(oracle_thread *thread, oracle_step *step, oracle_step *steps)
{
    const oracle_harness *h = oracle.harness;
    if (step->letter == 'a') {
        oracle_answer answer = h->allocate(step->order);
        step->held = answer.is == '#', step->frame = answer.frame;
        return answer;
    }
    if (step->letter == 'F') return h->free(step->n, step->order);
    oracle_step *slot = (uint64_t)step->n < thread->slots.length ? steps + ((size_t *)thread->slots.at)[step->n] : step;
    if (!slot->held) return oracle_done(); /* it was refused, or freed */
    slot->held = false;
    return h->free(slot->frame, slot->order);
}

static void *oracle_carry_out(void *of)
{
    oracle_thread *thread = of;
    oracle_step *steps = oracle_smp.steps.at;
    /* All begin together: whoever is early waits. */
    __atomic_fetch_sub(&oracle_smp.waiting, 1, __ATOMIC_SEQ_CST);
    while (__atomic_load_n(&oracle_smp.waiting, __ATOMIC_SEQ_CST)) sched_yield();
    for (size_t n = thread->first; n < thread->end; n++) {
        steps[n].before = oracle_stamp();
        steps[n].answer = oracle_one_step(thread, steps + n, steps);
        steps[n].after = oracle_stamp();
    }
    return NULL;
}

static const char *oracle_read_script(const char *p, oracle_thread *thread)
{
    for (thread->first = oracle_smp.steps.length; *p && *p != '"'; oracle_skip(&p, " ")) {
        oracle_step *step = oracle_extend(&oracle_smp.steps, 1, sizeof *step);
        *step = (oracle_step){ .letter = *p++ };
        step->n = oracle_number(&p);
        int64_t order = *p == ':' ? oracle_number(&p) : step->n;
        step->order = oracle_order(order);
        if (step->letter == 'a')
            *(size_t *)oracle_extend(&thread->slots, 1, sizeof(size_t)) = oracle_smp.steps.length - 1;
    }
    thread->end = oracle_smp.steps.length;
    return p;
}

/* Carries out scripts as they are in the request, each in quotes, each in a thread; prints what came of them. */
static void oracle_threads(const char *p)
{
    oracle_smp.steps.length = oracle_smp.threads.length = 0;
    for (; oracle_skip(&p, "\""); oracle_skip(&p, "\""), oracle_skip(&p, ",")) {
        oracle_thread *thread = oracle_extend(&oracle_smp.threads, 1, sizeof *thread);
        *thread = (oracle_thread){ 0 };
        p = oracle_read_script(p, thread);
    }
    oracle_thread *threads = oracle_smp.threads.at;
    const size_t count = oracle_smp.threads.length;
    oracle_smp.counter = 0, oracle_smp.waiting = count;
    for (size_t n = 0; n < count; n++) {
        if (pthread_create(&threads[n].id, NULL, oracle_carry_out, threads + n) == 0) continue;
        fputs("threads.h: no more threads\n", stderr);
        exit(EXIT_FAILURE);
    }
    for (size_t n = 0; n < count; n++) pthread_join(threads[n].id, NULL), free(threads[n].slots.at);
    fputs("\"threads\":[", stdout);
    for (size_t n = 0; n < count; n++) {
        fputs(n ? ",\"" : "\"", stdout);
        for (size_t at = threads[n].first; at < threads[n].end; at++) {
            const oracle_step *step = (oracle_step *)oracle_smp.steps.at + at;
            printf("%s%lld:", at > threads[n].first ? " " : "", (long long)step->before);
            oracle_tell(step->answer);
            printf(":%lld", (long long)step->after);
        }
        putchar('"');
    }
    putchar(']');
}
#endif
