/** Tests that the measure of each loop that has one is smaller in each turn, and that one which is not is seen. */
import { BOOT_SLIPS } from './boot/slips.ts';
import { CACHE_SLIPS } from './machine/slips-cache.ts';
import { MEASURES } from '../audit/code/loops/measures.ts';
import { SLIPS } from './buddy/slips/all.ts';
import { SLIPS26 } from './machine26/slips-pass.ts';
import { Alone } from './alone/alone.ts';
import { beforeAll, expect, test } from 'vitest';
import { load } from './load.ts';
import { measured, nameOf } from './measured.ts';
import { plainMachine } from '../unit/machine/low-memory.ts';
import { plainShape } from '../arbitrary/arena.ts';
import { gfp, nodeId, pfn } from '../../spec/unit.ts';
import { regionFor } from '../arbitrary/region.ts';
import { watchBoot } from './alone/boot.ts';
import { watchMachines26 } from './alone/machine26.ts';
import { watchZones } from './alone/zone.ts';
import type { Loaded, Turns } from './load.ts';
import type { PageOutcome } from '../../protocol/index.ts';
import type { Measure } from '../audit/code/loops/measures.ts';

const DONE: PageOutcome = { kind: 'done' };

/** Has a page cache reclaim most of whose pages were used lately. */
function reclaim({ LruReclaimer, refuel }: Loaded): void {
  refuel();
  const lru = new LruReclaimer(plainMachine([[64]]));
  lru.attach({ usersOf: () => 1, getPage: () => DONE, putPage: () => DONE });
  for (let n = 0; n < 64; n++) lru.addToPageCache(pfn(n));
  for (let n = 0; n < 120; n++) lru.markPageAccessed(pfn(n % 48));
  const zone = { node: nodeId(0), name: 'DMA' as const, memclass: () => true };
  lru.tryToFreePagesZone(zone, gfp(0x1f0), () => DONE);
}

/** Has allocators live in which each loop is gone through. */
async function live(broken: Loaded): Promise<Loaded['turns']> {
  const [[boot], [slip26], [slip]] = [BOOT_SLIPS, SLIPS26, SLIPS];
  if (boot === undefined || slip26 === undefined || slip === undefined) throw new Error('no slips');
  await watchBoot(broken, boot, new Alone());
  watchMachines26(broken, slip26, new Alone());
  watchZones(broken, slip, new Alone());
  for (const { shortest } of CACHE_SLIPS) shortest(broken);
  reclaim(broken);
  broken.machineOf26([{ name: 'Normal', base: pfn(0), pages: 4096, holes: [] }]);
  const shape = plainShape('2.4', 5, 3);
  broken.refuel();
  const made = broken.createAllocator(shape, regionFor(shape));
  if (made.kind === 'rejected') throw new Error(made.why);
  for (let frame = 0; frame < 5; frame += 2) made.allocator.handOver(pfn(frame)); // three free blocks of order 0
  broken.fragmentationOf(made.allocator.observe());
  return broken.turns;
}

let turns: Loaded['turns'];
beforeAll(async () => {
  turns = await live(load(undefined, measured));
});

test.each(MEASURES.map((one) => [nameOf(one), one.measure] as const))('%s: %s', (name) => {
  const seen: Turns | undefined = turns[name];
  expect(seen).toEqual({ followed: true, wrong: [] });
});

test('a measure that does not become smaller, or falls below 0, is seen', () => {
  const loop = 'while (order > low)';
  const wrongWith = (measure: string): readonly string[] | undefined => {
    const own: Measure = { file: 'src/buddy/buddy.ts', loop, measure };
    const broken = load(undefined, (path, text) => measured(path, text, [own]));
    const [slip] = SLIPS;
    if (slip !== undefined) watchZones(broken, slip, new Alone());
    return broken.turns[nameOf(own)]?.wrong;
  };
  expect(wrongWith('order - low')).toEqual([]);
  expect(wrongWith('high - low')?.length).toBeGreaterThan(0);
  expect(wrongWith('order - high')?.length).toBeGreaterThan(0);
  expect(wrongWith('(order - low) / 2')?.length).toBeGreaterThan(0);
});
