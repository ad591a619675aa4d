/** What is judged of a subject, and what its cases are drawn from. */
import type { Claims } from '../../protocol/index.ts';
import type { Hello } from './subject.ts';
import type { Options } from './options.ts';
import type { Sweep } from './kind.ts';
import type { Terms } from './runner.ts';

/** Returns what is judged: what the hello claims, and the caller's additions, without what the caller takes away. */
export const claimsOf = (hello: Hello, { claim, noClaim }: Pick<Options, 'claim' | 'noClaim'>): Claims =>
  new Set([...hello.claims, ...claim].filter((one) => !noClaim.includes(one)));

/** Returns what the cases of a run are drawn from. */
export const sweepOf = (
  hello: Hello,
  claims: Claims,
  { bases, operations, orders, pages, seed }: Pick<Options, 'bases' | 'operations' | 'orders' | 'pages' | 'seed'>,
): Sweep => ({
  seed,
  operations,
  pages,
  orders,
  bases,
  claims,
  hello,
});

/** Returns what is judged of a subject, and what is not. */
export const termsOf =
  (options: Pick<Options, 'claim' | 'noClaim' | 'without'>) =>
  (hello: Hello): Terms => ({ claims: claimsOf(hello, options), without: options.without });
