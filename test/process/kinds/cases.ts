import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll } from 'vitest';
import { tmpdir } from 'node:os';
import type { AnyCase, SavedMachine, Zone } from './records.ts';

/** A buddy system of 4 pages, and three blocks, the last of which buddy-tree 2.3.0 refuses. */
export const BUDDY: AnyCase = { init: { base: 0, pages: 4, orders: 2 }, run: 'a0 a1 a0' };

/** One node of 16 pages: opened, asked for a few bytes, then for three pages, and retired. */
export const BOOT: AnyCase = {
  init: { boot: [[0, 16, 0]] },
  run: 'bf0:0:65536 br0:0:4096 ba0:100:16:0 ba0:12288:4096:0 bt0',
};

/** A few bytes with a goal, which first fit from the start of the node does not look at. */
export const GOAL: AnyCase = { ...BOOT, run: 'bf0:0:65536 br0:0:4096 ba0:100:16:32768' };

const machineOf = (nodes: SavedMachine['nodes']): AnyCase['init'] => {
  const marks = [
    [8, 1, 1],
    [2, 6, 6],
    [8, 1, 1],
  ];
  return { machine: { orders: 4, policy: 'node-local', balance: marks, nodes } };
};

/** One zone of 16 frames, which is to keep 6, and a request of order 2 that may not wait. */
export const MACHINE: AnyCase = { init: machineOf([[['Normal', 0, 16, []]]]), run: 'A0:2:32:0' };

/** The same request where the one zone keeps next to nothing back: nobody has to ask for balance. */
export const ROOMY_MACHINE: AnyCase = { init: machineOf([[['DMA', 0, 16, []]]]), run: 'A0:2:32:0' };

const zonesFrom = (base: number, holes: readonly unknown[]): readonly Zone[] => [
  ['DMA', base, 24, []],
  ['Normal', base + 24, 40, holes],
  ['HighMem', base + 64, 64, []],
];

/** Two nodes, six zones and a hole. The sixth operation is the request of `MACHINE`. */
export const LARGE_MACHINE: AnyCase = {
  init: machineOf([zonesFrom(0, [[27, 2]]), zonesFrom(128, [])]),
  run: 'A0:0:32:0 A1:1:48:0 g0 f1 k A0:2:32:0 f0',
};

/** A folder for the files of one test file; it goes with its tests. */
export function folder(): (name: string, of?: object) => string {
  const made = mkdtempSync(`${tmpdir()}/kinds-`);
  afterAll(() => rmSync(made, { recursive: true }));
  return (name, of) => {
    if (of !== undefined) writeFileSync(`${made}/${name}`, JSON.stringify(of));
    return `${made}/${name}`;
  };
}
