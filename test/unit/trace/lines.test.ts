/** Lines of traces as ftrace, trace-cmd and perf print them, and lines that only look so. */
import { describe, expect, test } from 'vitest';
import { judged } from './judged.ts';

/** A grant of order 1 at frame 0x10, and what a second one at 0x11 of order 0 must be found to overlap. */
const grant = 'page=0000000089a4850f pfn=0x10 order=1 migratetype=1 gfp_flags=GFP_KERNEL';
const second = 'page=0000000089a48510 pfn=0x11 order=0 migratetype=1 gfp_flags=GFP_KERNEL';

const FORMS: readonly (readonly [name: string, line: (event: string, fields: string) => string])[] = [
  ['ftrace', (event, fields) => `              wk-113     [000] .....        66848: ${event}: ${fields}`],
  [
    'ftrace, a clock of microseconds, four flags',
    (event, fields) => `          <idle>-0     [003] d..1   123.456789: ${event}: ${fields}`,
  ],
  ['ftrace without flags', (event, fields) => `           <...>-4711  [000]   123.456789: ${event}: ${fields}`],
  [
    'ftrace with groups',
    (event, fields) => `  kworker/0:1-12    (     12) [000] .....   1.000001: ${event}: ${fields}`,
  ],
  [
    'a name with brackets and colons',
    (event, fields) => ` a [0] 1: b: c-113     [000] .....  66848: ${event}: ${fields}`,
  ],
  ['a name that looks like a head', (event, fields) => ` [0] 1: mm: x-113     [000] .....  66848: ${event}: ${fields}`],
  ['trace-cmd', (event, fields) => `  wk-113   [000]   668.123456: ${event}:        ${fields}`],
  ['perf', (event, fields) => `swapper     0 [000]  1234.567890: kmem:${event}: ${fields}`],
  [
    'perf with a number of the process, and a period',
    (event, fields) => `CPU 0/KVM  113/114 [000]  1234.567890:          1 kmem:${event}: ${fields}`,
  ],
];

describe.each(FORMS)('%s', (_, line) => {
  test('TAKE-4 · two lives of a page that overlap', () => {
    const text = [line('mm_page_alloc', grant), line('mm_page_alloc', second)].join('\n');
    expect(judged(text).faults).toEqual([
      expect.objectContaining({ clause: 'TAKE-4', line: 2, since: 1, pfn: 0x11, order: 0 }),
    ]);
  });

  test('a page that was freed in between is nobody else’s', () => {
    for (const free of ['mm_page_free', 'mm_page_free_direct', 'mm_pagevec_free']) {
      const text = [
        line('mm_page_alloc', grant),
        line(free, 'page=0000000089a48510 pfn=0x11 order=0'),
        line('mm_page_alloc', second),
      ].join('\n');
      expect(judged(text)).toMatchObject({ faults: [], seen: { frees: 1, part: 1, allocs: 2 } });
    }
  });
});

const at = (event: string, fields: string): string => `  wk-1 [000] ..... 5: ${event}: ${fields}`;

test('frames may be decimal, and fields in another order, with others among them', () => {
  const text = [
    at('mm_page_alloc', 'order=1 nr_free=7 pfn=16 page=ffffea00004'),
    at('mm_page_alloc', 'alloc_order=9 pfn=17 order=0'),
  ].join('\n');
  expect(judged(text).faults).toHaveLength(1);
});

test('requests that got no page, and events that repeat others, are counted and not judged', () => {
  const text = [
    at('mm_page_alloc', 'page=0000000000000000 pfn=0x0 order=9 migratetype=1'),
    at('mm_page_alloc', 'page=          (null) pfn=0 order=9'),
    at('mm_page_alloc', grant),
    at('mm_page_free_batched', 'page=1 pfn=0x10 order=0'),
    at('mm_page_alloc_extfrag', 'page=1 pfn=0x10 alloc_order=0 fallback_order=3'),
  ].join('\n');
  expect(judged(text)).toMatchObject({ faults: [], seen: { allocs: 1 }, counts: { failed: 2, echoes: 2, events: 5 } });
});

test('an event that a task wrote into the trace is none', () => {
  const forged = `${at('tracing_mark_write', `mm_page_alloc: ${grant}`)}\n${at('tracing_mark_write', `x-1 [000] 5: mm_page_alloc: ${grant}`)}`;
  expect(judged(forged).counts.events).toBe(0);
  expect(judged(`a-1 [0] 1: print: x-1 [0] 2: mm_page_alloc: ${grant}`).counts.events).toBe(0);
});

test('TAKE-5 · an order that there is not', () => {
  expect(judged(at('mm_page_alloc', 'pfn=0x0 page=1 order=21')).faults[0]).toMatchObject({ clause: 'TAKE-5' });
});

test('STATE-1 · a page that is held does not leave the buddy system, and does not enter it', () => {
  for (const event of ['mm_page_alloc_zone_locked', 'mm_page_pcpu_drain']) {
    const text = [at('mm_page_alloc', grant), at(event, 'page=1 pfn=0x10 order=0 migratetype=1')].join('\n');
    expect(judged(text).faults).toEqual([expect.objectContaining({ clause: 'STATE-1', line: 2, since: 1 })]);
  }
});

const on = (cpu: number, time: string, event: string, fields: string): string =>
  `  wk-1 [00${cpu}] ..... ${time}: ${event}: ${fields}`;

test('events were lost: nothing after the last event of that processor is judged', () => {
  const before = on(1, '1.000000', 'mm_page_alloc', 'page=1 pfn=0x99 order=0');
  const overlap = [on(0, '2.000000', 'mm_page_alloc', grant), on(0, '3.000000', 'mm_page_alloc', second)];
  expect(judged([before, ...overlap].join('\n')).faults).toHaveLength(1);
  const lost = judged([before, ...overlap, 'CPU:1 [LOST 102 EVENTS]'].join('\n'));
  expect(lost).toMatchObject({ faults: [], withdrawn: 1 });
  // the loss began after the overlap
  expect(
    judged(
      [before, ...overlap, on(1, '4.0', 'mm_page_free', 'page=1 pfn=0x99 order=0'), 'CPU:1 [LOST 2 EVENTS]'].join('\n'),
    ).faults,
  ).toHaveLength(1);
  // all is forgotten at the mark
  expect(
    judged([on(0, '1.0', 'mm_page_alloc', grant), 'CPU:1 [LOST 102 EVENTS]', overlap[1]].join('\n')).faults,
  ).toEqual([]);
});

test('the header counts more than there is: nothing from before a buffer starts is judged', () => {
  const text = (there: number): string =>
    [
      `# entries-in-buffer/entries-written: ${there}/9   #P:2`,
      on(0, '1.000000', 'mm_page_alloc', grant),
      on(0, '1.000001', 'mm_page_alloc', second),
      '##### CPU 1 buffer started ####',
      on(1, '3.000000', 'mm_page_alloc', second),
    ].join('\n');
  expect(judged(text(9)).faults).toHaveLength(2);
  expect(judged(text(3)).faults).toEqual([]);
});

test('two processors within some microseconds have no order, unless the clock is a counter', () => {
  const text = (grantAt: string, freeAt: string): string =>
    [
      on(0, '1', 'mm_page_alloc', grant),
      on(0, grantAt, 'mm_page_alloc', second),
      on(1, freeAt, 'mm_page_free', 'page=1 pfn=0x11 order=0'),
    ].join('\n');
  expect(judged(text('2.000000', '2.000003'))).toMatchObject({ faults: [], withdrawn: 1 });
  expect(judged(text('2.000000', '2.000300')).faults).toHaveLength(1);
  expect(judged(text('2000000', '2000003')).faults).toHaveLength(1);
});

test('TAKE-4 · a history in JSON', () => {
  const text = [
    '{"op":"alloc","order":1,"pfn":16,"time":1}',
    '{"op":"alloc","order":3,"pfn":null}',
    '{"op":"free","order":0,"pfn":16}',
    '{"op":"alloc","order":0,"pfn":17}',
    '{"op":"alloc","order":-1,"pfn":17}',
    '{"op":',
  ].join('\n');
  expect(judged(text)).toMatchObject({
    faults: [{ clause: 'TAKE-4', line: 4, since: 1 }],
    seen: { part: 1 },
    counts: { failed: 1, malformed: 2 },
  });
});

test('lines that are cut, bytes that are none, and lines of megabytes end', () => {
  const line = at('mm_page_alloc', grant);
  for (let end = 0; end < line.length; end++) expect(judged(line.slice(0, end)).faults).toEqual([]);
  expect(judged(`${line}${'x'.repeat(3 << 20)}\n${at('mm_page_alloc', second)}`, 1 << 12).counts).toMatchObject({
    lines: 2,
    events: 1,
  });
  expect(judged(String.fromCharCode(...Array.from({ length: 60000 }, (_, n) => (n * 7919) % 256))).counts.events).toBe(
    0,
  );
});
