/** The timed runs over the events of a kernel: this project's judge, and what a user would write in Perl instead. */
import { Scanner } from '../../../conformance/trace/scan.ts';
import { TraceJudge } from '../../../conformance/trace/judge.ts';
import { Random } from '../../../conformance/random.ts';
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import { processorSince } from '../timed.ts';
import type { Timed } from '../timed.ts';

/** How events are written. */
export type Form = 'ftrace' | 'JSON';

/** The frames that they use: 4 GiB. */
const FRAMES = 2 ** 20;

const ftrace = (event: string, pfn: number, order: number, more: string, n: number): string =>
  `${`task-${n % 9}`.padStart(20)}${String(113 + (n % 50)).padEnd(8)} [00${n % 4}] .....  ${String(66_848 + n).padStart(12)}: ${event}: page=${pfn.toString(16).padStart(16, '0')} pfn=0x${pfn.toString(16)} order=${order}${more}`;

/** Returns a line for a grant or a free. */
function lineOf(form: Form, op: 'alloc' | 'free', pfn: number, order: number, n: number): string {
  if (form === 'JSON') return JSON.stringify({ op, order, pfn, cpu: n % 4, time: n });
  const more = op === 'alloc' ? ' migratetype=1 gfp_flags=GFP_HIGHUSER_MOVABLE|__GFP_COMP' : '';
  return ftrace(`mm_page_${op}`, pfn, order, more, n);
}

/** Writes events in which nothing is wrong: in 49 of 50 of order 0, as kernels have them, frames at random. */
export function writeEvents(file: string, count: number, form: Form): void {
  const random = new Random(7);
  const held: (readonly [pfn: number, order: number])[] = [];
  const taken = new Uint8Array(FRAMES);
  const lines: string[] = [];
  while (lines.length < count) {
    const order = random.chance(0.02) ? random.between(1, 4) : 0;
    const pfn = random.below(FRAMES >> order) << order;
    const isFree = taken.subarray(pfn, pfn + 2 ** order).every((one) => one === 0);
    if (isFree && random.chance(held.length < FRAMES / 2 ? 0.6 : 0.4)) {
      taken.fill(1, pfn, pfn + 2 ** order);
      held.push([pfn, order]);
      lines.push(lineOf(form, 'alloc', pfn, order, lines.length));
      continue;
    }
    const at = random.below(held.length);
    const [head, size] = held[at] ?? [0, 0];
    held[at] = held.at(-1) ?? [0, 0];
    if (held.pop() === undefined) continue;
    taken.fill(0, head, head + 2 ** size);
    lines.push(lineOf(form, 'free', head, size, lines.length));
  }
  writeFileSync(file, `${lines.join('\n')}\n`);
}

/** Judges the events of a file; throws if something is wrong with them. */
export function judgedEvents(file: string): Timed {
  const start = process.cpuUsage();
  const judge = new TraceJudge({ orders: 11, zones: [], aligned: true });
  const scanner = new Scanner(judge);
  const opened = openSync(file, 'r');
  const buffer = Buffer.alloc(2 ** 18);
  for (let length = readSync(opened, buffer); length > 0; length = readSync(opened, buffer)) {
    scanner.push(buffer.subarray(0, length));
  }
  scanner.end();
  closeSync(opened);
  if (judge.faults.count > 0) throw new Error(`${judge.faults.count} faults in a trace that has none`);
  return { nanoseconds: [processorSince(start)], operations: scanner.counts.events };
}

/** What a user would write: frames by their number in a table, an overlap of two grants, and no more. */
export const IN_PERL = `#!/usr/bin/env perl
my ($events, $faults, %held) = (0, 0);
while (<>) {
  next unless /: mm_page_(alloc|free): .*?pfn=0x([0-9a-f]+) order=([0-9]+)/;
  $events++;
  my ($pfn, $is) = (hex $2, $1 eq 'alloc');
  for my $at ($pfn .. $pfn + (1 << $3) - 1) {
    if ($is) { $faults++ if $held{$at}; $held{$at} = $.; } else { delete $held{$at}; }
  }
}
my ($user, $system) = times;
die "$faults faults" if $faults;
printf "{\\"nanoseconds\\":[%d],\\"operations\\":%d}\\n", 1e9 * ($user + $system), $events;
`;
