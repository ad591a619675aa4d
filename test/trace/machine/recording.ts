/** The form of the recordings of the zone allocator, and how they are read. */

import { gfp, nodeId, order, pfn, taskFlags } from '../../../spec/unit.ts';
import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import type { Block, Machine, PageCommand, ZoneName, ZoneSpan } from '../../../protocol/index.ts';

/** A zone after a step: its name, free pages, and whether it asks to be balanced. */
export type RecordedZone = readonly [name: string, free: number, needBalance: number];

interface Plan {
  readonly plan: readonly (readonly [reclaim: number, frame: number, order: number])[];
}

interface After {
  readonly zones: readonly RecordedZone[];
}

/** Notes say what the direct reclaims of the step were told. */
type RecordedStep = readonly [
  command: string,
  answer: string,
  ...rest: readonly (Plan | After | { notes: string[] })[],
];

/** A recorded machine of one node, its zones side by side, in ascending order. */
export interface GfpRecording {
  readonly zones: readonly [dma: number, normal: number, highMem: number];
  readonly orders: number;
  /** `MASK: ZONES`. */
  readonly zonelists: readonly string[];
  readonly start: readonly {
    readonly name: string;
    readonly min: number;
    readonly low: number;
    readonly high: number;
  }[];
  readonly steps: readonly RecordedStep[];
  readonly end: readonly { readonly name: string; readonly lists: readonly (readonly number[])[] }[];
}

/** What the kernel did in one step, and what the reclaims that it came to were to free. */
export interface GfpStep {
  readonly text: string;
  readonly command: PageCommand;
  /** Which reclaim of the call frees which block. */
  readonly plan: readonly { readonly reclaim: number; readonly block: Block }[];
  /** `FRAME ZONE kswapd= reclaims=`, `LIVELOCK`, or `ok`. */
  readonly answer: string;
  readonly zones: readonly RecordedZone[];
}

/** The recorded cases: each `nth` of them. */
export function gfpRecordings(nth = 1): readonly GfpRecording[] {
  const text = gunzipSync(readFileSync(new URL('../recordings/gfp-2.4.22.ndjson.gz', import.meta.url))).toString(
    'utf8',
  );
  return text
    .trim()
    .split('\n')
    .filter((_, line) => line % nth === 0)
    .map((line) => JSON.parse(line) as GfpRecording);
}

const NAMES: readonly ZoneName[] = ['DMA', 'Normal', 'HighMem'];
const DEFAULTS = { ratio: 128, least: 20, most: 255 };

/** The machine of a recording, as data. */
export function machineOfRecording({ orders, zones }: GfpRecording): Machine {
  let base = 0;
  const spans = zones.flatMap((pages, id): readonly ZoneSpan[] => {
    const name = NAMES[id] ?? 'DMA';
    const span = { name, base: pfn(base), pages, holes: [] };
    base += pages;
    return pages === 0 ? [] : [span];
  });
  const balance = { DMA: DEFAULTS, Normal: DEFAULTS, HighMem: DEFAULTS };
  return { orders, nodes: [{ zones: spans }], balance, policy: 'node-local' };
}

function commandOf(text: string): PageCommand {
  const [word, one, two, three] = text.split(' ');
  if (word === 'free') return { kind: 'free-pages', head: pfn(Number(one)), order: order(Number(two)) };
  if (word !== 'gfp') throw new Error(`'${text}' is no command`);
  const [mask, flags] = [gfp(Number(one)), taskFlags(Number(three))];
  return { kind: 'allocate-pages', gfp: mask, order: order(Number(two)), task: flags, node: nodeId(0) };
}

export function stepOf([text, answer, ...rest]: RecordedStep): GfpStep {
  const plans = rest.flatMap((one) => ('plan' in one ? one.plan : []));
  const zones = rest.flatMap((one) => ('zones' in one ? one.zones : []));
  const plan = plans.map(([reclaim, frame, of]) => ({ reclaim, block: { head: pfn(frame), order: order(of) } }));
  return { text, command: commandOf(text), plan, answer: answer.replace(/ yields=\d+| after \d+ yields/u, ''), zones };
}
