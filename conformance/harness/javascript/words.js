/**
 * The words of boot memory and of machines, for harnesses that have the features `boot` or `machine`: copy it beside harness.js.
 *
 *     open: (init) => init.boot ? bootWords(new Boot(init.boot)) : init.machine ? machineWords(new Machine(init.machine)) : ...
 *
 * Boot memory counts in bytes, an address from 0; nodes from 0, as they were given. It has
 *
 *     reserve(node, address, size)   the pages that had been taken before; or what misuse it is, undone: 'out-of-range'
 *     free(node, address, size)      nothing, or what misuse it is
 *     allocate(node, size, align, goal)   an address; null: refused; or what misuse it is. The node is '*' if any will do
 *     retire(node)                   the pages handed over, in order
 *
 * A machine (machine.js is one) has
 *
 *     allocatePages({ node, order, gfp, task, bound }, reclaim)   { frame, woken }: the first frame of a block, null for a refusal
 *                                    or 'stalled'; `reclaim` frees what it can by calling `free`, and says whether it succeeded
 *     free(frame, order)             takes a user away; the last of them frees
 *     getPage(frame)                 one more user
 *     kswapd(reclaim)                one turn of kswapd
 */

/** Pages as runs, in their order. */
const runsOf = (pages) =>
  pages
    .reduce((runs, page, at) => (at > 0 && pages[at - 1] === page - 1 ? runs : [...runs, at]), [])
    .map((from, n, starts) => `${pages[from]}+${(starts[n + 1] ?? pages.length) - from}`);

/** Boot memory, asked by words. */
export function bootWords(memory) {
  if ('unsupported' in memory) return memory;
  return {
    run(operation) {
      const [node = '', ...numbers] = operation.slice(2).split(':');
      const [a = 0, b = 0, c = 0] = numbers.map(Number);
      const done = {
        r: () => memory.reserve(Number(node), a, b),
        f: () => memory.free(Number(node), a, b) ?? [],
        a: () => memory.allocate(node === '*' ? node : Number(node), a, b, c) ?? '-',
        t: () => memory.retire(Number(node)),
      }[operation[1] ?? '']?.();
      if (typeof done === 'string') return done === '-' ? done : `!${done}`;
      if (!Array.isArray(done)) return `${done ?? '-'}`;
      if (operation[1] === 't') return `h${runsOf(done).join(',')}`;
      return done.length === 0 ? '.' : `w${done.join(',')}`;
    },
  };
}

/** A machine, asked by words: its slots, and what its next reclaims are to free. */
class MachineWords {
  constructor(machine) {
    this.machine = machine;
    this.slots = [];
    this.holder = new Map();
    this.plan = [];
  }

  observe(views) {
    return this.machine.observe(views);
  }

  /** Whether a slot's block is still its own. */
  holds(slot) {
    const held = this.slots[slot];
    return held?.frame != null && this.holder.get(held.frame) === slot;
  }

  freed(frame, order) {
    const kind = this.machine.free(frame, order);
    if (kind) return `!${kind}`;
    const slot = this.slots[this.holder.get(frame) ?? -1];
    if (slot && --slot.users === 0) this.holder.delete(frame);
    return '.';
  }

  /** Carries out what may reclaim; counts how often it does. */
  reclaiming(operation) {
    const rounds = this.plan;
    this.plan = [];
    let count = 0;
    const { result, woken } = operation(() => {
      const round = rounds[count++] ?? [];
      for (const slot of round) if (this.holds(slot)) this.freed(this.slots[slot].frame, this.slots[slot].order);
      return round.length > 0;
    });
    return `${result}${count > 0 ? `/${count}` : ''}${woken ? 'w' : ''}`;
  }

  allocate(request) {
    return this.reclaiming((reclaim) => {
      const { frame, woken } = this.machine.allocatePages(request, reclaim);
      const granted = frame === 'stalled' ? null : frame;
      if (granted != null) this.holder.set(granted, this.slots.length);
      this.slots.push({ frame: granted, order: request.order, users: 1 });
      return { result: frame === 'stalled' ? '~' : (frame ?? '-'), woken };
    });
  }

  run(operation) {
    const [a = 0, b = 0, c = 0, d = 0] = operation.slice(1).split(':').map(Number);
    switch (operation[0]) {
      case 'A':
      case 'N':
        return this.allocate({ node: a, order: b, gfp: c, task: d, bound: operation[0] === 'N' });
      case 'p':
        if (this.holds(b)) (this.plan[a] ??= []).push(b);
        return '.';
      case 'g':
        if (!this.holds(a)) return '.';
        this.machine.getPage(this.slots[a].frame);
        this.slots[a].users++;
        return '.';
      case 'f':
        return this.holds(a) ? this.freed(this.slots[a].frame, this.slots[a].order) : '.';
      case 'F':
        return this.freed(a, b);
      case 'k':
        return this.reclaiming((reclaim) => {
          this.machine.kswapd(reclaim);
          return { result: '.', woken: false };
        });
      default:
        return '-';
    }
  }
}

/** A machine, asked by words. */
export const machineWords = (machine) => ('unsupported' in machine ? machine : new MachineWords(machine));
