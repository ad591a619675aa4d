/** Every fault on purpose, and the ways in which it is looked for. */
import { ANSWER_FAULTS } from '../buddy/opaque/answers.ts';
import { BOOT } from '../../../conformance/kinds/boot/kind.ts';
import { BOOT_SLIPS } from '../boot/slips.ts';
import { BUDDY } from '../../../conformance/kinds/buddy/kind.ts';
import { EVERY_MISUSE, once } from '../judged.ts';
import { MACHINE } from '../../../conformance/kinds/machine/kind.ts';
import { MACHINE_SLIPS } from '../machine/slips.ts';
import { MEMORY_SLIPS } from '../buddy/slips/memory.ts';
import { SLIPS } from '../buddy/slips/all.ts';
import { VIEW_FAULTS } from '../buddy/opaque/views.ts';
import { anyKind } from '../../../conformance/judge/kind.ts';
import { broken24 } from './fuelled.ts';
import { exhaustively } from '../../../conformance/kinds/buddy/exhaustive/exhaustive.ts';
import { load } from '../load.ts';
import { bootVectors, runBootVector } from '../boot/vectored.ts';
import { kernelVectors, runVector } from '../buddy/vectored.ts';
import { machineVectors, runMachineVector } from '../machine/vectored.ts';
import { operationsUntilWrong } from '../vectored.ts';
import { opaque, transparent } from '../buddy/subject.ts';
import { searching } from './searched.ts';
import { startingFault } from '../buddy/opaque/start.ts';
import type { Broken } from '../load.ts';
import type { AnyKind } from '../../../conformance/judge/kind.ts';
import type { Claim } from '../../../protocol/index.ts';
import type { Edit } from '../sources.ts';
import type { RareFault } from '../buddy/opaque/answers.ts';
import type { Search } from './searched.ts';
import type { Slip } from '../buddy/slip.ts';
import type { Subject } from '../../../conformance/judge/subject.ts';

/**
 * How a fault is looked for: by the judge, from inside or by the answers that fewer and fewer claims judge; in every state; or by
 * the test vectors.
 */
export const TECHNIQUES = ['inside', 'misuse', 'best-fit', 'complete', 'exhaustive 8', 'vectors'] as const;
export type Technique = (typeof TECHNIQUES)[number];

/** Techniques that do the same with every seed. */
export const SEEDLESS: ReadonlySet<Technique> = new Set<Technique>(['exhaustive 8', 'vectors']);

/** A fault, and the searches for it; a technique that cannot see it is left out. */
export interface Row {
  readonly room: 'buddy' | 'boot' | 'machine';
  readonly name: string;
  readonly searches: Readonly<Partial<Record<Technique, Search>>>;
}

/** Looks in every state of eight frames; the numbers of its cases are fixed, so that each seed does the same. */
function exhausting(open: () => Subject): Search {
  return (seed, cases) => {
    const { kind, source } = exhaustively(8);
    return searching(kind, open, source)(seed, cases);
  };
}

/** Returns the search by test vectors, which are the same with every seed. */
const going =
  (until: () => number | undefined): Search =>
  () =>
    Promise.resolve(until());

const CLAIMS: Readonly<Record<'complete' | 'best-fit' | 'misuse', readonly Claim[]>> = {
  complete: ['complete'],
  'best-fit': ['complete', 'best-fit'],
  misuse: ['complete', 'best-fit', ...EVERY_MISUSE],
};

function slipRow(slip: Slip): Row {
  const { kernel, memory, name, outside = {} } = slip;
  const broken = once(() => load(slip));
  const judged = (claims: readonly Claim[]): Search => searching(BUDDY, () => opaque(kernel, broken(), claims));
  const isSeen = outside.misuse ?? outside.fit ?? outside.complete;
  return {
    room: 'buddy',
    name,
    searches: {
      inside: searching(BUDDY, () => transparent(kernel, broken(), memory)),
      ...(isSeen === undefined ? {} : { misuse: judged(CLAIMS.misuse) }),
      ...(outside.fit === undefined ? {} : { 'best-fit': judged(CLAIMS['best-fit']) }),
      ...(outside.complete === undefined ? {} : { complete: judged(CLAIMS.complete) }),
      'exhaustive 8': exhausting(() => transparent(kernel, broken(), memory)),
      vectors: going(() => operationsUntilWrong(kernelVectors(kernel), (one) => runVector(broken(), kernel, one))),
    },
  };
}

/** An allocator of another make: it shows what it shows, and claims what it claims. */
const rareRow = (fault: RareFault): Row => ({
  room: 'buddy',
  name: fault.name,
  searches: {
    misuse: searching(BUDDY, startingFault(fault)),
    'exhaustive 8': exhausting(startingFault(fault)),
  },
});

type Until = (broken: Broken) => number | undefined;

const inBoot: Until = (broken) => operationsUntilWrong(bootVectors(), (one) => runBootVector(broken, one));
const inMachine: Until = (broken) => operationsUntilWrong(machineVectors(), (one) => runMachineVector(broken, one));

const roomRow = (kind: AnyKind, room: Row['room'], until: Until, slip: Edit & { readonly name: string }): Row => {
  const broken = once(() => load(slip));
  return {
    room,
    name: slip.name,
    searches: {
      inside: searching(kind, () => broken24(broken(), 'inside')),
      misuse: searching(kind, () => broken24(broken(), 'answers')),
      vectors: going(() => until(broken())),
    },
  };
};

/** Faults that no run of the judge can see, and why. */
export const UNSEEN: ReadonlyMap<string, string> = new Map([
  ['granted memory is not zeroed', 'no run sees what granted memory holds (BOOT-13)'],
  ['whole pages are zeroed', 'no run sees what granted memory holds (BOOT-13)'],
  ['success is not asked for', 'of what the judge reclaims, it succeeds if and only if it frees something'],
]);

/** Every fault on purpose that a search of the judge may find. */
export const ROWS: readonly Row[] = [
  ...[...SLIPS, ...MEMORY_SLIPS].map(slipRow),
  ...[...ANSWER_FAULTS, ...VIEW_FAULTS].map(rareRow),
  ...BOOT_SLIPS.map((slip) => roomRow(anyKind(BOOT), 'boot', inBoot, slip)),
  ...MACHINE_SLIPS.map((slip) => roomRow(anyKind(MACHINE), 'machine', inMachine, slip)),
];
