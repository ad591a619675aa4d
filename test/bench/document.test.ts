/** Tests of the bench's options and of the document that it writes. */

import { documentOf } from './document.ts';
import { expect, test } from 'vitest';
import { meets } from './rows.ts';
import { optionsIn } from './options.ts';
import { FAULTS, exampleSource, withFault } from './runs/found.ts';
import type { Run } from './document.ts';

test('a run of everything writes the document, and any other only if it is asked to', () => {
  expect(optionsIn([])).toMatchObject({
    parts: ['judge', 'allocator', 'worst', 'found', 'boot', 'machine', 'lock', 'events', 'page'],
    day: false,
    writes: true,
  });
  expect(optionsIn(['--quick'])).toMatchObject({ amount: { processes: 1 }, writes: false });
  expect(optionsIn(['--judge'])).toMatchObject({ parts: ['judge'], writes: false });
  expect(optionsIn(['--judge', '--write'])).toMatchObject({ writes: true });
  expect(optionsIn(['--day'])).toMatchObject({ parts: [], day: true, writes: false });
  expect(() => optionsIn(['--fast'])).toThrow('unknown option --fast');
});

test.each([
  [2, '<= 2.0', true],
  [2.01, '<= 2.0', false],
  [1_600_000, '>= 1,500,000', true],
  [10, '< 10', false],
])('%d meets %s: %s', (value, target, is) => {
  expect(meets(value, target)).toBe(is);
});

test('each fault of the example in C stands where it is put, and is one of a kind', () => {
  const sources = FAULTS.map((fault) => withFault(exampleSource(), fault));
  expect(new Set([...sources, exampleSource()]).size).toBe(FAULTS.length + 1);
});

const RUN: Run = {
  command: 'npm run bench',
  date: '2024-05-01',
  minutes: 7.6,
  machine: { processor: 'P', cores: 2, gibibytes: 4, system: 'S', node: 'v0', compiler: 'cc 1', load: 3.14 },
  rows: [
    { part: 'allocator', what: 'C', value: 10, unit: 'ns' },
    { part: 'allocator', what: 'core against C', value: 2.5, unit: 'x C', target: '<= 2.0' },
  ],
};

test('the document has the ratios apart, the machine, and whether each target is met', () => {
  const written = documentOf(RUN);
  expect(written).toContain('wrote this page on 2024-05-01, in 8 minutes');
  expect(written).toContain('| core against C | 2.50 | times C | <= 2.0, missed |');
  expect(written).toContain('The 2 cores were shared with other work');
  expect(written.indexOf('core against C')).toBeLessThan(written.indexOf('| C | 10.00 | ns |  |'));
  expect(documentOf({ ...RUN, machine: { ...RUN.machine, load: 0.1 } })).toContain('Nothing else ran.');
});
