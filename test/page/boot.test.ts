/** The boot memory of the playground: the code of src answers as spec has it, and the station shows what it promises. */
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { TOUR } from '../../page/play/tour.ts';
import { addressOf, fromAddress } from '../../page/play/address.ts';
import { bootWorldsOf } from '../../page/play/boot/machine.ts';
import { fromBootWords } from '../../page/play/boot/script.ts';
import type { BootPlay } from '../../page/play/boot/script.ts';
import type { BootWorld } from '../../page/play/boot/machine.ts';

/** Returns the state that the station begins in, and more words after it. */
function station(more: string): BootPlay {
  const state = fromAddress(TOUR.find(({ address }) => address.startsWith('#boot'))?.address ?? '');
  if (state.kind !== 'boot') throw new Error('there is no station of boot memory');
  return { ...state, run: [...state.run, ...(fromBootWords(more) ?? [])] };
}

/** Returns what boot memory shows after its last operation. */
function last(play: BootPlay): BootWorld {
  const world = bootWorldsOf(play).at(-1);
  if (world === undefined) throw new Error('there is no last one');
  return world;
}

const word = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom('a', 'p'), fc.integer({ min: 1, max: 9000 })).map(String) },
  { weight: 1, arbitrary: fc.constant('t') },
);

test('whatever is asked, src answers as spec has it, and the address holds all of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 16, max: 256 }), fc.array(word, { maxLength: 20 }), (pages, words) => {
      const run = fromBootWords(words.map((one) => one.replace(',', '')).join(' ')) ?? [];
      const play: BootPlay = { kind: 'boot', pages, run };
      expect(run.length).toBe(words.length);
      expect(last(play).agrees).toBe(true);
      expect(fromAddress(addressOf(play))).toEqual(play);
    }),
    { numRuns: 150 },
  );
});

test.each(['#boot=15&run=', '#boot=257&run=', '#boot=64&run=x1', '#boot=64&run=a0', '#boot=64&run=a1.5'])(
  '%s is no state: the start is shown',
  (hash) => expect(fromAddress(hash).kind).toBe('buddy'),
);

test('FIT-2 · in the station, 100 bytes and three times 1,000 share a page, and the fourth goes on into the next', () => {
  // 100 bytes, and 28 up to the next line of the cache, and 3,096 up to the end of the third
  const three = last(station('a1000 a1000 a1000')).row;
  const four = last(station('a1000 a1000 a1000 a1000')).row;
  // page 0, the kernel in 4 to 9, and the bitmap in 10 are reserved: the first free page is 1
  expect([three.last?.[0], four.last?.[0]]).toEqual([1, 2]);
});

test('RETIRE-1 · in the station every free page is on a list after retirement, and nothing is granted any more', () => {
  const worlds = bootWorldsOf(station('t a100'));
  const { row, said } = worlds.at(-2) ?? last(station('t'));
  // of 64 pages 1 holds 100 bytes, 1 is page 0, 6 are the kernel's; the one of the bitmap is handed over
  expect(row.lists.reduce((sum, list, at) => sum + list.length * 2 ** at, 0)).toBe(64 - 1 - 1 - 6);
  expect([row.retired, said]).toEqual([
    true,
    'retired: 55 free pages are handed over, ascending, and then 1 of the bitmap',
  ]);
  expect(worlds.at(-1)?.said).toBe('rejected: retired');
});
