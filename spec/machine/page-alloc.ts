/** How Linux 2.4 fills a request on one node: `__alloc_pages` as a table. */
import { isExempt, mayWait } from './gfp.ts';
import type { Mark } from './watermark.ts';
import type { Request } from './request.ts';

/** The name of a row. */
export type Line =
  | 'low'
  | 'wake'
  | 'min'
  | 'emergency'
  | 'nothing left'
  | 'cannot wait'
  | 'reclaim'
  | 'again'
  | 'too large'
  | 'no progress';

/** How a request ends that gets no block. */
export type Ending = 'exhausted' | 'stalled';

/** What a row does. */
export type Action =
  /** Takes a block from the first zone of the list that has one and stays above the mark. */
  | { readonly kind: 'take'; readonly mark: Mark }
  /** Makes the class zone ask for balance, and wakes kswapd. */
  | { readonly kind: 'wake' }
  /** Reclaims memory; the request gets the block that this keeps for it, if there is one. */
  | { readonly kind: 'reclaim' }
  /** Ends the request without a block. */
  | { readonly kind: 'end'; readonly as: Ending };

/**
 * A row: requests matching `who` perform `action`; one that still has no block goes on to the next row. `progress` says
 * whether the last reclaim freed anything.
 */
export interface Row {
  readonly line: Line;
  readonly who: (request: Request, progress: boolean) => boolean;
  readonly action: Action;
}

/** The largest order for which Linux reclaims again and again, instead of refusing the request. */
const LARGEST_RETRIED = 3;

const everyone = (): boolean => true;
const exempt = ({ task }: Request): boolean => isExempt(task);
const cannotWait = ({ gfp }: Request): boolean => !mayWait(gfp);
const tooLarge = ({ order }: Request): boolean => order > LARGEST_RETRIED;
const withoutProgress = (_: Request, progress: boolean): boolean => !progress;

/** The rows that a request goes through once. @clause PASS-1 @clause PASS-2 @clause PASS-3 */
export const FIRST: readonly Row[] = [
  { line: 'low', who: everyone, action: { kind: 'take', mark: 'low' } },
  { line: 'wake', who: everyone, action: { kind: 'wake' } },
  { line: 'min', who: everyone, action: { kind: 'take', mark: 'min' } },
];

/** The rows after them, which a request goes through until it gets a block or ends. @clause PASS-4 @clause PASS-5 @clause PASS-6 @clause WATER-4 */
export const REBALANCE: readonly Row[] = [
  { line: 'emergency', who: exempt, action: { kind: 'take', mark: 'none' } },
  { line: 'nothing left', who: exempt, action: { kind: 'end', as: 'exhausted' } },
  { line: 'cannot wait', who: cannotWait, action: { kind: 'end', as: 'exhausted' } },
  { line: 'reclaim', who: everyone, action: { kind: 'reclaim' } },
  { line: 'again', who: everyone, action: { kind: 'take', mark: 'min' } },
  { line: 'too large', who: tooLarge, action: { kind: 'end', as: 'exhausted' } },
  { line: 'no progress', who: withoutProgress, action: { kind: 'end', as: 'stalled' } },
];

/** Returns what a request does on a node if no zone gives it a block and reclaim frees nothing. The last action ends it. */
export function actionsInVain(request: Request): readonly Action[] {
  const actions = [...FIRST, ...REBALANCE].filter(({ who }) => who(request, false)).map(({ action }) => action);
  return actions.slice(0, 1 + actions.findIndex(({ kind }) => kind === 'end'));
}

/** Reports whether a request reclaims memory before it is refused or stalls. @clause PASS-4 */
export const mayReclaim = (request: Request): boolean => actionsInVain(request).some(({ kind }) => kind === 'reclaim');

/** Reports whether a request is never refused: it reclaims until it gets a block, or stalls when reclaim frees nothing. @clause PASS-6 */
export const isRetried = (request: Request): boolean =>
  actionsInVain(request).some((action) => action.kind === 'end' && action.as === 'stalled');
