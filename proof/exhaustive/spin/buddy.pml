/*
 * The buddy system with one bit for each pair, 16 pages, orders 0 to 4, for SPIN: the same states as proof/exhaustive counts,
 * written down by themselves. A block is a bit: order o begins at bit OFF(o), and block i of that order is bit OFF(o) + i.
 * The bit of a pair stands where that of its lower buddy does.
 *
 * Any block of the smallest order that suffices may be taken, any outstanding one may be freed. Its upper half is split on.
 */
#define OFF(o)       (32 - (32 >> (o)))
#define BIT(o, i)    (1 << (OFF(o) + (i)))
#define PAIR(o, i)   (1 << (OFF(o) + ((i) & ~1)))
#define LEAST(o, c)  ((listed & ((1 << OFF(c)) - (1 << OFF(o)))) == 0)
#define LOWER        357913941 /* one bit for each pair: that of its lower buddy */

int used, listed, map;

#define HOLDS  assert(map == ((listed ^ (listed >> 1)) & LOWER)); assert((used & listed) == 0)

#define TAKE(o, c, i) :: d_step { (listed & BIT(c, i)) && LEAST(o, c) -> \
    listed = listed ^ BIT(c, i); \
    if :: c < 4 -> map = map ^ PAIR(c, i) :: else fi; \
    k = c; x = i; \
    do \
    :: k > o -> k--; x = x * 2; listed = listed ^ BIT(k, x); map = map ^ PAIR(k, x); x = x + 1 \
    :: else -> break \
    od; \
    used = used ^ BIT(o, x); k = 0; x = 0; HOLDS }

#define GIVE(o, i) :: d_step { (used & BIT(o, i)) -> \
    used = used ^ BIT(o, i); \
    k = o; x = i; \
    do \
    :: k < 4 -> map = map ^ PAIR(k, x); \
        if \
        :: map & PAIR(k, x) -> break \
        :: else -> assert(listed & BIT(k, x ^ 1)); listed = listed ^ BIT(k, x ^ 1); x = x >> 1; k++ \
        fi \
    :: else -> break \
    od; \
    listed = listed | BIT(k, x); k = 0; x = 0; HOLDS }

#define TWO(M, o, i)    M(o, i) M(o, i + 1)
#define FOUR(M, o, i)   TWO(M, o, i) TWO(M, o, i + 2)
#define EIGHT(M, o, i)  FOUR(M, o, i) FOUR(M, o, i + 4)

#define TAKE2(o, c, i)  TAKE(o, c, i) TAKE(o, c, i + 1)
#define TAKE4(o, c, i)  TAKE2(o, c, i) TAKE2(o, c, i + 2)
#define TAKE8(o, c, i)  TAKE4(o, c, i) TAKE4(o, c, i + 4)

active proctype arena()
{
    byte k, x;
    listed = BIT(4, 0);
    do
    EIGHT(GIVE, 0, 0) EIGHT(GIVE, 0, 8) EIGHT(GIVE, 1, 0) FOUR(GIVE, 2, 0) TWO(GIVE, 3, 0) GIVE(4, 0)
    TAKE8(0, 0, 0) TAKE8(0, 0, 8) TAKE8(0, 1, 0) TAKE4(0, 2, 0) TAKE2(0, 3, 0) TAKE(0, 4, 0)
    TAKE8(1, 1, 0) TAKE4(1, 2, 0) TAKE2(1, 3, 0) TAKE(1, 4, 0)
    TAKE4(2, 2, 0) TAKE2(2, 3, 0) TAKE(2, 4, 0)
    TAKE2(3, 3, 0) TAKE(3, 4, 0)
    TAKE(4, 4, 0)
    od
}
