/** Tests of what is read out of Markdown. */

import { expect, test } from 'vitest';
import { itemsIn, linksIn, tableIn, tablesIn, under, unlinked } from './markdown.ts';

const TEXT = `# Top

| a | b \\| c |
| --- | ---: |
| 1 |  |
| [x](y.ts) | 2 |

## Second part

- one
  and more
- two

After it.

| d |
| --- |
| 3 |
### Third
- no item of the second`;

test('a table has its heading, its heads and its rows, empty cells too', () => {
  expect(tablesIn(TEXT)).toEqual([
    {
      kind: 'table',
      caption: 'Top',
      heads: ['a', 'b | c'],
      rows: [
        ['1', ''],
        ['[x](y.ts)', '2'],
      ],
    },
    { kind: 'table', caption: 'Second part', heads: ['d'], rows: [['3']] },
  ]);
});

test('the only table of a text is found; none, or two, are refused', () => {
  expect(tableIn('| d |\n| --- |\n| 3 |', 'named')).toEqual({
    kind: 'table',
    caption: 'named',
    heads: ['d'],
    rows: [['3']],
  });
  expect(() => tableIn('')).toThrow('no table');
  expect(() => tableIn(TEXT)).toThrow('more than one');
});

test('the items under a heading end at the next one, each in one line', () => {
  expect(itemsIn(under(TEXT, 'Second part'))).toEqual(['one and more', 'two']);
  expect(() => under(TEXT, 'Second')).toThrow("no heading 'Second'");
});

test('links are counted, and become their labels', () => {
  expect(linksIn('[a](b) [c](d)')).toBe(2);
  expect(linksIn('a (b)')).toBe(0);
  expect(unlinked('see [a](b.ts) and [`c`](d)')).toBe('see a and `c`');
});
