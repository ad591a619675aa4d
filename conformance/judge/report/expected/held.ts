/** What became of each entry of a list of known divergences, and of what it does not list. */
import { show } from '../../../show.ts';
import type { Known } from './list.ts';

/** A divergence that was found, as a list would have it. */
export type Observed = Pick<Known, 'kind' | 'found' | 'message'>;

/** What became of an entry, or of something that is not listed. */
export type Held =
  | { readonly how: 'expected'; readonly known: Known }
  | { readonly how: 'changed'; readonly known: Known; readonly observed: Observed }
  | { readonly how: 'unlisted'; readonly observed: Observed }
  | { readonly how: 'passed'; readonly known: Known }
  | { readonly how: 'not applicable'; readonly known: Known; readonly why: string };

/** Reports whether a list does not say what is so. */
export const isStale = (held: readonly Held[]): boolean => held.some(({ how }) => how !== 'expected');

/** Returns what became of an entry, in one line. */
export function tellHeld(held: Held): string {
  const { found, kind } = 'known' in held ? held.known : held.observed;
  const name = `${kind} ${found}`;
  switch (held.how) {
    case 'expected':
      return held.known.reason === ''
        ? `${name}: as listed, with no reason yet`
        : `${name}: as listed: ${show(held.known.reason)} (${show(held.known.link)})`;
    case 'changed':
      return `${name}: listed as "${show(held.known.message)}", found as "${held.observed.message}"`;
    case 'unlisted':
      return `${name}: not listed`;
    case 'passed':
      return `${name}: listed, and not found`;
    case 'not applicable':
      return `${name}: listed, and cannot be found: ${held.why}`;
  }
}
