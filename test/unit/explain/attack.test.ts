/** Texts as they arrive: stamped, quoted, cut, mixed with others, and no texts at all. */
import { Cleaner, cleanLine } from '../../../conformance/explain/clean.ts';
import { describe, expect, test } from 'vitest';
import { explain } from '../../../conformance/explain/explain.ts';
import { explained, textOf } from './texts.ts';
import { readPasted } from '../../../conformance/explain/read.ts';
import { TextLines } from '../../../conformance/explain/lines.ts';
import { readText } from '../../../conformance/explain/read.ts';
import { report } from '../../../conformance/explain/report/report.ts';

const NAMES = [
  'failure-arm',
  'failure-quoted-printable',
  'killer-dots',
  'killer-syslog',
  'sysrq-32m',
  'sysrq-384m',
  'sysrq-alpha',
  'sysrq-broken-at-80',
  'later-journal',
  'buddyinfo-stamps',
  'sysrq-lists-alone',
];

const eachLine = (change: (line: string) => string) => (text: string) =>
  text.trimEnd().split('\n').map(change).join('\n');

const DRESSES: readonly (readonly [name: string, dress: (text: string) => string])[] = [
  ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['dmesg', eachLine((line) => `[  123.456789] ${line}`)],
  ['dmesg with a thread', eachLine((line) => `[ 6123.456789][ T1234] ${line}`)],
  ['dmesg -T', eachLine((line) => `[Mon Nov  2 11:52:16 2009] ${line}`)],
  ['levels', eachLine((line) => `<4>${line}`)],
  ['syslog', eachLine((line) => `Nov  2 11:52:16 host-1 kernel: [ 2685.747564] ${line}`)],
  ['syslog with a facility', eachLine((line) => `Jun 10 13:33:11 xx user.warn kernel: ${line}`)],
  ['syslog without a tag', eachLine((line) => `Jul 12 10:42:41 server ${line}`)],
  ['journal', eachLine((line) => `2024-02-19T16:20:13.123456+01:00 host kernel: ${line}`)],
  ['quotes of mail', eachLine((line) => `> > ${line}`)],
  ['colours', eachLine((line) => `\u001b[33m${line}\u001b[0m`)],
  ['prompts', (text) => `root@host:~# dmesg | tail -50\n${text}\nroot@host:~# \n`],
  ['no end', (text) => text.trimEnd()],
];

describe.each(NAMES)('%s', (name) => {
  const plain = explained(textOf(name));

  test.each(DRESSES)('says the same with %s', (_, dress) => {
    const dressed = explained(dress(textOf(name)));
    expect(dressed.dump).toEqual(plain.dump);
    expect([dressed.verdict, dressed.ruled]).toEqual([plain.verdict, plain.ruled]);
  });

  test('ends wherever it is cut, and shows nothing that does not print', () => {
    const text = textOf(name);
    for (let end = 0; end < text.length; end += 13) {
      const read = readPasted(`${text.slice(0, end)}\u001b]0;title\u0007`);
      const found = explain(read, {});
      if (found === undefined) continue;
      // eslint-disable-next-line no-control-regex -- these are what must not be shown
      expect(report(found, read)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/u);
    }
  });
});

test('two dumps in a log: the first with a request is explained, the other by its number', () => {
  const text = `${textOf('sysrq-32m')}\n${textOf('failure-arm')}\n${textOf('killer-syslog')}`;
  expect(explained(text)).toMatchObject({ nth: 2, of: 3, dump: { refusal: { task: 'aptitude' } } });
  expect(explained(text, {}, 3).dump.zones.map(({ name }) => name)).toEqual(['DMA', 'Normal', 'HighMem']);
  expect(explain(readPasted(text), {}, 4)).toBeUndefined();
});

test('a list that another line tore apart is left out, and its zone is not made up', () => {
  const torn = textOf('killer-syslog').replace(
    'lowmem_reserve[]: 0 880 4080',
    'lowmem_reserve[]: 0autoremove_wake_function',
  );
  expect(explained(torn).dump.zones[0]?.reserve).toBeUndefined();
  const list = textOf('failure-arm').replace('25*8kB', '25*9kB');
  expect(explained(list)).toMatchObject({ verdict: 'not judged' });
});

test('an order that no kernel has is not judged', () => {
  const text = textOf('failure-arm').replace('order:1,', 'order:999,');
  expect(explained(text).because).toBe('no kernel has blocks of order 999');
});

test('a line of 100 MB is cut, not kept', () => {
  const cleaner = new Cleaner();
  const lines = new TextLines((line) => cleaner.take(line));
  const chunk = new TextEncoder().encode('Node 0, zone Normal 1 2 3 '.repeat(40_000));
  for (let n = 0; n < 100; n++) lines.push(chunk);
  lines.end();
  const { lines: kept, read } = cleaner.cleaned();
  expect([read, kept.length]).toEqual([1, 1]);
  expect(kept[0]?.length).toBeLessThanOrEqual(16 * 1024);
  expect(readText(cleaner.cleaned()).dumps).toEqual([]);
});

test('bytes that are no text say nothing', () => {
  const cleaner = new Cleaner();
  const lines = new TextLines((line) => cleaner.take(line));
  let state = 1;
  lines.push(Uint8Array.from({ length: 1 << 20 }, () => (state = (state * 1103515245 + 12345) & 0x7fffffff) >> 16));
  lines.end();
  expect(readText(cleaner.cleaned()).dumps).toEqual([]);
});

/** Many times what any of them takes, in ms: one that is searched again for each dump takes minutes. */
const SLOWEST = 20_000;

test('text that is made to be slow is not', { timeout: 8 * SLOWEST }, () => {
  const parts = [
    '1*4kB ',
    '1*4kB (U) ',
    'Node 0 DMA: ',
    'x: page allocation failure: order:',
    '0 ',
    'Zone:DMA freepages: 1 ',
  ];
  for (const part of parts) {
    const began = performance.now();
    readPasted(`${part.repeat(1000)}\n`.repeat(150));
    expect(performance.now() - began).toBeLessThan(SLOWEST);
  }
});

test('a prefix is no more than a prefix', () => {
  expect(cleanLine('Nov  2 11:52:16 host kernel: DMA: empty')).toBe('DMA: empty');
  expect(cleanLine('Jul 12 10:42:41 server Zone:DMA freepages: 1kB')).toBe('Zone:DMA freepages: 1kB');
  expect(cleanLine('[c0123456] 0x1')).toBe('[c0123456] 0x1');
});
