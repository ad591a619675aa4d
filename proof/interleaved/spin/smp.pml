/*
 * A zone of 4 pages, orders 0 to 2, as Linux 2.4 has it, under its lock, for SPIN: the steps of src/smp and src/buddy, written down
 * by themselves. Two callers are two processors, or with -DHANDLER a processor and the handler of its interrupt. Each makes up to
 * CALLS calls, whichever it likes: a request of any order, or a free of a block that it holds. With -DLEFTON interrupts stay on
 * under the lock; with -DBARE nobody takes it, and what goes wrong otherwise than by a page that is granted twice is passed over.
 *
 * A step is one read or write of a shared word, and each is one transition here: a d_step, from the head of one loop. What a call
 * has read so far, the list h, is part of the state, as it is in proof/interleaved.
 *
 * SPIN takes each step of each state once. Before each a number is made of all shared words and of who takes it; their sum, modulo
 * 2^32, is printed at the end, so that not only the counts must be the explorer's.
 */
#define P        4           /* pages; nodes P to P + TOP are the heads of the lists */
#define TOP      2
#define NIL      255         /* -1: on no list */
#define FREED    255         /* -1: an owner, as is NOBODY */
#define NOBODY   254
#ifndef CALLS
#define CALLS    1
#endif

#ifdef HANDLER
#define ID       0
#define MAY      (c == 0 -> pc[1] == 0 : (pc[1] != 0 || on[0] == 1))
#else
#define ID       c
#define MAY      true
#endif

#define ALLOCATE 0
#define FREE     1
#define BLOCK(o, page)  (1 << ((8 - (8 >> (o))) + ((page) >> (o))))

byte nxt[7] = { 6, 255, 255, 255, 4, 5, 0 };
byte prv[7] = { 6, 255, 255, 255, 4, 5, 0 };
byte map[TOP];
byte owner[P] = { NOBODY, NOBODY, NOBODY, NOBODY };
byte count = P;
byte ticket, serving, holder;
byte on[2] = { 1, 1 };
byte locks[2];
byte pc[2];
bit asleep[2];

c_decl {
    static unsigned sum;
    static void __attribute__((destructor)) tell(void) { printf("sum of all words: %u\n", sum); }
};

#define WORD(x)  all = 31 * all + (unsigned)(signed char)now.x
#define SEE      c_code { \
    unsigned all = 0; \
    int w; \
    WORD(count); \
    for (w = 0; w < 7; w++) { WORD(nxt[w]); WORD(prv[w]); } \
    for (w = 0; w < 2; w++) WORD(map[w]); \
    for (w = 0; w < 4; w++) WORD(owner[w]); \
    WORD(ticket); WORD(serving); WORD(holder); \
    for (w = 0; w < 2; w++) { WORD(on[w]); WORD(locks[w]); } \
    sum += 31 * all + (unsigned)Pcaller->_pid; }

#define READ(x)  v = x; h[k] = v; k = k + 1
#define AT(n)    d_step { pc[c] == n && MAY -> SEE;
#define GO(n)    pc[c] = n

/* A call ends: what was granted is held, and nothing is left of it but that. */
#define END \
    if :: op == ALLOCATE && got != NIL -> held = held | BLOCK(o, got) \
       :: op == FREE -> held = held & ~BLOCK(o, page) :: else fi; \
    do :: k > 0 -> k--; h[k] = 0 :: else -> break od; \
    op = 0; o = 0; page = 0; got = 0; v = 0; flags = 0; mine = 0; \
    cur = 0; node = 0; n = 0; q = 0; idx = 0; taking = 0; GO(0)

#ifdef BARE
#define DONE     END
#define PASSED   (n != NIL && prv[node] != NIL)
#else
#define DONE     GO(40)
#define PASSED   true
#endif

/* Looks at one list; if it is empty, the next one is that of the next order. */
#define LOOK \
    READ(nxt[P + cur]); \
    if :: v == P + cur -> cur++; \
          if :: cur > TOP -> got = NIL; DONE :: else -> GO(10) fi \
       :: else -> node = v; GO(11) fi
#define OWNED \
    READ(owner[page]); assert(v == o); GO(31)

#ifdef BARE
#define BEGIN    if :: op == ALLOCATE -> cur = o; LOOK :: else -> OWNED fi
#else
#define BEGIN    READ(on[ID]); flags = v; GO(1)
#endif

#define ASK(order) \
    :: d_step { pc[c] == 0 && left > 0 && MAY -> SEE; left--; op = ALLOCATE; o = order; BEGIN }
#define GIVE(order, head) \
    :: d_step { pc[c] == 0 && left > 0 && MAY && (held & BLOCK(order, head)) -> \
       SEE; left--; op = FREE; o = order; page = head; BEGIN }

/* After the block is off its list, or one half of it on another one: split on, or give it away. */
#define SPLIT    if :: cur > o -> cur--; GO(22) :: else -> GO(27) fi

active [2] proctype caller()
{
    byte h[64];
    byte c = _pid;
    byte k, v, op, o, page, got, flags, mine, cur, node, n, q, idx, held, left = CALLS;
    bit taking;
end:
    do
    ASK(0) ASK(1) ASK(2)
    GIVE(0, 0) GIVE(0, 1) GIVE(0, 2) GIVE(0, 3) GIVE(1, 0) GIVE(1, 2) GIVE(2, 0)

    /* spinLockIrqsave */
#ifdef LEFTON
    :: AT(1)  READ(holder); assert(v != ID + 1); GO(3) }
#else
    :: AT(1)  on[ID] = 0; GO(2) }
    :: AT(2)  READ(holder); assert(v != ID + 1); GO(3) }
#endif
    :: AT(3)  READ(ticket); mine = v; ticket++; GO(4) }
    :: AT(4)  READ(serving); if :: v == mine -> GO(6) :: else -> GO(5) fi }
    :: d_step { pc[c] == 5 && !asleep[c] && MAY -> SEE; if :: serving == v -> asleep[c] = 1 :: else -> GO(4) fi }
    :: AT(6)  holder = ID + 1; GO(7) }
    :: AT(7)  READ(locks[ID]); GO(8) }
    :: AT(8)  locks[ID] = v + 1; if :: op == ALLOCATE -> cur = o; GO(10) :: else -> GO(30) fi }

    /* rmqueue */
    :: AT(10) LOOK }
    :: AT(11) READ(nxt[node]); n = v; GO(12) }
    :: d_step { pc[c] == 12 && MAY && PASSED -> SEE; READ(prv[node]); q = v; assert(n != NIL && q != NIL); GO(13) }
    :: AT(13) prv[n] = q; GO(14) }
    :: AT(14) nxt[q] = n; GO(15) }
    :: AT(15) nxt[node] = NIL; GO(16) }
    :: AT(16) prv[node] = NIL;
        if
        :: op == ALLOCATE -> idx = node; taking = 1; if :: cur != TOP -> GO(17) :: else -> GO(19) fi
        :: else -> idx = idx & ~(1 << cur); cur++; if :: cur < TOP -> GO(17) :: else -> GO(22) fi
        fi }

    /* the bit of a pair */
    :: AT(17) READ(map[cur]); GO(18) }
    :: AT(18) map[cur] = v ^ (1 << (idx >> (cur + 1)));
        if
        :: op == ALLOCATE && taking -> GO(19)
        :: op == ALLOCATE && !taking -> idx = idx + (1 << cur); SPLIT
        :: op == FREE && !(v & (1 << (idx >> (cur + 1)))) -> GO(22)
        :: op == FREE && (v & (1 << (idx >> (cur + 1)))) -> node = idx ^ (1 << cur); GO(11)
        fi }

    /* the count of free pages */
    :: AT(19) READ(count); GO(20) }
    :: AT(20)
        if
        :: op == ALLOCATE -> count = v - (1 << o); taking = 0; SPLIT
        :: else -> count = v + (1 << o); idx = page; cur = o; if :: cur < TOP -> GO(17) :: else -> GO(22) fi
        fi }

    /* list_add */
    :: AT(22) READ(nxt[P + cur]); n = v; GO(23) }
    :: AT(23) prv[n] = idx; GO(24) }
    :: AT(24) nxt[idx] = n; GO(25) }
    :: AT(25) prv[idx] = P + cur; GO(26) }
    :: AT(26) nxt[P + cur] = idx; if :: op == ALLOCATE -> GO(17) :: else -> DONE fi }

    /* the owners */
    :: AT(27) assert(owner[idx] > TOP); owner[idx] = o; got = idx; DONE }
    :: AT(30) OWNED }
    :: AT(31) owner[page] = FREED; GO(19) }

    /* spinUnlockIrqrestore */
    :: AT(40) READ(holder); assert(v == ID + 1); GO(41) }
    :: AT(41) READ(locks[ID]); GO(42) }
    :: AT(42) locks[ID] = v - 1; GO(43) }
    :: AT(43) holder = 0; GO(44) }
    :: AT(44) READ(serving); GO(45) }
    :: AT(45) serving = v + 1; GO(46) }
    :: AT(46) READ(ticket); if :: v == serving -> GO(48) :: else -> GO(47) fi }
    :: AT(47) if :: asleep[1 - c] -> asleep[1 - c] = 0; pc[1 - c] = 4 :: else fi; GO(48) }
    :: AT(48) READ(locks[ID]); assert(v == 0); GO(49) }
    :: AT(49) on[ID] = flags; END }
    od
}
