/** Blocks that are freed at once: what may be answered to that, and the state after it. */
import { liberate } from './state.ts';
import { refuted } from '../refuted.ts';
import type { Block, Counterexample, Outcome } from '../../protocol/index.ts';
import type { Buddy } from './state.ts';

/** Returns why an answer to a free of outstanding blocks is not permitted; undefined if it is. @clause BULK-1 */
export function refuteBulk(blocks: readonly Block[], outcome: Outcome): Counterexample | undefined {
  if (outcome.kind === 'done') return undefined;
  const answer = outcome.kind === 'rejected' ? `rejected as ${outcome.misuse}` : `answered ${outcome.kind}`;
  const place = `freeing the blocks at frames ${blocks.map(({ head }) => head).join(' ')}`;
  return refuted('BULK-1', place, `it was ${answer}`, 'it was legal');
}

/** Returns the state after outstanding blocks were freed: in which order makes no difference. @clause BULK-1 */
export const afterBulk = (state: Buddy, blocks: readonly Block[]): Buddy => blocks.reduce(liberate, state);
