/** Tests of what a task asks for while it reclaims: it is still the same task. */

import { expect, test } from 'vitest';
import { GFP_KERNEL, PF_MEMALLOC, createMachine, order, pfn, taskFlags } from '../../../src/index.ts';
import { plainMachine } from './low-memory.ts';
import type { ClassZone, Free, PhysicalMemory, Reclaimer } from '../../../src/index.ts';
import type { Gfp, PageOutcome } from '../../../protocol/index.ts';

const NORMAL = taskFlags(0);

/** Calls back into the memory that it reclaims for, as a filesystem does that needs memory to write a page. */
class CallingBack implements Reclaimer {
  depth = 0;
  deepest = 0;
  rounds = 0;
  act: (free: Free) => boolean = () => false;

  wakeKswapd(): void {
    // nothing runs in the background
  }

  tryToFreePagesZone(_classZone: ClassZone, _gfp: Gfp, free: Free): boolean {
    this.rounds++;
    if (this.depth === 200) return false;
    this.depth++;
    this.deepest = Math.max(this.deepest, this.depth);
    const success = this.act(free);
    this.depth--;
    return success;
  }
}

/** One zone of 64 pages, frames 0 to 63, of which the lowest `free` are free: fewer than pages_min, which is 20. */
function low(free: number): { memory: PhysicalMemory; reclaimer: CallingBack } {
  const reclaimer = new CallingBack();
  const created = createMachine(plainMachine([[0, 64, 0]]), reclaimer);
  if (created.kind === 'rejected') expect.fail(created.why);
  const { memory } = created;
  memory.handOverAll();
  for (let n = 0; n < 64; n++) memory.allocPages(GFP_KERNEL, order(0), undefined, PF_MEMALLOC);
  for (let n = 0; n < free; n++) memory.freePages(pfn(n), order(0));
  return { memory, reclaimer };
}

const ask = (memory: PhysicalMemory): PageOutcome => memory.allocPages(GFP_KERNEL, order(0), undefined, NORMAL);

test('WATER-4, PASS-4 · a request made while its task reclaims passes over the marks, and does not reclaim again', () => {
  const { memory, reclaimer } = low(1);
  let nested: PageOutcome = { kind: 'stalled' };
  reclaimer.act = (free) => {
    nested = ask(memory);
    return free(pfn(40), order(0)).kind === 'done';
  };
  const outer = ask(memory);
  // the one free page is below pages_min; the nested request gets it all the same, and the outer one what was reclaimed
  expect([nested, outer]).toEqual([
    { kind: 'granted', head: 0 },
    { kind: 'granted', head: 40 },
  ]);
  expect([reclaimer.rounds, reclaimer.deepest]).toEqual([1, 1]);
});

test('WATER-4, PASS-4 · if nothing is free a nested request is refused, and the outer one still gets what was reclaimed', () => {
  const { memory, reclaimer } = low(0);
  let nested: PageOutcome = { kind: 'stalled' };
  reclaimer.act = (free) => {
    nested = ask(memory);
    return free(pfn(40), order(0)).kind === 'done';
  };
  expect([ask(memory), nested]).toEqual([{ kind: 'granted', head: 40 }, { kind: 'exhausted' }]);
  expect(reclaimer.deepest).toBe(1);
});

test('RECLAIM-1 · a block that the task frees by itself while it reclaims is kept for it too', () => {
  const { memory, reclaimer } = low(0);
  reclaimer.act = () => memory.freePages(pfn(41), order(0)).kind === 'done';
  expect(ask(memory)).toEqual({ kind: 'granted', head: 41 });
});

test('PASS-4 · after a reclaim the task is an ordinary one again, and so is the next', () => {
  const { memory, reclaimer } = low(1);
  reclaimer.act = () => false;
  expect(ask(memory).kind).toBe('stalled');
  expect(ask(memory).kind).toBe('stalled');
  expect(reclaimer.rounds).toBe(2);
});

test('WATER-4 · a flag that a nested request has is its own, and that of the reclaim is not lost by it', () => {
  const { memory, reclaimer } = low(2);
  const heads: PageOutcome[] = [];
  reclaimer.act = (free) => {
    heads.push(memory.allocPages(GFP_KERNEL, order(0), undefined, PF_MEMALLOC), ask(memory));
    return free(pfn(40), order(0)).kind === 'done';
  };
  expect(ask(memory)).toEqual({ kind: 'granted', head: 40 });
  expect(heads.map(({ kind }) => kind)).toEqual(['granted', 'granted']);
  expect(reclaimer.rounds).toBe(1);
});

test('WATER-4, RECLAIM-2 · kswapd is another task: what it frees while another reclaims is not kept, and what it asks for is given', () => {
  const { memory, reclaimer } = low(0);
  const nested: PageOutcome[] = [];
  let turn = false;
  reclaimer.act = (free) => {
    if (turn) {
      free(pfn(50), order(0));
      nested.push(ask(memory));
      return false;
    }
    turn = true;
    memory.balance();
    return free(pfn(40), order(0)).kind === 'done';
  };
  expect(ask(memory)).toEqual({ kind: 'granted', head: 40 });
  expect(nested).toEqual([{ kind: 'granted', head: 50 }]);
});
