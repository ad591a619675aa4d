/** The rounds of a case as text: threads are divided by `|`, rounds by `/`; slots count the allocations as they are written. */
import { operationsOf, wellFormed } from './case.ts';
import { order } from '../../unit.ts';
import type { Round, SmpCase, SmpOperation } from './case.ts';

/** Returns the rounds of a case as they are saved: `a0 a1 f0 | a0 / f1 | f2 a2`. */
export function roundsText(of: Pick<SmpCase, 'rounds'>): string {
  const slots = operationsOf(of).flatMap((operation) => (operation.kind === 'allocate' ? [operation.slot] : []));
  const numbers = new Map(slots.map((slot, number) => [slot, number]));
  const word = (operation: SmpOperation): string =>
    operation.kind === 'allocate' ? `a${operation.order}` : `f${numbers.get(operation.slot) ?? slots.length}`;
  return of.rounds.map((round) => round.map((script) => script.map(word).join(' ')).join(' | ')).join(' / ');
}

const WORD = /^[af](?:0|[1-9]\d{0,9})$/u;

/** Reads rounds that nobody vouches for; or says what is wrong with them. */
export function parseRounds(text: string): readonly Round[] | string {
  let slots = 0;
  const wrong = text.split(/ (?:\/ |\| )?/u).find((word) => !WORD.test(word));
  if (text !== '' && wrong !== undefined) return `"${wrong}" must be a<order> or f<slot>`;
  const rounds = (text === '' ? [] : text.split(' / ')).map((round) =>
    round.split(' | ').map((script) =>
      script.split(' ').map((word): SmpOperation => {
        const number = Number(word.slice(1));
        return word.startsWith('a')
          ? { kind: 'allocate', order: order(number), slot: slots++ }
          : { kind: 'free', slot: number };
      }),
    ),
  );
  const count = rounds.flat(2).length;
  return wellFormed(rounds).flat(2).length === count ? rounds : FREES;
}

const FREES = 'a slot is freed once, and only if it was allocated in an earlier round or earlier in the same script';
