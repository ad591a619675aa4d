/** What an answer of boot memory refutes: the specification, the invariants of a step, and where Linux would have granted. */
import { bootmem as memory, refuteBoot } from '../../../spec/index.ts';
import { refuteBootStep } from '../../../invariants/index.ts';
import type { Boot, BootPermitted, Waits } from '../../../spec/index.ts';
import { pfn } from '../../unit.ts';
import type { BootCommand, BootObservation, BootOutcome, Counterexample } from '../../../protocol/index.ts';

/** One command of boot memory as it was carried out: what was so before it and after it, as far as that is seen. */
export interface CarriedOut {
  readonly boot: Boot;
  readonly command: BootCommand;
  readonly outcome: BootOutcome;
  readonly waits: Waits;
  /** What Linux answers, and the nodes after it. */
  readonly right: BootPermitted;
  readonly seen?: { readonly before: BootObservation; readonly after: BootObservation };
}

const said = (outcome: BootOutcome): string =>
  outcome.kind === 'granted' ? `address ${outcome.address} was granted` : `it was answered ${outcome.kind}`;

/** Which rule of Linux's a grant breaks that is permitted, and yet not the one that Linux takes. */
function ruleOf({ boot, command, outcome, right }: CarriedOut): 'FIT-1' | 'FIT-2' | 'FIT-3' | 'FIT-4' {
  if (outcome.kind !== 'granted' || right.outcome.kind !== 'granted' || command.kind !== 'allocate') return 'FIT-3';
  const nodeOf = (address: number): number =>
    boot.findIndex(({ node }) => address >= memory.bytesOf(node)[0] && address < memory.bytesOf(node)[1]);
  if (nodeOf(outcome.address) !== nodeOf(right.outcome.address)) return 'FIT-4';
  const page = memory.pageSizeOf(boot[0]?.node ?? {});
  return right.outcome.address % page === 0 ? 'FIT-1' : 'FIT-2';
}

/** @clause FIT-1 @clause FIT-2 @clause FIT-3 @clause FIT-4 */
function refutePlace(carried: CarriedOut): Counterexample | undefined {
  const { command, outcome, right } = carried;
  const isSame =
    outcome.kind === right.outcome.kind &&
    (outcome.kind !== 'granted' || right.outcome.kind !== 'granted' || outcome.address === right.outcome.address);
  if (isSame || command.kind !== 'allocate') return undefined;
  const place = `${command.size} bytes`;
  return { clause: ruleOf(carried), place, facts: [said(outcome), `Linux 2.4: ${said(right.outcome)}`] };
}

/** @clause FIT-2 */
function refuteLast({ right, seen }: CarriedOut): Counterexample | undefined {
  for (const [at, state] of right.next.entries()) {
    const node = seen?.after.nodes[at];
    const { lastOffset, lastPos } = memory.lastOf(state);
    if (node === undefined || (node.lastOffset === lastOffset && node.lastPos === lastPos)) continue;
    const facts = [
      `it ends at page ${node.lastPos}, byte ${node.lastOffset}`,
      `it must end at page ${lastPos}, byte ${lastOffset}`,
    ] as const;
    return { clause: 'FIT-2', place: `the last grant of node ${at}`, facts };
  }
  return undefined;
}

/** The first thing that is wrong with a command as it was carried out: its answer, what it changed, and where Linux would have granted. */
export function compareBoot(carried: CarriedOut, placed: boolean): Counterexample | undefined {
  const { boot, command, outcome, seen, waits } = carried;
  const wrong = refuteBoot(boot, command, outcome, waits);
  if (wrong !== undefined) return wrong;
  const [changed] = seen === undefined ? [] : refuteBootStep({ ...seen, command, outcome });
  if (changed !== undefined || !placed) return changed;
  return refutePlace(carried) ?? refuteLast(carried);
}

/** Returns the first page or node that is not what the specification says; undefined if all are. @clause BOOT-10 @clause RETIRE-4 */
export function compareNodes(boot: Boot, { nodes }: BootObservation): Counterexample | undefined {
  for (const [at, state] of boot.entries()) {
    const seen = nodes[at];
    if (seen === undefined) return { clause: 'BOOT-1', place: `node ${at}`, facts: ['it is not there', 'it was made'] };
    if (seen.retired !== state.retired) {
      const say = (retired: boolean): string => (retired ? 'it is retired' : 'it is not retired');
      return { clause: 'RETIRE-4', place: `node ${at}`, facts: [say(seen.retired), say(state.retired)] };
    }
    const { end, start } = state.node;
    for (let page = start; page < end; page = pfn(page + 1)) {
      const bit = ((seen.bits[(page - start) >> 5] ?? 0) >>> ((page - start) & 31)) & 1;
      const isTaken = memory.isPageTaken(state, page);
      if (bit === (isTaken ? 1 : 0)) continue;
      const facts = [`its bit is ${bit}`, isTaken ? 'a byte of it is taken' : 'no byte of it is taken'] as const;
      return { clause: 'BOOT-10', place: `page ${page} of node ${at}`, facts };
    }
  }
  return undefined;
}
