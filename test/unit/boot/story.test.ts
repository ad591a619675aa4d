/** Tests of a boot from the first reservation to a zone at work. */

import { BootedMachine, demoBoot } from '../../../conformance/index.ts';
import { expect, test } from 'vitest';
import { order, regionBytes } from '../../../src/index.ts';
import { refuteAll } from '../../../invariants/index.ts';
import type { Kernel } from '../../../protocol/index.ts';

const PAGE = 4096;

test.each<Kernel>(['2.4', '2.6'])(
  'RETIRE-1, BOOT-10, TAKE-3 · a machine boots, and its zone of %s lives in memory that it never grants',
  (kernel) => {
    const machine = new BootedMachine(kernel);
    machine.freeUsable();
    new Uint8Array(machine.memory).fill(0xa5);
    const { address, bytes } = machine.placeZone();
    expect(bytes).toBe(regionBytes(kernel, 64, 5));
    expect(machine.retire()).toMatchObject({ kind: 'retired', free: 63 - 1 - 4 - 1 - Math.ceil(bytes / PAGE), map: 1 });
    const { allocator } = machine;
    expect(refuteAll(allocator.observe())).toEqual([]);
    const frames: number[] = [];
    for (
      let outcome = allocator.allocate(order(0));
      outcome.kind === 'granted';
      outcome = allocator.allocate(order(0))
    ) {
      frames.push(outcome.head);
    }
    const state = [address, address + bytes - 1].map((byte) => Math.floor(byte / PAGE));
    const apart = frames.filter(
      (frame) => frame === 0 || frame === 9 || state.includes(frame) || (frame >= 4 && frame < 8),
    );
    expect([frames.length, apart]).toEqual([63 - 1 - 4 - Math.ceil(bytes / PAGE), []]);
    expect(new Uint8Array(machine.memory)[address - 1]).toBe(0xa5);
  },
);

test('BOOT-13 · the zone is made in memory that was cleared for it, and in no other', () => {
  const machine = new BootedMachine('2.4');
  machine.freeUsable();
  const memory = new Uint8Array(machine.memory).fill(0xa5);
  const outcome = machine.bootmem.allocBootmem(100);
  expect(outcome).toEqual({ kind: 'granted', address: PAGE });
  expect(Array.from(memory.subarray(PAGE - 1, PAGE + 101))).toEqual([0xa5, ...new Array<number>(100).fill(0), 0xa5]);
});

test('the story shows the map before and the lists after', () => {
  const story = demoBoot();
  expect(story).toContain('     0 ###.####m#......................................................\n');
  expect(story).toContain('Retirement hands over 55 free pages, ascending, and then 1 of the map.');
  expect(story).toContain('order 4  no map                            48 32 16\n');
  expect(story).toContain('allocate order 3 -> page 56\n');
});
