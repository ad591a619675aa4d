/** Tests of the invariants of a step, each seen refuted. */

import { expect, test } from 'vitest';
import fc from 'fast-check';
import { anyCodes, anyShape, bootZone, drive, handOverAll, missing, perform } from './zone.ts';
import { campaign } from '../../../arbitrary/campaign.ts';
import { combed, doctored, flip, relist } from './known-zones.ts';
import { snapshot, refuteAll, refuteStep, stepInvariants, tell } from '../../../../invariants/index.ts';
import { order, pfn } from '../../../../src/index.ts';
import type { Command, Kernel, Outcome } from '../../../../protocol/index.ts';
import type { Step } from '../../../../invariants/index.ts';
import type { OpenZone, Tally } from './zone.ts';

const told = (step: Step): readonly string[] => refuteStep(step).map(tell);

test('STEP-1 · STEP-2 · each step of zones of both kernels changes what it may, and a refusal nothing', () => {
  const tally: Tally = new Map();
  const property = fc.property(anyShape, fc.boolean(), anyCodes, (shape, whole, codes) => {
    const zone = bootZone(shape);
    if (whole) handOverAll(zone);
    drive(zone, codes, tally, (step) => {
      expect(told(step)).toEqual([]);
    });
  });
  fc.assert(property, campaign(150, 40));
  expect(missing(tally)).toEqual([]);
  expect(stepInvariants.map(({ clause }) => clause)).toEqual(['STEP-1', 'STEP-2']);
});

type Tamper = (zone: OpenZone) => void;

/** One step of that zone, tampered with before it is looked at. */
function stepOf(kernel: Kernel, command: Command, tamper: Tamper): Step {
  const zone = combed(kernel);
  const before = snapshot(zone.seen);
  const outcome = perform(zone.allocator, command);
  tamper(zone);
  return { before, command, outcome, after: zone.seen };
}

const allocate = (of: number): Command => ({ kind: 'allocate', order: order(of) });
const free = (head: number, of: number): Command => ({ kind: 'free', head: pfn(head), order: order(of) });

test.each<[string, Kernel, Tamper, string]>([
  [
    'the owner of another frame',
    '2.4',
    ({ arrays }) => (arrays.owners[0] = -1),
    'frame 32: its owner went from nobody to freed, but the order 1 block at frame 38 was granted: it must be nobody',
  ],
  [
    'another owner of the head',
    '2.4',
    ({ arrays }) => (arrays.owners[6] = 0),
    'frame 38: its owner went from nobody to order 0, but the order 1 block at frame 38 was granted: it must be order 1',
  ],
  [
    'no owner of the head',
    '2.4',
    ({ arrays }) => (arrays.owners[6] = -2),
    'frame 38: its owner went from nobody to nobody, but the order 1 block at frame 38 was granted: it must be order 1',
  ],
  [
    'another block off the lists',
    '2.4',
    (zone) => relist(zone, 2, []),
    'frame 32: it is not in a listed block, and was before, but the order 1 block at frame 38 was granted',
  ],
  [
    'an outstanding block on the lists',
    '2.4',
    (zone) =>
      relist(
        zone,
        0,
        [40, 42, 45, 46, 47].map((frame) => frame - 32),
      ),
    'frame 46: it is in a listed block, and was not before, but the order 1 block at frame 38 was granted',
  ],
  [
    'the granted block still on the lists',
    '2.4',
    (zone) => relist(zone, 1, [4, 6]),
    'frame 38: it is in a listed block, and was before, but the order 1 block at frame 38 was granted',
  ],
  [
    'the count by something else',
    '2.4',
    ({ arrays }) => (arrays.counters[0] = 11),
    'arena: the count of free frames went from 12 to 11, but the order 1 block at frame 38 was granted: it must be 10',
  ],
  [
    'the bit of another pair',
    '2.4',
    (zone) => flip(zone, 1, 0),
    'order 1 pair 0: map bit changed, but the order 1 block at frame 38 was granted: no part of this pair',
  ],
  [
    'a bit inside the block',
    '2.4',
    (zone) => flip(zone, 0, 3),
    'order 0 pair 3: map bit changed, but the order 1 block at frame 38 was granted: no part of this pair',
  ],
  [
    'the mark of another frame',
    '2.6',
    ({ arrays }) => (arrays.buddyFlag[1] = 1),
    'frame 33: its mark changed, but the order 1 block at frame 40 was granted: no block here is part of that',
  ],
  [
    'the order of another frame that is not marked',
    '2.6',
    ({ arrays }) => (arrays.privateOrder[1] = 1),
    'frame 33: its mark changed, but the order 1 block at frame 40 was granted: no block here is part of that',
  ],
  [
    'the links of a frame on no list',
    '2.4',
    ({ arrays }) => (arrays.links[2 * 14] = 5),
    'frame 46: its links changed, but the order 1 block at frame 38 was granted: it is on no list that this touched',
  ],
  [
    'the links back of a list that it did not touch',
    '2.4',
    ({ arrays }) => (arrays.links[2 * 20 + 1] = 5),
    'the head of list 4: its links changed, but the order 1 block at frame 38 was granted: it is on no list that this touched',
  ],
])('STEP-1 · a grant does not change %s', (_, kernel, tamper, facts) => {
  expect(told(stepOf(kernel, allocate(1), () => undefined))).toEqual([]);
  expect(told(stepOf(kernel, allocate(1), tamper))).toEqual([`STEP-1 refuted at ${facts}`]);
});

test('STEP-1 · the order of a list that was not touched does not change, though each moment is sound', () => {
  const step = stepOf('2.4', allocate(1), (zone) => relist(zone, 0, [10, 13, 15, 8]));
  expect(refuteAll(step.before)).toEqual([]);
  expect(refuteAll(step.after)).toEqual([]);
  expect(told(step)).toEqual([
    'STEP-1 refuted at frame 40: its links changed, but the order 1 block at frame 38 was granted: it is on no list that this touched',
  ]);
});

test.each<[string, Tamper, string]>([
  [
    'is freed, not handed over',
    ({ arrays }) => (arrays.owners[9] = -2),
    'frame 41: its owner went from order 0 to nobody, but the order 0 block at frame 41 was freed: it must be freed',
  ],
  [
    'is counted',
    ({ arrays }) => (arrays.counters[0] = 12),
    'arena: the count of free frames went from 12 to 12, but the order 0 block at frame 41 was freed: it must be 13',
  ],
  [
    'is listed',
    (zone) => relist(zone, 1, []),
    'frame 40: it is not in a listed block, and was before, but the order 0 block at frame 41 was freed',
  ],
])('STEP-1 · a block that is freed %s', (_, tamper, facts) => {
  expect(told(stepOf('2.4', free(41, 0), () => undefined))).toEqual([]);
  expect(told(stepOf('2.4', free(41, 0), tamper))).toEqual([`STEP-1 refuted at ${facts}`]);
});

test('STEP-1 · a bit of another word is no part of the pair', () => {
  const zone = bootZone({ kernel: '2.4', base: pfn(0), pages: 128, orders: 2, holes: [] });
  handOverAll(zone);
  const before = snapshot(zone.seen);
  const step: Step = { before, command: allocate(0), outcome: zone.allocator.allocate(order(0)), after: zone.seen };
  expect(told(step)).toEqual([]);
  zone.arrays.map[0] = zone.arrays.map[1] ?? 0;
  expect(told(step)).toEqual([
    'STEP-1 refuted at order 0 pair 31: map bit changed, but the order 0 block at frame 127 was granted: no part of this pair',
  ]);
});

test('STEP-1 · the top order has no buddies: its other blocks keep their marks', () => {
  const zone = bootZone({ kernel: '2.6', base: pfn(0), pages: 8, orders: 3, holes: [] });
  handOverAll(zone);
  const before = snapshot(zone.seen);
  const step: Step = { before, command: allocate(0), outcome: zone.allocator.allocate(order(0)), after: zone.seen };
  expect(told(step)).toEqual([]);
  zone.arrays.buddyFlag[0] = 0;
  expect(told(step)).toEqual([
    'STEP-1 refuted at frame 0: its mark changed, but the order 0 block at frame 4 was granted: no block here is part of that',
  ]);
});

test('STEP-1 · owners do not vanish', () => {
  const step = stepOf('2.4', allocate(1), () => undefined);
  expect(told({ ...step, after: doctored(step.after, { owners: [] }) })).toEqual([
    'STEP-1 refuted at frame 32: its owner went from nobody to missing, but the order 1 block at frame 38 was granted: it must be nobody',
  ]);
});

test('STEP-1 · what is free already is not freed once more', () => {
  const { seen } = combed('2.4');
  expect(told({ before: seen, after: seen, command: free(40, 0), outcome: { kind: 'done' } })).toEqual([
    'STEP-1 refuted at frame 40: it is in a listed block, and was before, but the order 0 block at frame 40 was freed',
  ]);
});

test('STEP-1 · a frame that is handed over is nobody’s', () => {
  const zone = bootZone({ kernel: '2.6', base: pfn(3), pages: 2, orders: 2, holes: [] });
  const command: Command = { kind: 'hand-over', frame: pfn(4) };
  const before = snapshot(zone.seen);
  const step: Step = { before, command, outcome: perform(zone.allocator, command), after: zone.seen };
  expect(told(step)).toEqual([]);
  zone.arrays.owners[1] = -1;
  expect(told(step)).toEqual([
    'STEP-1 refuted at frame 4: its owner went from boot memory to freed, but the order 0 block at frame 4 was handed over: it must be nobody',
  ]);
});

test.each([
  [5, 32],
  [-1, 32],
  [0.5, 32],
  [NaN, 32],
  [0, 31],
  [0, 48],
  [0, 32.5],
  [0, NaN],
  [1, 33],
])('STEP-1 · only a block of the arena can be granted: order %d at frame %d', (of, head) => {
  const { seen } = combed('2.4');
  const outcome: Outcome = { kind: 'granted', head: pfn(head) };
  expect(told({ before: seen, after: seen, command: allocate(of), outcome })).toEqual([
    `STEP-1 refuted at arena: the order ${of} block at frame ${head} was granted, but there is no such block in the orders 0 to 4 of the frames 32 to 47`,
  ]);
});

test('STEP-1 · a block reaches no further than the arena', () => {
  const { seen } = bootZone({ kernel: '2.4', base: pfn(0), pages: 3, orders: 2, holes: [] });
  const outcome: Outcome = { kind: 'granted', head: pfn(2) };
  expect(told({ before: seen, after: seen, command: allocate(1), outcome })).toEqual([
    'STEP-1 refuted at arena: the order 1 block at frame 2 was granted, but there is no such block in the orders 0 to 1 of the frames 0 to 2',
  ]);
});

test.each<[string, Kernel, Tamper, string]>([
  ['the count', '2.4', ({ arrays }) => (arrays.counters[0] = 11), 'arena: the count of free frames went from 12 to 11'],
  ['an owner', '2.4', ({ arrays }) => (arrays.owners[1] = -1), 'frame 33: its owner went from -2 to -1'],
  ['a link', '2.4', ({ arrays }) => (arrays.links[2 * 14 + 1] = 5), 'frame 46: a link went from -1 to 5'],
  ["a head's link", '2.4', ({ arrays }) => (arrays.links[2 * 20] = 5), 'the head of list 4: a link went from 20 to 5'],
  ['a bit', '2.4', (zone) => flip(zone, 2, 1), 'order 2 pair 0: a map word went from 0 to 2'],
  ['a flag', '2.6', ({ arrays }) => (arrays.buddyFlag[1] = 2), 'frame 33: its flag went from 0 to 2'],
  ['an order', '2.6', ({ arrays }) => (arrays.privateOrder[1] = 2), 'frame 33: its marked order went from 0 to 2'],
])('STEP-2 · a refusal, or a rejection, does not change %s', (_, kernel, tamper, facts) => {
  for (const command of [allocate(4), allocate(-1), free(32, 0), { kind: 'hand-over', frame: pfn(32) } as const]) {
    expect(told(stepOf(kernel, command, () => undefined))).toEqual([]);
    expect(told(stepOf(kernel, command, tamper))).toEqual([
      `STEP-2 refuted at ${facts}, but the command was not carried out`,
    ]);
  }
});

test('STEP-2 · an answer that does not fit carries nothing out', () => {
  const { arrays, seen } = combed('2.4');
  const before = snapshot(seen);
  const answers: readonly (readonly [Command, Outcome])[] = [
    [allocate(0), { kind: 'done' }],
    [free(41, 0), { kind: 'granted', head: pfn(41) }],
    [{ kind: 'hand-over', frame: pfn(41) }, { kind: 'exhausted' }],
  ];
  for (const [command, outcome] of answers) expect(told({ before, command, outcome, after: seen })).toEqual([]);
  arrays.owners[1] = -1;
  for (const [command, outcome] of answers) {
    expect(told({ before, command, outcome, after: seen })).toEqual([
      'STEP-2 refuted at frame 33: its owner went from -2 to -1, but the command was not carried out',
    ]);
  }
});

test('STEP-2 · maps and words that come or go are changes', () => {
  const { seen } = combed('2.4');
  const refused: Omit<Step, 'after'> = { before: seen, command: allocate(4), outcome: { kind: 'exhausted' } };
  expect(told({ ...refused, after: doctored(seen, { maps: [...seen.maps, [0]] }) })).toEqual([
    'STEP-2 refuted at order 4 pair 0: a map word went from nothing to 0, but the command was not carried out',
  ]);
  expect(told({ ...refused, after: doctored(seen, { maps: seen.maps.slice(1) }) })).toEqual([
    'STEP-2 refuted at order 0 pair 0: a map word went from 240 to 0, but the command was not carried out',
  ]);
});
