/** The page about invariants alone: what each of them finds, and which of them find a fault. */
import { INVARIANTS, ROOMS } from './faults.ts';
import { STANDS } from './stands.ts';
import { onlyRefuted } from './only.ts';
import type { Alone, Known } from './alone.ts';
import type { Room, Watched } from './faults.ts';
import type { Stands } from './stands.ts';

/** A fault, and what the invariants said of it. */
export interface Said {
  readonly fault: Pick<Watched, 'room' | 'name'>;
  readonly alone: Pick<Alone, 'callsUntil' | 'stops'>;
}

/** An invariant, and the faults that it refutes: all of them, and those that no other refutes. */
export interface Finds {
  readonly room: Room;
  readonly invariant: Known;
  readonly all: readonly Said[];
  readonly only: readonly Said[];
}

const EVERY = ROOMS.flatMap((room) => INVARIANTS[room]);

/** Returns the invariants that refute a fault, the quickest first. */
const finders = ({ alone }: Said): readonly Known[] =>
  EVERY.filter((one) => alone.callsUntil(one) !== undefined).toSorted(
    (one, other) => (alone.callsUntil(one) ?? 0) - (alone.callsUntil(other) ?? 0),
  );

/** Returns what each invariant finds. */
export const findings = (said: readonly Said[]): readonly Finds[] =>
  ROOMS.flatMap((room) =>
    INVARIANTS[room].map((invariant) => {
      const all = said.filter((one) => finders(one).includes(invariant));
      return { room, invariant, all, only: all.filter((one) => finders(one).length === 1) };
    }),
  );

/** Returns why an invariant stands that is the only one to refute no fault; undefined if nothing says so. */
function whyItStands({ invariant: { clause, statement }, room }: Finds): string | undefined {
  const how = onlyRefuted().get(statement);
  if (how !== undefined) return `it alone refutes a zone: if ${how}`;
  const { beside = [], why } = STANDS[room][clause] ?? {};
  if (why === undefined) return undefined;
  return beside.length === 0 ? why : `beside ${beside.join(', ')}: ${why}`;
}

/** Reports whether each fault that an invariant refutes is refuted by one that stands beside it, as its reason says. */
const isBeside = ({ all }: Finds, { beside }: Stands): boolean =>
  beside.length === 0
    ? all.length === 0
    : all.length > 0 && all.every((one) => finders(one).some(({ clause }) => beside.includes(clause)));

/** Returns what is wrong with the reasons why invariants stand: one that is missing, in vain, or not so. */
export function wrongReasons(said: readonly Said[]): readonly string[] {
  return findings(said).flatMap((one) => {
    const { invariant, only, room } = one;
    const reason = STANDS[room][invariant.clause];
    const name = `${room} ${invariant.clause}`;
    const isNeeded = only.length === 0 && !onlyRefuted().has(invariant.statement);
    if (reason === undefined) return isNeeded ? [`${name}: nothing says why it stands; say so in stands.ts`] : [];
    if (!isNeeded) return [`${name}: it finds something alone, and needs no reason; delete it from stands.ts`];
    return isBeside(one, reason) ? [] : [`${name}: a fault that it refutes is refuted by none of those beside it`];
  });
}

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...heads), row(...heads.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

const ABOUT = `# What each invariant finds alone

Every fault on purpose of one zone, boot memory and machines ([README.md](../README.md)), each in lives that are always the same: the
case of its slip, then some drawn at random. After every call each invariant is asked by itself, whatever the others have said by
then. Nothing else judges them, but that the case of a machine's slip ends where the specification refutes something. The sound
sources live the lives of every twelfth fault, and there none is refuted. The invariants of a page cache are not among them:
\`test/lockstep/machine/lru.test.ts\` holds those. \`npm run generate\` makes this page, and \`alone.test.ts\` compares it.`;

const INVARIANT_HEADS = [
  'room',
  'clause',
  'invariant',
  'faults',
  'no other refutes',
  'why it stands, if there is none',
];

/** Returns the page. */
export function pageOf(said: readonly Said[]): string {
  const invariants = findings(said).map((one) => [
    one.room,
    one.invariant.clause,
    one.invariant.statement,
    String(one.all.length),
    String(one.only.length),
    one.only.length > 0 ? '' : (whyItStands(one) ?? ''),
  ]);
  const faults = said.map((one) => {
    const cells = finders(one).map((of) => `${of.clause} ${one.alone.callsUntil(of) ?? ''}`);
    return [one.fault.room, one.fault.name, cells.join(', '), String(one.alone.stops || '')];
  });
  const silent = said.filter((one) => finders(one).length === 0);
  const stopped = silent.filter(({ alone }) => alone.stops > 0);
  return `${ABOUT}

## Invariants

${table(INVARIANT_HEADS, invariants)}

## Faults

By fault: each invariant that refutes it, with the calls until then; and how many lives ended because no answer came: the allocator
threw, or a loop did not end. ${silent.length} of ${said.length} are refuted by no invariant. ${stopped.length} of them show by an answer that does not come;
the others take the specification to be found: which answer, and which block, is the right one no snapshot shows. Those of one zone
(but for large arenas), boot memory and machines of 2.4 are in [what finds what](../matrix/MATRIX.md).

${table(['room', 'fault', 'invariants that refute it: calls', 'no answer'], faults)}
`;
}
