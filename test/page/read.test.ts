/** What the playground reads: a case, a trace, a script of sizes, /proc/buddyinfo; and what it says of the rest. */
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { START, addressOf, fromAddress } from '../../page/play/address.ts';
import { read } from '../../page/play/read/read.ts';
import { taken } from './taken.ts';
import { wordOf } from '../../page/play/script.ts';

const scriptOf = (text: string): string => taken(text).play.run.map(wordOf).join(' ');

/** Why a text cannot be read; fails if it can. */
function refused(text: string): string {
  const reading = read(text, START);
  if (reading.kind === 'read') throw new Error(`taken for ${reading.as}`);
  return reading.why;
}

describe('a trace', () => {
  test('goes to the arena that was shown', () => {
    expect(taken('a0 a1 f0 a0')).toMatchObject({
      as: 'a trace of 4 operations',
      play: { pages: 16, orders: 5 },
      notes: ['it goes to the arena that was shown'],
    });
    expect(scriptOf('a0, a1\nf0; F12:2')).toBe('a0 a1 f0 F12:2');
  });

  test('has the arena that a report names, and none of the words around it', () => {
    const report = `the case, as short as it could be made
  8 frames from 0, orders 0 to 2, reserved 3+1 5+2
  a0 a1 a0   (3 operations)`;
    const { notes, play } = taken(report);
    expect(play).toMatchObject({ pages: 8, orders: 3, reserved: [[3, 1], [5, 2]] }); // prettier-ignore
    expect(play.run).toHaveLength(3);
    expect(notes).toEqual([]);
  });

  test('is refused with the word that is wrong, its place, and what to write instead', () => {
    expect(refused('a0 b1')).toBe(
      'operation 2, "b1", is no operation: a0 asks for a block of order 0, f0 frees what the first request got, F12:0 frees frame 12 as order 0',
    );
    expect(refused('a0 r0:1:4 a0')).toMatch(/^operation 2, "r0:1:4", asks for a block within a range, .* replay/u);
    expect(refused('16 frames from 3, orders 0 to 4\na0')).toContain('an arena here begins at frame 0');
    expect(refused('9000 frames from 0, orders 0 to 4\na0')).toContain('an arena here has 1 to 4096 frames');
    expect(refused('8 frames from 0, orders 0 to 2, reserved 7+2\na0')).toContain('reserved frames ascend');
  });

  test('that is too long is cut, and says so', () => {
    expect(taken('a0 '.repeat(700)).notes).toContain('the first 500 operations are shown, and 200 after them left out');
  });
});

describe('a saved case', () => {
  const saved = '{"init":{"base":64,"pages":16,"orders":5,"reserved":[[66,2]]},"run":"a0 F64:0","drain":true}';

  test('is counted from its base, and what is not shown of it is named', () => {
    const { notes, play } = taken(saved);
    expect(play).toMatchObject({ pages: 16, orders: 5, reserved: [[2, 2]] });
    expect(play.run.map(wordOf)).toEqual(['a0', 'F0:0']);
    expect(notes).toEqual(['its frame 64 is frame 0 here', 'that it is emptied and drained in the end is left out']);
  });

  test('is found in the line that replays it', () => {
    const line = `  echo '{"init":{"base":0,"pages":4,"orders":2},"run":"a0 a1 a0"}' | npx buddy-oracle replay - -- node x.js`;
    expect(taken(line)).toMatchObject({ as: 'a saved case', play: { pages: 4, orders: 2 } });
  });

  test.each([
    ['{"init":', /^it begins as JSON does, but is none: .*; a case reads \{"init"/u],
    ['{"init":{"pages":4,"orders":2}}', /^the JSON has no run: a case reads/u],
    ['{"run":"a0"}', /^the JSON has no init: a case reads/u],
    [
      '{"init":{"machine":{}},"run":""}',
      /^init\.machine is no machine as the protocol has it, .* makes a film of it$/u,
    ],
    ['{"init":{"boot":[[0,4,9]]},"run":""}', /^init\.boot is no list of /u],
    ['{"init":{"boot":[[0,4,1]]},"run":"bt0 a0"}', /^run: operation 2, "a0", is none of such a case/u],
    ['{"init":{"boot":[[0,4,1]]}}', /^the JSON has no run/u],
    ['{"init":{"pages":8192,"orders":5},"run":""}', /^init has pages "8192" and orders "5", but .* 1 to 4096 frames/u],
    ['{"init":{"pages":"4","orders":[]},"run":""}', /^init has pages "4" and orders ""/u],
    ['{"init":{"base":3,"pages":4,"orders":2},"run":""}', /^init.base is "3", no multiple of the largest block/u],
    ['{"init":{"pages":4,"orders":2,"reserved":[[3,2]]},"run":""}', /^init.reserved is no list/u],
    ['{"init":{"pages":4,"orders":2,"reserved":{"0":1}},"run":""}', /^init.reserved is no list/u],
    ['{"init":{"pages":4,"orders":2},"run":"a0 x"}', /^run: operation 2, "x", is no operation/u],
  ])('%s is refused', (text, why) => {
    expect(refused(text)).toMatch(why);
  });
});

describe('/proc/buddyinfo', () => {
  const counts = (text: string): readonly number[] => taken(text).play.free ?? [];

  test('a zone that fits has all its free blocks', () => {
    const { as, notes, play } = taken(
      'Node 0, zone      DMA      1      1      1      0      2      1      1      0      1      1      3',
    );
    expect(as).toBe('/proc/buddyinfo, node 0 DMA');
    expect(play).toMatchObject({ pages: 4096, orders: 11, free: [1, 1, 1, 0, 2, 1, 1, 0, 1, 1, 3] });
    expect(notes.at(-1)).toBe('every free block is shown');
  });

  test('of a larger one each order keeps a block, and as many frames of each are shown', () => {
    const text = 'Node 0, zone   Normal   1046    527    128     36     17      5     26     40     13     16     94';
    const shown = counts(text);
    const frames = shown.map((count, order) => count * 2 ** order);
    expect(shown.every((count) => count > 0)).toBe(true);
    expect(Math.min(...frames.slice(0, 4))).toBeGreaterThan(100);
    expect(taken(text).play.pages).toBe(4096);
    expect(taken(text).notes).toContain('order 10: 1 of 94 free blocks are shown');
  });

  test('each zone can be shown, and what is no zone is named', () => {
    const text =
      '$ cat /proc/buddyinfo\nNode 0, zone DMA 1 0 1\nNode 0, zone Normal 0 3 0\nNode 1, zone Normal 0 0 0\n';
    const { notes, others } = taken(text);
    expect(notes).toContain('line 1, "$ cat /proc/buddyinfo", is left out: it is no zone');
    expect(others.map(({ name }) => name)).toEqual(['node 0 DMA', 'node 0 Normal', 'node 1 Normal']);
    const free = others.map(({ read: other }) => {
      const reading = other();
      return reading.kind === 'read' && reading.play.kind === 'buddy' ? reading.play.free : reading;
    });
    expect(free).toEqual([[1, 0, 1], [0, 3, 0], [0, 0, 0]]); // prettier-ignore
  });

  test('more orders than there are here are named', () => {
    const { notes } = taken(`Node 0, zone Normal ${Array.from({ length: 14 }, () => 1).join(' ')}`);
    expect(notes).toContain('order 13: 0 of 1 free blocks are shown: an arena here has at most 11 orders');
  });

  test('a line that is none is refused with its number', () => {
    expect(refused('Node 0, zone DMA 1 2\nNode 0, zone Normal 1 x')).toMatch(
      /^line 2: 'Node 0, zone Normal 1 x' is no 'Node N, zone NAME COUNT...'; a line reads/u,
    );
  });
});

test('no text throws, and what is read comes back from its address', () => {
  const words = [
    'a0',
    'f0',
    'alloc',
    'A',
    'free',
    '5',
    '100K',
    '=',
    '\n',
    ';',
    'Node 0, zone DMA',
    '{"init":',
    '}',
    '-3',
    '#',
    '0',
    '1e9',
    'x',
  ];
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...words)).map((parts) => parts.join(' ')),
  );
  fc.assert(
    fc.property(text, (pasted) => {
      const reading = read(pasted, START);
      if (reading.kind === 'unread') expect(reading.why).not.toBe('');
      else expect(fromAddress(addressOf(reading.play))).toEqual(reading.play);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  'a',
  ' ',
  '\n',
  '1',
  '/*',
  ', ',
  '(',
  '1 ',
  'a=',
  'a0 ',
  'alloc 1\n',
  'free 8K\n',
  'Node 0, zone DMA 1 1\n',
  '{"init":',
  '-1',
])('a long text of nothing but %j is read at once, or refused', (part) => {
  const text = part.repeat(190_000 / part.length);
  const before = part === 'free 8K\n' ? 'alloc 8K\n' : '';
  expect(['read', 'unread']).toContain(read(before + text, START).kind);
  expect(['read', 'unread']).toContain(read(`alloc 1 ${text}x`, START).kind);
});

test('an empty text, and one that is too long, are refused', () => {
  expect(refused(' \n')).toMatch(/^there is nothing to read: paste a case/u);
  expect(refused('a0 '.repeat(100_000))).toMatch(/^it has 300,000 characters, and 200,000 are read at most/u);
});
