/** A saved case of boot memory or on a machine, which is shown step by step: read out of a value that nobody vouches for. */
import { areNodes } from '../../../spec/boot/placement.ts';
import { isWhole } from '../script.ts';
import { pfn } from '../../../spec/unit.ts';
import type { Balance, BootNode, Machine, ZoneName, ZoneSpan } from '../../../protocol/index.ts';

/** What a case begins with. */
export type Begin =
  { readonly of: 'boot'; readonly nodes: readonly BootNode[] } | { readonly of: 'machine'; readonly machine: Machine };

/** All that the playground shows of a case follows from this. `run` has the words of each step. */
export interface CasePlay {
  readonly kind: 'case';
  readonly begin: Begin;
  readonly run: readonly string[];
  /** The case as JSON. */
  readonly text: string;
}

/** Larger memory, and longer scripts, are for the film. */
export const MOST_FRAMES = 4096;
export const MOST_STEPS = 500;
const MOST_FRAME = 2 ** 40;

const BOOT_WORD = /^b(?:[rf]\d{1,16}:\d{1,16}:\d{1,16}|a(?:\d{1,16}|\*):\d{1,16}:\d{1,16}:\d{1,16}|t\d{1,16})$/u;
const MACHINE_WORD = /^(?:[AN]\d{1,9}:\d{1,9}:\d{1,9}:\d{1,9}|p\d{1,3}:\d{1,6}|[fg]\d{1,6}|F\d{1,15}:\d{1,9}|k)$/u;

/** Returns a field of a value that nobody vouches for; undefined if it has none. */
const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const isFrame = (value: unknown): value is number => isWhole(value, 0, MOST_FRAME);

function nodesOf(value: unknown): readonly BootNode[] | undefined {
  const nodes = listOf(value).flatMap((one): readonly BootNode[] => {
    const [start, end, map] = listOf(one);
    return isFrame(start) && isFrame(end) && isFrame(map) ? [{ start: pfn(start), end: pfn(end), map: pfn(map) }] : [];
  });
  const pages = nodes.reduce((sum, { end, start }) => sum + end - start, 0);
  return nodes.length === listOf(value).length && areNodes(nodes) && pages <= MOST_FRAMES ? nodes : undefined;
}

const NAMES: readonly ZoneName[] = ['DMA', 'Normal', 'HighMem'];

function zoneOf(value: unknown): ZoneSpan | undefined {
  const [called, base, pages, holes] = listOf(value);
  const name = NAMES.find((one) => one === called);
  const runs = listOf(holes).map((run) => listOf(run));
  const areRuns = runs.every(([first, count]) => isFrame(first) && isWhole(count, 1, MOST_FRAMES));
  if (name === undefined || !isFrame(base) || !isWhole(pages, 1, MOST_FRAMES) || !areRuns) return undefined;
  return { name, base: pfn(base), pages, holes: runs.map(([first, count]) => [pfn(Number(first)), Number(count)]) };
}

function balanceOf(value: unknown): Balance | undefined {
  const [ratio, least, most] = listOf(value);
  return isWhole(ratio, 1, MOST_FRAME) && isFrame(least) && isFrame(most) ? { ratio, least, most } : undefined;
}

function machineOf(value: unknown): Machine | undefined {
  const [orders, policy] = [fieldOf(value, 'orders'), fieldOf(value, 'policy')];
  const [DMA, Normal, HighMem] = listOf(fieldOf(value, 'balance')).map(balanceOf);
  const all = listOf(fieldOf(value, 'nodes')).map((zones) => listOf(zones).map(zoneOf));
  const nodes = all.map((zones) => ({ zones: zones.flatMap((zone) => zone ?? []) }));
  const pages = nodes.flatMap(({ zones }) => zones).reduce((sum, zone) => sum + zone.pages, 0);
  const isSane = all.flat().every((zone) => zone !== undefined) && nodes.length > 0 && pages <= MOST_FRAMES;
  if (!isSane || !isWhole(orders, 1, 31) || (policy !== 'node-local' && policy !== 'round-robin')) return undefined;
  if (DMA === undefined || Normal === undefined || HighMem === undefined) return undefined;
  return { orders, policy, nodes, balance: { DMA, Normal, HighMem } };
}

function beginOf(init: unknown): Begin | string {
  if (fieldOf(init, 'boot') !== undefined) {
    const nodes = nodesOf(fieldOf(init, 'boot'));
    return nodes === undefined || fieldOf(init, 'pageSize') !== undefined
      ? `init.boot is no list of [first page, page after the last, page of the bitmap] of nodes that are apart and have at most ${MOST_FRAMES} pages of 4096 bytes`
      : { of: 'boot', nodes };
  }
  const machine = machineOf(fieldOf(init, 'machine'));
  return machine === undefined
    ? `init.machine is no machine as the protocol has it, with at most ${MOST_FRAMES} frames`
    : { of: 'machine', machine };
}

/** Reports whether a value is the init of boot memory or of a machine. */
export const isOfCase = (init: unknown): boolean =>
  fieldOf(init, 'boot') !== undefined || fieldOf(init, 'machine') !== undefined;

/** Returns the steps of a script: words that say what a reclaim frees belong to the one after them. */
function stepsOf(words: readonly string[]): readonly string[] {
  const steps: string[] = [];
  let plan = '';
  for (const word of words) {
    if (word.startsWith('p')) plan += `${word} `;
    else {
      steps.push(plan + word);
      plan = '';
    }
  }
  return steps;
}

/** Reads a case; gives why it is none, if it is none. */
export function parseCase(value: unknown): CasePlay | string {
  const [init, run] = [fieldOf(value, 'init'), fieldOf(value, 'run')];
  const begin = beginOf(init);
  if (typeof begin === 'string') return begin;
  if (typeof run !== 'string') return 'the JSON has no run';
  const words = run.split(/\s+/u).filter((one) => one !== '');
  const form = begin.of === 'boot' ? BOOT_WORD : MACHINE_WORD;
  const bad = words.findIndex((word) => !form.test(word));
  if (bad >= 0) return `run: operation ${bad + 1}, "${(words[bad] ?? '').slice(0, 40)}", is none of such a case`;
  const steps = stepsOf(words);
  if (steps.length > MOST_STEPS) return `run has ${steps.length} operations, and ${MOST_STEPS} are shown at most`;
  return { kind: 'case', begin, run: steps, text: JSON.stringify({ init, run: words.join(' ') }) };
}
