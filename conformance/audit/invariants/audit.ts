/** Holds every invariant of a zone against what an allocator shows while it is judged, and sees that each of them can fail. */
import { anyKind } from '../../judge/kind.ts';
import { BUDDY, runBuddy } from '../../kinds/buddy/kind.ts';
import { corruptions } from './corrupt.ts';
import { createHash } from 'node:crypto';
import { invariants, refuteAll } from '../../../invariants/index.ts';
import { judgeKinds } from '../../judge/judge.ts';
import { ALL_PARTS, observationOf, partsOf } from './observe.ts';
import type { Buddy } from '../../../spec/index.ts';
import type { Claims, Clause, Counterexample, Observation, Reported } from '../../../protocol/index.ts';
import type { Judgement } from '../../judge/judgement.ts';
import type { Options } from '../../judge/options.ts';
import type { Part } from './observe.ts';
import type { Start } from '../../judge/subject.ts';
import type { VerdictName } from '../../judge/verdict.ts';

/** What came of one invariant. */
export interface Held {
  readonly clause: Clause;
  readonly statement: string;
  /** Why it was not held: what it reads is not shown, or what it says is not claimed. */
  readonly idle?: 'not observable' | 'not claimed';
  /** What would have broken it, and what it would have said then: one of the zones that were shown, with one thing wrong. */
  readonly fails?: { readonly how: string; readonly counterexample: Counterexample };
  /** What broke it. */
  readonly refuted?: Counterexample;
}

/** What an audit came to. */
export interface Audit {
  readonly held: readonly Held[];
  /** How often a zone was shown, and in how many different states. */
  readonly looks: number;
  readonly states: number;
  readonly parts: readonly Part[];
  readonly judgement: Judgement;
}

/** Invariants that hold only of allocators which join what can be joined. */
const OF_BEST_FIT: ReadonlySet<Clause> = new Set(['PAIR-4', 'MAP-2', 'MAP-3', 'MAP-4']);

/** States that are told apart: more are counted as looks alone. */
const MOST_STATES = 100_000;

/** Zones that are corrupted: the first ones with enough in them. */
const MOST_ZONES = 40;

/** Holds the invariants, and keeps some zones to be corrupted. */
class Auditor {
  looks = 0;
  readonly parts = new Set<Part>();
  readonly refuted = new Map<Clause, Counterexample>();
  readonly #states = new Set<string>();
  readonly #zones: Observation[] = [];

  get states(): number {
    return this.#states.size;
  }

  look(state: Buddy, shown: Observation | Reported): void {
    const zone = 'arena' in shown ? copyOf(shown) : observationOf(state, shown);
    const parts: Iterable<Part> = 'arena' in shown ? ALL_PARTS[shown.kernel] : partsOf(shown);
    for (const part of parts) this.parts.add(part);
    this.looks++;
    if (this.#states.size < MOST_STATES) this.#states.add(digestOf(zone));
    for (const found of refuteAll(zone)) if (!this.refuted.has(found.clause)) this.refuted.set(found.clause, found);
    if (this.#zones.length < MOST_ZONES && isBusy(zone)) this.#zones.push(zone);
  }

  /** Returns for each invariant the first wrong thing in a zone that was shown which refutes it. */
  failures(): ReadonlyMap<Clause, NonNullable<Held['fails']>> {
    const found = new Map<Clause, NonNullable<Held['fails']>>();
    for (const zone of this.#zones) {
      for (const { how, zone: wrong } of corruptions(zone, this.parts)) {
        for (const counterexample of refuteAll(wrong)) {
          if (!found.has(counterexample.clause)) found.set(counterexample.clause, { how, counterexample });
        }
      }
      if (found.size === invariants.length) break;
    }
    return found;
  }
}

/** A zone with blocks in use and free ones, small enough to be looked at from every side. */
function isBusy({ arena, owners }: Observation): boolean {
  const inUse = Array.from(owners).filter((owner) => owner >= 0).length;
  return arena.orders > 1 && arena.pages >= 4 && arena.pages <= 64 && inUse >= 2;
}

const copyOf = ({ freeCount, links, maps, owners, pageFlags, ...rest }: Observation): Observation => ({
  ...rest,
  freeCount,
  links: Array.from(links),
  maps: maps.map((map) => Array.from(map)),
  owners: Array.from(owners),
  pageFlags: { flag: Array.from(pageFlags.flag), order: Array.from(pageFlags.order) },
});

function digestOf({ arena, links, maps, owners }: Observation): string {
  const { base, orders, pages } = arena;
  return createHash('sha1')
    .update(JSON.stringify([base, pages, orders, links, maps, owners]))
    .digest('base64');
}

function heldBy(auditor: Auditor, claims: Claims): readonly Held[] {
  const failures = auditor.failures();
  return invariants.map(({ clause, statement }): Held => {
    const [fails, refuted] = [failures.get(clause), auditor.refuted.get(clause)];
    if (OF_BEST_FIT.has(clause) && !claims.has('best-fit')) return { clause, statement, idle: 'not claimed' };
    if (fails === undefined && refuted === undefined) return { clause, statement, idle: 'not observable' };
    return {
      clause,
      statement,
      ...(fails === undefined ? {} : { fails }),
      ...(refuted === undefined ? {} : { refuted }),
    };
  });
}

/** Returns what an audit says of an allocator as a whole: refuted, not seen, or what the judge says of it. */
export function verdictOf({ held, judgement, looks }: Audit): VerdictName {
  if (held.some(({ refuted }) => refuted !== undefined)) return 'diverges';
  return judgement.verdict === 'conforms' && looks === 0 ? 'inconclusive' : judgement.verdict;
}

/** Judges an allocator as a buddy system, and audits all that it shows of itself meanwhile. */
export async function audit(start: Start, options: Partial<Options> = {}): Promise<Audit> {
  const auditor = new Auditor();
  const kind: typeof BUDDY = {
    ...BUDDY,
    run: (port, of, how) => runBuddy(port, of, how, undefined, (state, shown) => auditor.look(state, shown)),
  };
  const judgement = await judgeKinds([anyKind(kind)], start, options);
  const [judged] = judgement.kinds;
  const { looks, parts, states } = auditor;
  return { held: heldBy(auditor, judged?.claims ?? new Set()), looks, states, parts: [...parts], judgement };
}
