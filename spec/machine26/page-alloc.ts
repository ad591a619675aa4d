/** How Linux 2.6.24 fills a request: `__alloc_pages` as a table. */
import { PATIENT, hurryOf } from './pass.ts';
import { isCostly, isRetried26, mayKill, neverFails, waits, waivesMarks } from './gfp.ts';
import type { Clause, Command26 } from '../../protocol/index.ts';
import type { Pass } from './pass.ts';

/** A request for a block. */
export type Request26 = Command26 & { readonly kind: 'allocate' };

/** How a request ends that gets no block. */
export type Ending26 = 'exhausted' | 'stalled' | 'out-of-memory';

/** What a row does. */
export type Action26 =
  /** Takes a block from the first zone of the list that passes the test. */
  | { readonly kind: 'take'; readonly pass: (request: Request26) => Pass }
  /** Wakes kswapd for every zone of the list. */
  | { readonly kind: 'wake' }
  /** Reclaims memory. */
  | { readonly kind: 'reclaim' }
  /** Ends the request without a block. */
  | { readonly kind: 'end'; readonly as: Ending26 };

/**
 * A row: requests matching `who` do this; one that still has no block goes on to the next row. `progress` says whether the last
 * reclaim freed anything.
 */
export interface Row26 {
  readonly line: string;
  readonly clause: Clause;
  readonly who: (request: Request26, progress: boolean) => boolean;
  readonly action: Action26;
}

const everyone = (): boolean => true;
const exempt = ({ task }: Request26): boolean => task.exempt;
const inVain = ({ gfp }: Request26, progress: boolean): boolean => !progress && mayKill(gfp);

const patient = (mark: Pass['mark']): Action26 => ({ kind: 'take', pass: () => ({ mark, hurry: PATIENT }) });
const atMin: Action26 = {
  kind: 'take',
  pass: ({ gfp, task }) => ({ mark: 'min', hurry: hurryOf(gfp, task.realtime) }),
};
const end = (as: Ending26): Action26 => ({ kind: 'end', as });

/** The rows that a request goes through once. @clause GATE-6 @clause GATE-9 */
export const FIRST26: readonly Row26[] = [
  { line: 'low', clause: 'GATE-6', who: everyone, action: patient('low') },
  { line: 'wake', clause: 'GATE-9', who: everyone, action: { kind: 'wake' } },
  { line: 'min', clause: 'GATE-6', who: everyone, action: atMin },
];

/** The rows of a task that reclaims or is being killed. @clause GATE-11 */
const EXEMPT: readonly Row26[] = [
  {
    line: 'emergency',
    clause: 'GATE-11',
    who: (request) => exempt(request) && waivesMarks(request.gfp),
    action: patient('none'),
  },
  {
    line: 'never fails',
    clause: 'GATE-11',
    who: (request) => exempt(request) && waivesMarks(request.gfp) && neverFails(request.gfp),
    action: end('stalled'),
  },
  { line: 'nothing left', clause: 'GATE-11', who: exempt, action: end('exhausted') },
];

/** The rows after them, which a request goes through until it gets a block or ends. @clause GATE-6 @clause GATE-10 @clause GATE-12 */
export const REBALANCE26: readonly Row26[] = [
  ...EXEMPT,
  { line: 'cannot wait', clause: 'GATE-10', who: ({ gfp }) => !waits(gfp), action: end('exhausted') },
  { line: 'reclaim', clause: 'GATE-10', who: everyone, action: { kind: 'reclaim' } },
  { line: 'again', clause: 'GATE-10', who: (_, progress) => progress, action: atMin },
  { line: 'before the killer', clause: 'GATE-6', who: inVain, action: patient('high') },
  {
    line: 'too large',
    clause: 'GATE-12',
    who: (request, progress) => inVain(request, progress) && isCostly(request.order),
    action: end('exhausted'),
  },
  { line: 'killer', clause: 'GATE-12', who: inVain, action: end('out-of-memory') },
  {
    line: 'not retried',
    clause: 'GATE-12',
    who: ({ gfp, order }) => !isRetried26(gfp, order),
    action: end('exhausted'),
  },
  { line: 'no progress', clause: 'GATE-12', who: (_, progress) => !progress, action: end('stalled') },
];

/** Returns the rows that a request goes through in a turn if no zone lets it through: up to the one that ends it. */
export function rowsInVain(request: Request26, progress: boolean): readonly Row26[] {
  const rows = REBALANCE26.filter(({ who }) => who(request, progress));
  const last = rows.findIndex(({ action }) => action.kind === 'end');
  return last < 0 ? rows : rows.slice(0, last + 1);
}

/** Reports whether a request reclaims memory before it ends. @clause GATE-10 */
export const mayReclaim26 = (request: Request26): boolean =>
  rowsInVain(request, false).some(({ action }) => action.kind === 'reclaim');

/** Returns how a request ends that no zone lets through, after reclaims of which the last freed something or not; undefined if it goes on. @clause GATE-12 */
export function endingOf(request: Request26, progress: boolean): Ending26 | undefined {
  const action = rowsInVain(request, progress).at(-1)?.action;
  return action?.kind === 'end' ? action.as : undefined;
}

/** Returns the pass that lets most through of those that a request may make. @clause GATE-6 @clause GATE-11 */
export function lastPassOf(request: Request26): Pass {
  const { gfp, task } = request;
  if (task.exempt && waivesMarks(gfp)) return { mark: 'none', hurry: PATIENT };
  return { mark: 'min', hurry: hurryOf(gfp, task.realtime) };
}
