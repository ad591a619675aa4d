/** One case of several threads as the specification sees it: the history of all their calls must have an order. */
import { linearize, permissive, smallestRefuted, startPlaced } from '../../../spec/index.ts';
import { counted } from '../../show.ts';
import { answered, refuteNothing } from '../buddy/tell/answers.ts';
import type {
  Arena,
  Block,
  Call,
  Claim,
  Claims,
  Command,
  Counterexample,
  History,
  Outcome,
} from '../../../protocol/index.ts';
import type { Buddy } from '../../../spec/index.ts';
import type { Result } from '../buddy/case.ts';
import type { Round, SmpOperation, SmpScript } from './case.ts';
import type { SmpCoverage } from './sights.ts';
import type { Stamped, ThreadScript } from './wire.ts';

/** Orders of calls that are followed at once, at most; a history that needs more is not decided. */
const MOST_ORDERS = 4000;

/** The claims that are judged of several threads. */
export const SMP_CLAIMS: readonly Claim[] = ['complete', 'best-fit'];

/** What one thread is asked, word by word, and the operation that each word is of. */
export interface Asked {
  readonly words: ThreadScript;
  readonly operations: SmpScript;
}

/** What a round came to: nothing wrong; an answer that cannot be right, with the calls that show it; or nobody knows. */
export type Weighed =
  | { readonly kind: 'right' }
  | { readonly kind: 'undecided' }
  | { readonly kind: 'wrong'; readonly counterexample: Counterexample; readonly calls: History };

/** A call as it is made, and its two stamps. */
type Stamps = Pick<Call, 'processor' | 'invoked' | 'returned'>;

/** Returns why an answer is none that its operation can have; undefined if it is one. @clause TAKE-2 @clause USE-3 */
export function refuteKind(command: Command, result: Result): Counterexample | undefined {
  const allocates = command.kind === 'allocate';
  const mayBe = allocates ? ['granted', 'exhausted'] : ['done', 'rejected'];
  if (mayBe.includes(result.kind)) return undefined;
  const isFrame = allocates && result.kind === 'error' && result.error === 'no-frame';
  const place = allocates ? `allocating order ${command.order}` : 'freeing a block';
  return { clause: isFrame ? 'TAKE-2' : 'USE-3', place, facts: [answered(result), whyNone(result, isFrame)] };
}

/** Returns why a result is no answer, of an error by its kind. */
function whyNone(result: Result, isFrame: boolean): string {
  if (isFrame) return 'a block begins at a frame';
  if (result.kind === 'rejected') return 'an allocation is granted or refused, and frees nothing that could be misused';
  if (result.kind !== 'error') return 'that is no answer to this operation';
  switch (result.error) {
    case 'internal':
      return 'a check of the allocator itself never fails, however the calls meet';
    case 'payload':
      return 'the contents of an outstanding block were overwritten, and only its owner writes to it';
    case 'no-frame':
      return 'a free grants nothing';
  }
}

/** Returns how many calls of a history were under way when another one was made. */
export function overlaps(history: readonly Pick<Call, 'invoked' | 'returned'>[]): number {
  const calls = history.toSorted((one, other) => one.invoked - other.invoked);
  return calls.filter(({ invoked }, n) => (calls[n - 1]?.returned ?? invoked) > invoked).length;
}

/** Takes what the threads of one case were answered, round by round, and says whether that can be right. */
export class SmpOracle {
  readonly #claims: Claims;
  readonly #start: Buddy;
  readonly #coverage: SmpCoverage;
  readonly #blocks = new Map<number, Block>();
  #history: Call[] = [];
  #moments = 0;

  constructor(claims: Claims, arena: Arena, coverage: SmpCoverage) {
    this.#claims = new Set(SMP_CLAIMS.filter((claim) => claims.has(claim)));
    this.#start = startPlaced('2.4', arena).state;
    this.#coverage = coverage;
  }

  /** Returns what the threads of a round are asked; a free of an earlier round's allocation that was refused is left out. */
  asks(round: Round): readonly Asked[] {
    return round.map((script) => this.#asksOf(script)).filter(({ words }) => words.length > 0);
  }

  #asksOf(script: SmpScript): Asked {
    const own = new Map<number, number>();
    const pairs = script.flatMap((operation): readonly (readonly [ThreadScript[number], SmpOperation])[] => {
      if (operation.kind === 'allocate') {
        own.set(operation.slot, own.size);
        return [[{ kind: 'allocate', order: operation.order }, operation]];
      }
      const slot = own.get(operation.slot);
      if (slot !== undefined) return [[{ kind: 'free-slot', slot }, operation]];
      const block = this.#blocks.get(operation.slot);
      return block === undefined ? [] : [[{ kind: 'free-frame', ...block }, operation]];
    });
    return { words: pairs.map(([word]) => word), operations: pairs.map(([, operation]) => operation) };
  }

  /** Judges what a round came to. @clause SMP-1 */
  weigh(asked: readonly Asked[], answers: readonly (readonly Stamped[])[]): Weighed {
    const stamps = answers.flat().flatMap(({ after, before }) => [before, after]);
    const moments = new Map(stamps.toSorted((one, other) => one - other).map((stamp, n) => [stamp, this.#moments + n]));
    this.#moments += stamps.length;
    const first = this.#history.length;
    for (const [processor, { operations }] of asked.entries()) {
      for (const [n, { after, before, result }] of (answers[processor] ?? []).entries()) {
        const operation = operations[n];
        const at = { processor, invoked: moments.get(before) ?? 0, returned: moments.get(after) ?? 0 };
        const wrong = operation === undefined ? undefined : this.#take(operation, result, at);
        if (wrong !== undefined) return { kind: 'wrong', counterexample: wrong, calls: [] };
      }
    }
    this.#countRound(asked, this.#history.slice(first));
    return this.#order();
  }

  /** Takes one answer. */
  #take(operation: SmpOperation, result: Result, at: Stamps): Counterexample | undefined {
    const { slot } = operation;
    const command = this.#commandOf(operation);
    if (command === undefined) {
      return result.kind === 'done' ? undefined : refuteNothing({ kind: 'free-slot', slot }, result);
    }
    const wrong = refuteKind(command, result);
    if (wrong !== undefined || result.kind === 'error' || result.kind === 'nonsense') return wrong;
    if (command.kind === 'allocate' && result.kind === 'granted') {
      this.#blocks.set(slot, { head: result.head, order: command.order });
    }
    this.#history.push({ ...at, command, outcome: result });
    this.#count(result);
    return undefined;
  }

  /** Returns what an operation asked; undefined if it freed what was refused. */
  #commandOf(operation: SmpOperation): Extract<Command, { kind: 'allocate' | 'free' }> | undefined {
    if (operation.kind === 'allocate') return { kind: 'allocate', order: operation.order };
    const block = this.#blocks.get(operation.slot);
    return block === undefined ? undefined : { kind: 'free', ...block };
  }

  #count(outcome: Outcome): void {
    const { counts } = this.#coverage;
    this.#coverage.operations++;
    counts.call++;
    if (outcome.kind === 'granted') counts['grant to a thread']++;
    if (outcome.kind === 'done') counts['free by a thread']++;
    if (outcome.kind !== 'exhausted') return;
    counts['refusal to a thread']++;
    this.#coverage.refusals++;
  }

  #countRound(asked: readonly Asked[], calls: History): void {
    const { counts } = this.#coverage;
    if (asked.length > 1) counts['threads begun together'] += asked.length;
    const handed = asked.flatMap(({ words }) => words).filter(({ kind }) => kind === 'free-frame');
    counts['free of what another script was granted'] += handed.length;
    counts['call while another was under way'] += overlaps(calls);
  }

  #order(): Weighed {
    const { counts } = this.#coverage;
    const found = linearize(permissive(this.#claims), this.#start, this.#history, MOST_ORDERS);
    if (found === 'undecided') {
      counts['history undecided']++;
      return { kind: 'undecided' };
    }
    if (found.kind === 'linearizable') {
      counts['history with an order']++;
      return { kind: 'right' };
    }
    const calls = smallestRefuted(this.#claims, this.#start, this.#history) ?? this.#history;
    const smallest = linearize(permissive(this.#claims), this.#start, calls);
    const { counterexample } = smallest.kind === 'refuted' ? smallest : found;
    const place = `a history of ${counted(calls.length, 'call')}`;
    return { kind: 'wrong', counterexample: { ...counterexample, place }, calls };
  }
}
