/** Scripts of sizes as courses write them, and what the playground makes of them. */
import { describe, expect, test } from 'vitest';
import { START } from '../../page/play/address.ts';
import { read } from '../../page/play/read/read.ts';
import { taken } from './taken.ts';
import { wordOf } from '../../page/play/script.ts';

const scriptOf = (text: string): string => taken(text).play.run.map(wordOf).join(' ');

describe('sizes', () => {
  test.each([
    ['alloc 5', 'a3'],
    ['alloc 5 pages', 'a3'],
    ['malloc 100K', 'a5'],
    ['malloc 100', 'a0'],
    ['malloc(3 * 4096)', 'a2'],
    ['request 1.5 MB', 'a9'],
    ['Allocate a block of order 3', 'a3'],
    ['p = alloc_pages(GFP_KERNEL, 2)', 'a2'],
    ['5\n12\n3', 'a3 a4 a2'],
    ['5, 12, 3', 'a3 a4 a2'],
    ['100K 240K 64K', 'a5 a6 a4'],
  ])('%s is %s', (text, script) => {
    expect(scriptOf(text)).toBe(script);
  });
});

describe('what is freed', () => {
  test.each([
    ['by its name', 'A requests 100K; B requests 64K; B releases; A ends', 'a5 a4 f1 f0'],
    ['by a name that is a verb elsewhere', 'F = 100K\nR: 5\nfree F', 'a5 a3 f0'],
    ['by a name that was given twice', 'A=5, A=3, free A', 'a3 a2 f1'],
    ['by its letter, if it has no name', 'alloc 5\nmalloc 100K\nfree A', 'a3 a5 f0'],
    ['by its number from 0', 'alloc 5\nalloc 6\nfree 0', 'a3 a3 f0'],
    ['by its number from 1, if it was counted so', 'alloc 5\nalloc 6\nfree 2\nfree 1', 'a3 a3 f1 f0'],
    ['by its size', 'alloc 64K\nalloc 100K\nfree 100K', 'a4 a5 f1'],
    ['by the number of its process', 'process 1 requests 30K\nprocess 2 requests 30K\nprocess 1 ends', 'a3 a3 f0'],
    ['all of it', 'alloc 1\nalloc 2\nfree all', 'a0 a1 f0 f1'],
    ['in C', 'char *p = malloc(100);\nfree(p); /* done */\nreturn 0;', 'a0 f0'],
    ['in a list', '1. Request 100K\n2. Request 240K\n3. Release A', 'a5 a6 f0'],
    ['when it is resized', 'p = malloc(100)\np = realloc(p, 9000)\nfree(p)', 'a0 a2 f0 f1'],
  ])('%s', (_, text, script) => {
    expect(scriptOf(text)).toBe(script);
  });

  test('as the traces of a well-known exercise write it', () => {
    const { notes, play } = taken('20000\n2\n4\n1\na 0 512\na 1 9000\nf 0\nr 1 128\n');
    expect(play.run.map(wordOf).join(' ')).toBe('a0 a2 f0 a0 f1');
    expect(notes.filter((note) => note.startsWith('line'))).toHaveLength(4);
    expect(notes).toContain('line 1, "20000", is left out: it is of the head of the trace');
  });
});

describe('the arena', () => {
  test('is the memory that the script names', () => {
    expect(taken('Total memory: 1 MB\nA requests 100K').play).toMatchObject({ pages: 256, orders: 9 });
    expect(taken('heap 64K\nalloc 2').play).toMatchObject({ pages: 16, orders: 5 });
  });

  test('is otherwise as large as what is in use at once', () => {
    expect(taken('alloc 33\nfree A\nalloc 33').play).toMatchObject({ pages: 64, orders: 7 });
    expect(taken('alloc 1').play).toMatchObject({ pages: 16, orders: 5 });
  });

  test('is never larger than it can be, and what is larger is refused in it', () => {
    const { notes, play } = taken('alloc 1G');
    expect(play).toMatchObject({ pages: 4096, orders: 11 });
    expect(notes).toContain('an arena here has at most 4096 frames: what is larger is refused');
  });
});

test('it says which form it was taken for, how sizes were counted, and which lines were left out', () => {
  const { as, notes } = taken(
    '# sizes of a lecture\nalloc 5\nmalloc 100K\nprint heap\nfree Z\nalloc 0\nalloc -4\nfree\n',
  );
  expect(as).toBe('a script of sizes: 2 operations, in an arena of 64 frames');
  expect(notes).toEqual([
    'bytes are counted in pages of 4,096, rounded up to a power of two',
    'a number without a unit is a number of pages, rounded up to a power of two',
    'line 4, "print heap", is left out: it has no size, and nothing to free',
    'line 5, "free Z", is left out: nothing is called z at that point',
    'line 6, "alloc 0", is left out: its size is 0',
    'line 7, "alloc -4", is left out: a size is not negative: "free A" frees',
    'line 8, "free", is left out: it does not say what to free',
  ]);
});

test('a text without a size is refused: its first line, why, and what to write instead', () => {
  const reading = read('hello world', START);
  expect(reading).toMatchObject({ kind: 'unread' });
  expect(reading.kind === 'unread' && reading.why).toMatch(
    /^line 1, "hello world", is left out: it has no size, and nothing to free; write an operation a line, such as "alloc 5"/u,
  );
});
