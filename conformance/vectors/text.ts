/** Vectors of arenas as lines of text, for runners in languages that have no JSON. */
import type { Permits, Vector } from './form.ts';

type ArenaVector = Extract<Vector, { kind: 'buddy' }>;

const orNone = (words: readonly string[]): string => (words.length === 0 ? '-' : words.join(','));

/** Returns the answers that are permitted, by state: `0>1,->0;->0`. */
const permitsText = (permits: Permits): string =>
  permits
    .map((state) =>
      Object.entries(state)
        .map(([answer, next]) => `${answer}>${next}`)
        .join(','),
    )
    .join(';');

/** Returns a vector as one line: seven fields with tabs between. */
function lineOf({ arena, id, needs, permits, run }: ArenaVector): string {
  const { base, orders, pages, reserved } = arena;
  const steps = run.split(' ').map((operation, n) => `${operation}=${permitsText(permits[n] ?? [])}`);
  const kept = orNone(reserved.map(([first, count]) => `${first}+${count}`));
  return [id, orNone(needs), base, pages, orders, kept, steps.join(' ')].join('\t');
}

/** Features whose requests a runner of so few lines in such a language does not carry out. */
const LEFT_OUT: ReadonlySet<string> = new Set(['resize', 'sized', 'bulk']);

/** Returns the vectors of arenas as text, but those of features that are left out. */
export const textOf = (vectors: readonly Vector[]): string =>
  vectors
    .filter((vector) => vector.kind === 'buddy')
    .filter(({ needs }) => !needs.some((need) => LEFT_OUT.has(need)))
    .map((one) => `${lineOf(one)}\n`)
    .join('');
