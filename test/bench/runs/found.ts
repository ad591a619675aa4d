/** Faults on purpose in the C harness's example, and how long the command line takes to refute each, from start to exit. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The root, from which npm and Vitest run. */
const ROOT = process.cwd();
const HARNESS = join(ROOT, 'conformance/harness/c');
const JUDGE = join(ROOT, 'dist/conformance/cli/main.js');
const EXAMPLE = 'example/buddy24.h';

/** What is wrong, the text of the example, and what stands in its place. */
export type Fault = readonly [what: string, text: string, wrong: string];

/** The faults: each of one line. */
export const FAULTS: readonly Fault[] = [
  ['a list forgets the way back to a new node', 'links[2 * (size_t)first + 1] = node;', ''],
  [
    'a grant is recorded an order too high',
    'buddy_owner_grant(zone, page, order);',
    'buddy_owner_grant(zone, page, order + 1);',
  ],
  ['a node is taken off in one direction', '    links[2 * (size_t)previous] = next;\n', ''],
  [
    'the bit of the pair is set, not complemented',
    'map[buddy_shr(bit, 5)] = old ^ mask;',
    'map[buddy_shr(bit, 5)] = old | mask;',
  ],
  ['the bit of the next pair', 'buddy_shr(index, order + 1);', 'buddy_shr(index + 2, order + 1);'],
  ['the bit says the opposite', 'return (old & mask) != 0;', 'return (old & mask) == 0;'],
  ['splitting forgets the bit', '        buddy_mark_used(zone, page, order);\n', ''],
  ['splitting stops one order too high', 'while (order > low) {', 'while (order > low + 1) {'],
  ['the half that is kept is put on the list', '        page += size;\n', ''],
  ['taking a block forgets its bit', 'if (current != zone->orders - 1) buddy_mark_used(zone, head, current);', ''],
  ['the bit of a block of the largest order', 'if (current != zone->orders - 1) buddy_mark_used', 'buddy_mark_used'],
  ['the count is not lowered', '        buddy_field_add(zone->counters, 0, -buddy_shl(1, order));\n', ''],
  [
    'the last order is never looked at',
    'current < zone->orders; current++) {\n        const int32_t free_list',
    'current < zone->orders - 1; current++) {\n        const int32_t free_list',
  ],
  [
    'the last block of a list is never granted',
    'if (head == free_list) continue;',
    'if (head == free_list || buddy_next_of(zone, head) == free_list) continue;',
  ],
  [
    'joins one order only',
    'for (; current < top; current++) {',
    'for (; current < top && current <= order; current++) {',
  ],
  [
    'never joins to the largest order',
    'const int32_t top = zone->orders - 1;',
    'const int32_t top = zone->orders - 2;',
  ],
  ['a joined block begins at its upper half', 'index &= ~buddy_shl(1, current);', 'index |= buddy_shl(1, current);'],
  ['the buddy stays on its list', '        buddy_list_del(zone, index ^ buddy_shl(1, current));\n', ''],
  [
    'a freed block goes on the list of its own order',
    'buddy_list_add(zone, index, buddy_free_list_of(zone, current));',
    'buddy_list_add(zone, index, buddy_free_list_of(zone, order));',
  ],
  [
    'a free gives back one order too little',
    'buddy_free_pages_ok(zone, (int32_t)page, order);\n    return',
    'buddy_free_pages_ok(zone, (int32_t)page, order ? order - 1 : 0);\n    return',
  ],
];

/** Returns the example with a fault. Throws if its text is not there exactly once. */
export function withFault(source: string, [what, text, wrong]: Fault): string {
  const parts = source.split(text);
  if (parts.length !== 2) throw new Error(`"${what}": its text is ${parts.length - 1} times in the example`);
  return parts.join(wrong);
}

export const exampleSource = (): string => readFileSync(join(HARNESS, EXAMPLE), 'utf8');

/** Builds the harness around an example, in a folder; returns the path of the program. */
function built(folder: string, name: string, source: string): string {
  const into = join(folder, name);
  mkdirSync(join(into, 'example'), { recursive: true });
  for (const file of ['attach.c', 'oracle.h', 'oracle_arena.h']) copyFileSync(join(HARNESS, file), join(into, file));
  writeFileSync(join(into, EXAMPLE), source);
  execFileSync('cc', ['-O2', '-std=c99', '-o', 'judged', 'attach.c'], { cwd: into });
  return join(into, 'judged');
}

/** Judges a program from the command line; returns the seconds from its start to its exit, and the status. */
function judged(program: string, more: readonly string[]): readonly [seconds: number, status: number | null] {
  const from = performance.now();
  const { status } = spawnSync(process.execPath, [JUDGE, 'check', ...more, '--', program], { stdio: 'ignore' });
  return [(performance.now() - from) / 1000, status];
}

/** Returns for each fault the seconds until it is refuted, the median of some seeds. Throws if one is not. */
export function* secondsUntilFound(folder: string, seeds: number): Generator<readonly [what: string, seconds: number]> {
  for (const [n, fault] of FAULTS.entries()) {
    const program = built(folder, `fault${n}`, withFault(exampleSource(), fault));
    const seconds = Array.from({ length: seeds }, (_, seed) => {
      const [time, status] = judged(program, ['--seed', String(seed + 1)]);
      if (status !== 1) throw new Error(`"${fault[0]}" with seed ${seed + 1}: status ${status}, not 1`);
      return time;
    });
    yield [fault[0], seconds.toSorted((one, other) => one - other)[Math.floor(seeds / 2)] ?? NaN];
  }
}

/** Returns the seconds until the first verdict on the example as it is, in one case. */
export function secondsToVerdict(folder: string, rounds: number): number {
  const program = built(folder, 'right', exampleSource());
  return Math.min(...Array.from({ length: rounds }, () => judged(program, ['--cases', '1'])[0]));
}
