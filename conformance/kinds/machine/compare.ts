import { Comparison } from '../buddy/compare/zone.ts';
import { pfn } from '../../unit.ts';
import { buddy, refuteMachine } from '../../../spec/index.ts';
import { usersOf } from '../../../spec/machine/users.ts';
import type {
  Claims,
  Clause,
  Counterexample,
  MachineObservation,
  PageCommand,
  PageOutcome,
  Round,
} from '../../../protocol/index.ts';
import type { MachineState, MachinePlacement } from '../../../spec/index.ts';

type Found = Counterexample | undefined;

const differs = (clause: Clause, place: string, ...facts: readonly [string, string]): Counterexample => ({
  clause,
  place,
  facts,
});

/** What a machine did with a command, as far as it can be seen. */
export interface Done {
  readonly outcome: PageOutcome;
  /** What each reclaim freed that was made for it. */
  readonly rounds: readonly Round[];
  readonly woken: boolean;
}

/** An outcome in words. */
export function answered(outcome: PageOutcome): string {
  switch (outcome.kind) {
    case 'granted':
      return `it was granted frame ${outcome.head}`;
    case 'rejected':
      return `it was rejected as ${outcome.misuse}`;
    case 'exhausted':
      return 'it was refused';
    case 'stalled':
    case 'done':
      return `it was answered ${outcome.kind}`;
  }
}

const CLAUSE_OF = {
  low: 'PASS-1',
  wake: 'PASS-2',
  min: 'PASS-3',
  emergency: 'WATER-4',
  'nothing left': 'WATER-4',
  'cannot wait': 'PASS-4',
  reclaim: 'RECLAIM-1',
  again: 'PASS-3',
  'too large': 'PASS-5',
  'no progress': 'PASS-6',
} as const;

const zoneAt = ({ zones }: MachineState, outcome: PageOutcome): MachineState['zones'][number] | undefined =>
  outcome.kind === 'granted'
    ? zones.find(({ placed: { state } }) => buddy.isInside(state.arena, outcome.head))
    : undefined;

/** Which rule of Linux a permitted answer breaks: which node is next, which zone of it, or which block of the zone. */
function placeClause(before: MachineState, { outcome, trail }: MachinePlacement, seen: PageOutcome): Clause {
  const [expected, given] = [zoneAt(before, outcome), zoneAt(before, seen)];
  if (expected !== undefined && expected === given) return 'PLACE-1';
  const local = before.machine.policy === 'node-local';
  if (outcome.kind === 'stalled' && given !== undefined && given.node !== trail.at(-1)?.node) return 'NODE-3';
  if (expected !== undefined && given !== undefined && expected.node !== given.node) return local ? 'NODE-1' : 'NODE-4';
  return CLAUSE_OF[trail.at(-1)?.line ?? 'low'];
}

/** What of a machine's answer, of waking kswapd and of reclaim is not what Linux 2.4 does; first what no allocator may do. */
export function refuteDone(
  claims: Claims,
  before: MachineState,
  command: PageCommand,
  done: Done,
  expected: MachinePlacement,
): Found {
  const { outcome, rounds, woken } = done;
  const wrong = refuteMachine(claims, before, command, rounds, outcome);
  if (wrong !== undefined) return wrong;
  const [observed, right] = [answered(outcome), answered(expected.outcome)];
  if (observed !== right) {
    return differs(placeClause(before, expected, outcome), command.kind, observed, `Linux 2.4: ${right}`);
  }
  if (woken !== expected.woken) {
    const say = (was: boolean): string => `kswapd was ${was ? '' : 'not '}woken`;
    return differs('PASS-2', command.kind, say(woken), `Linux 2.4: ${say(expected.woken)}`);
  }
  if (rounds.length === expected.used) return undefined;
  const clause = command.kind === 'kswapd' ? 'RECLAIM-3' : 'PASS-4';
  return differs(clause, command.kind, `it reclaimed ${rounds.length} times`, `Linux 2.4: ${expected.used} times`);
}

/** Compares a machine's arrays with what the specification says they hold, each time completely. */
export class MachineComparison {
  readonly #zones: Comparison[] = [];

  /** Where the machine differs first after a command; undefined where it holds exactly what it must. */
  compare(expected: MachineState, seen: MachineObservation, command: PageCommand['kind'] | 'start'): Found {
    for (const [at, zone] of expected.zones.entries()) {
      const own = seen.zones[at];
      const place = `node ${zone.node} ${zone.name}`;
      if (own === undefined) return differs('MAKE-6', place, 'it is not there', 'it has frames');
      const difference = (this.#zones[at] ??= new Comparison()).compare(zone.placed, own.buddy);
      if (difference !== undefined) return { ...difference, place: `${place} ${difference.place}` };
      if (own.needBalance !== zone.needBalance) {
        const clause = command === 'kswapd' ? 'RECLAIM-3' : 'PASS-2';
        const asks = (does: boolean): string => `it asks ${does ? '' : 'not '}to be balanced`;
        return differs(clause, place, asks(own.needBalance), `Linux 2.4: ${asks(zone.needBalance)}`);
      }
      const users = this.#compareUsers(expected, zone, own.counts);
      if (users !== undefined) return users;
    }
    return undefined;
  }

  #compareUsers(expected: MachineState, zone: MachineState['zones'][number], counts: ArrayLike<number>): Found {
    const { base, pages } = zone.placed.state.arena;
    for (let n = 0; n < pages; n++) {
      const users = usersOf(expected, pfn(base + n));
      if (counts[n] === users) continue;
      return differs('PAGE-3', `frame ${base + n}`, `it has ${counts[n]} users`, `it must have ${users}`);
    }
    return undefined;
  }
}
