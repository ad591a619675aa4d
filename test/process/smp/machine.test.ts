/**
 * Tests threads on the processors of a machine of several nodes: each zone has a lock of its own, and a history of its own. Processors ask
 * their own node first, and meet in the zones of the other one when theirs are empty.
 */

import { CALLS, PER_ROUND, Threads, patience } from './threads.ts';
import { overlaps } from '../../../conformance/kinds/smp/oracle.ts';
import { expect, test } from 'vitest';
import { explained } from './explained.ts';
import { gfp, nodeId, order, pfn, taskFlags } from '../../../spec/unit.ts';
import { machineOf } from '../../../src/index.ts';
import { startMachine } from '../../../spec/index.ts';
import { zonelistsOf } from '../../../spec/machine/request.ts';
import type { Asker, ZoneCall } from './threads.ts';

const HIGHUSER = gfp(0x1f2);

/** Two nodes: the first has DMA and Normal, the second Normal and HighMem. No frame of a hole is granted. */
const MACHINE = machineOf(
  [
    { first: 0, end: 96, holes: [[pfn(40), 3]] },
    { first: 96, end: 192 },
  ],
  { limits: { dma: pfn(32), normal: pfn(128) }, orders: 6 },
);
const START = startMachine(MACHINE);

const SHAPES = MACHINE.nodes.flatMap(({ zones }) =>
  zones.map(({ base, pages, holes }) => ({ kernel: '2.4' as const, base, pages, orders: MACHINE.orders, holes })),
);

/** Returns a processor of a node, and the zones that its requests try, as the specification has them. */
function askerOf(node: number): Asker {
  const request = {
    kind: 'allocate-pages',
    gfp: HIGHUSER,
    order: order(0),
    task: taskFlags(0),
    node: nodeId(node),
  } as const;
  return { node, tries: zonelistsOf(START, request).flat() };
}

test(
  'SMP-1 · two nodes, a processor each: the history of each zone has an order, and leads to the zone',
  { timeout: patience },
  async () => {
    const askers = [askerOf(0), askerOf(1)];
    expect(askers.map(({ tries }) => tries)).toEqual([
      [1, 0, 3, 2],
      [3, 2, 1, 0],
    ]);
    const threads = new Threads(SHAPES, askers);
    try {
      let placed = START.zones.map((zone) => zone.placed);
      let [calls, overlapping, afar] = [0, 0, 0];
      while (calls < CALLS || ((overlapping === 0 || afar === 0) && calls < 10 * CALLS)) {
        const all = await threads.run(PER_ROUND);
        const of = (zone: number): readonly ZoneCall[] => all.filter((call) => call.zone === zone);
        placed = placed.map((before, zone) => explained(before, of(zone), threads.observe(zone)));
        for (const [id, asker] of askers.entries()) {
          const mine = all.filter(({ processor }) => processor === id);
          const own = asker.tries.slice(0, 2);
          afar += mine.filter(({ outcome, zone }) => outcome.kind === 'granted' && !own.includes(zone)).length;
        }
        calls += all.length;
        overlapping += placed.reduce((sum, _, zone) => sum + overlaps(of(zone)), 0);
      }
      expect(overlapping, 'calls that overlap').toBeGreaterThan(0);
      expect(afar, 'blocks of another node').toBeGreaterThan(0);
    } finally {
      await threads.end();
    }
  },
);
