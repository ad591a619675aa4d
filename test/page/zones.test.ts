/** The machine of the playground: the code of src answers as spec has it, and the stations show what they promise. */
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { TOUR } from '../../page/play/tour.ts';
import { addressOf, fromAddress } from '../../page/play/address.ts';
import { fromWords } from '../../page/play/zones/script.ts';
import { worldsOf } from '../../page/play/zones/machine.ts';
import type { ZonesPlay } from '../../page/play/zones/script.ts';
import type { ZonesWorld } from '../../page/play/zones/machine.ts';

/** Returns the state that a station begins in, and more words after it. */
function station(title: string, more: string): ZonesPlay {
  const state = fromAddress(TOUR.find((one) => one.title === title)?.address ?? '');
  if (state.kind !== 'zones') throw new Error(`${title} is no station of a machine`);
  return { ...state, run: [...state.run, ...(fromWords(more) ?? [])] };
}

/** Returns what a machine shows after its last operation. */
function last(play: ZonesPlay): ZonesWorld {
  const world = worldsOf(play).at(-1);
  if (world === undefined) throw new Error('there is no last one');
  return world;
}

const word = fc.oneof(
  fc
    .tuple(fc.constantFrom('r', 'n', 'i', 'd', 'f'), fc.integer({ min: 1, max: 60 }))
    .map(([letter, n]) => `${letter}${n}`),
  fc.constant('k'),
);

test('whatever is asked, src answers as spec has it, and the address holds all of it', () => {
  const size = fc.nat({ max: 120 });
  const zones = fc.tuple(size, size, fc.integer({ min: 1, max: 120 }));
  fc.assert(
    fc.property(zones, fc.integer({ min: 1, max: 12 }), fc.array(word, { maxLength: 12 }), (sizes, ratio, words) => {
      const play: ZonesPlay = { kind: 'zones', zones: sizes, ratio, run: fromWords(words.join(' ')) ?? [] };
      expect(last(play).agrees).toBe(true);
      expect(fromAddress(addressOf(play))).toEqual(play);
    }),
    { numRuns: 150 },
  );
});

test.each([
  '#zones=0,0,0&ratio=8&run=',
  '#zones=1,2&ratio=8&run=',
  '#zones=48,96,9999&ratio=8&run=',
  '#zones=48,96,160&ratio=0&run=',
  '#zones=48,96,160&ratio=8&run=x1',
  '#zones=48,96,160&ratio=8&run=r999+r999+r999+r999',
])('the address %s is none of a machine', (address) => {
  expect(fromAddress(address).kind).toBe('buddy');
});

describe('stations', () => {
  test('ZONE-3 · a file that is read fills HighMem down to its mark, and goes on in Normal', () => {
    const { checks, said } = last(station('Zones and fallback', 'r16'));
    expect(said).toEqual(['16 pages granted: 7 from HighMem, 9 from Normal']);
    expect(checks).toEqual([
      { mark: 'low', zone: 'HighMem', free: 41, needed: 41 },
      { mark: 'low', zone: 'Normal', free: 88, needed: 65 },
    ]);
  });

  test('WATER-2 · if no zone is above the sum of the low marks, kswapd is woken and min counts', () => {
    const { awake, checks, said, zones } = last(station('Three marks', 'r1'));
    expect(said).toEqual([
      '1 page granted from HighMem',
      'request 1 wakes kswapd: no zone of its list exceeds the low marks, summed up to it',
    ]);
    expect(checks.map(({ free, mark, needed }) => [mark, free, needed])).toEqual([
      ['low', 41, 41],
      ['low', 65, 65],
      ['low', 48, 77],
      ['min', 41, 21],
    ]);
    expect(awake).toBe(true);
    expect(zones.map(({ row }) => [row.ground.name, row.asks])).toEqual([
      ['DMA', false],
      ['Normal', false],
      ['HighMem', true],
    ]);
  });

  test('WATER-3 · an interrupt is held to a quarter of min, and refused below it', () => {
    const { checks, said } = last(station('Three marks', 'n500 i40 i40'));
    expect(said.at(-1)).toBe('then refused: no zone is above its mark, and the request cannot wait');
    expect(checks.filter(({ mark }) => mark === 'min').map(({ needed }) => needed)).toEqual([4, 5]);
  });

  test('RECLAIM-3 · kswapd frees pages turn by turn, and sleeps when a zone is above high', () => {
    const worlds = worldsOf(station('kswapd', 'k k k')).slice(-4);
    expect(worlds.map(({ awake }) => awake)).toEqual([true, true, false, false]);
    expect(worlds.slice(1).map(({ said }) => said)).toEqual([
      ['kswapd frees 32 pages of the page cache', 'no zone of the class is above high: it goes on asking'],
      ['kswapd frees 32 pages of the page cache', 'a zone of the class is above high: kswapd sleeps'],
      ['kswapd sleeps on: no zone asks to be balanced'],
    ]);
  });

  test('RECLAIM-1 · without kswapd the caller reclaims, and stalls when nothing is left', () => {
    expect(last(station('kswapd', 'n1')).said[1]).toBe(
      'the caller reclaims by itself: 32 pages of the page cache are freed',
    );
    const { said } = last(station('kswapd', 'n200'));
    expect(said.at(-1)).toBe('then it stalls: reclaim frees nothing, and the kernel would try for ever');
  });
});
