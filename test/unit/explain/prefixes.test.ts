/** What loggers, terminals and mail put before and between a kernel's lines: none of it changes what is read. */
import { explained, textOf } from './texts.ts';
import { expect, test } from 'vitest';

const LINES = textOf('failure-arm').replaceAll('\r', '').trimEnd().split('\n');
const PLAIN = explained(LINES.join('\n'));

/** The same text, with something before each line. */
const before = (prefix: string): string => LINES.map((line) => prefix + line).join('\n');

test('the text without a prefix has a request, a zone and its blocks', () => {
  expect(PLAIN.dump).toMatchObject({ refusal: { task: 'aptitude', order: 1 }, zones: [{ name: 'Normal', free: 555 }] });
});

test.each([
  ['dmesg', '[12345.678901] '],
  ['dmesg without a fraction of its own', '[    0.000000] '],
  ['dmesg -T', '[Thu May  4 10:11:12 2023] '],
  ['dmesg -x', 'kern  :warn  : [12345.678901] '],
  ['dmesg -x -T', 'kern  :warn  : [Thu May  4 10:11:12 2023] '],
  ['dmesg --time-format iso', '2023-05-04T10:11:12,123456+02:00 '],
  ['dmesg --time-format delta', '[<    0.000010>] '],
  ['dmesg --time-format reltime', '[  +0.000010] '],
  ['dmesg --raw', '<4>[12345.678901] '],
  ['a level after the time', '[12345.678901] <4>'],
  ['the caller: a task', '[12345.678901][    T1] '],
  ['the caller: a processor', '[12345.678901][    C0] '],
  ['an Android kernel', '<4>[12345.678901]  [0:        swapper/0:    0] '],
  ['another one', '<4>[12345.678901]  (0)[123:kworker/0:1]'],
  ['logcat', '01-01 00:00:01.123     0     0 W         : '],
  ['syslog', 'May  4 10:11:12 host kernel: '],
  ['syslog with a level', 'May  4 10:11:12 host kern.warn kernel: '],
  ['syslog with the time of the kernel', 'May  4 10:11:12 host kernel: [12345.678901] '],
  ['syslog with a process', 'May  4 10:11:12 host kernel[0]: [12345.678901] '],
  ['rsyslog', '2023-05-04T10:11:12.123456+00:00 host.example.org kernel: [12345.678901] '],
  ['journald, precisely', 'May 04 10:11:12.123456 host kernel: '],
  ['OpenWrt', 'Thu May  4 10:11:12 2023 kern.warn kernel: [12345.678901] '],
  ['RFC 5424', '<4>1 2023-05-04T10:11:12.123Z host kernel - - - '],
  ['netconsole', '4,1234,12345678900,-;'],
  ['netconsole with the release', '6.1.0,4,1234,12345678900,-;'],
  ['mail that is answered', '> > '],
  ['mail that is answered, without spaces', '>> '],
  ['a terminal', '| '],
  ['a container', 'console-1  | '],
  ['blanks', '    '],
  ['a tab', '\t'],
])('%s', (_name, prefix) => {
  const found = explained(before(prefix));
  expect(found.dump).toEqual(PLAIN.dump);
  expect(found.ruled).toEqual(PLAIN.ruled);
});

test.each([
  ['carriage returns', LINES.join('\r\n')],
  ['carriage returns after some lines', LINES.map((line, n) => line + (n % 3 === 0 ? '\r' : '')).join('\n')],
  ['a mark of byte order', `\ufeff${LINES.join('\n')}`],
  ['empty lines between', LINES.join('\n\n')],
  ['what stands around it', `$ dmesg | tail\n${LINES.join('\n')}\n$ `],
  ['colours', LINES.map((line) => `\u001b[33m${line}\u001b[0m`).join('\n')],
])('%s', (_name, text) => {
  expect(explained(text).dump).toEqual(PLAIN.dump);
});

const PAGETYPEINFO = `Page block order: 9
Pages per block:  512

Free pages count per migrate type at order       0      1      2      3      4      5      6      7      8      9     10
Node    0, zone      DMA, type    Unmovable      0      0      1      1      1      1      1      1      1      1      0
Node    0, zone      DMA, type      Movable      0      0      0      0      0      0      0      0      0      0      2
Node    0, zone      DMA, type      Reserve      0      0      0      0      0      0      0      0      0      1      0

Number of blocks type     Unmovable  Reclaimable      Movable      Reserve      Isolate
Node 0, zone      DMA            1            0            6            1            0
`;

test('pagetypeinfo: blocks of all types together; its table of page blocks is no buddyinfo', () => {
  const { dump } = explained(PAGETYPEINFO);
  expect(dump.form).toBe('pagetypeinfo');
  expect(dump.zones).toEqual([{ node: 0, name: 'DMA', blocks: [0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2] }]);
});

/** /proc/zoneinfo of a PC with 896 MiB, of DMA and Normal; `protection` is that of DMA. */
const zoneinfo = (protection: string): string => `Node 0, zone      DMA
  pages free     2826
        min      17
        low      21
        high     25
        spanned  4096
        present  4096
        protection: (${protection})
Node 0, zone   Normal
  pages free     24826
        min      939
        low      1173
        high     1408
        spanned  225280
        present  225280
        protection: (${'0'.repeat(protection.split(',').length).split('').join(', ')})
`;

test.each(['0, 0, 880, 880', '0, 880, 880, 880', '0, 880, 880', '0, 0, 880, 880, 880'])(
  'GATE-4 · reserves (%s) of DMA are against the zones that they can be against',
  (protection) => {
    const found = explained(zoneinfo(protection), { order: 0, mask: 0xd0 });
    expect(found.laws.filter(({ kept }) => kept !== 'holds')).toEqual([]);
    expect(found.ruled?.tried.find(({ zone }) => zone === 'DMA')?.steps[0]?.text).toContain('reserve 880');
  },
);
