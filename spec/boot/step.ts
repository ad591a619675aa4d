/** What boot memory may answer to a command, why other answers are wrong, and the nodes after it. */
import { BOOT_CLAUSE_OF, bootRejected, legalNode, nodesOf } from './misuse.ts';
import {
  alignedUp,
  bytesOf,
  grant,
  handedOver,
  isFree,
  isPageTaken,
  liberate,
  mapOf,
  outward,
  pageSizeOf,
  pagesIn,
  pagesOf,
  reserve,
  restOf,
  takenIn,
} from './state.ts';
import { byteAddress } from '../unit.ts';
import { isWhole } from '../arithmetic.ts';
import { refuted } from '../refuted.ts';
import type { Boot, Bootmem, Span } from './state.ts';
import type { BootCommand, BootOutcome, Clause, Counterexample, Pfn } from '../../protocol/index.ts';
import type { Waits } from './misuse.ts';

/** A permitted outcome, and the nodes after it. */
export interface BootPermitted {
  readonly outcome: BootOutcome;
  readonly next: Boot;
}

/** A request for boot memory. */
export type Request = Extract<BootCommand, { kind: 'allocate' }>;

const said = (outcome: BootOutcome): string =>
  outcome.kind === 'rejected' ? `it was rejected as ${outcome.misuse}` : `it was answered ${outcome.kind}`;

const spanName = ([from, to]: Span): string => `bytes ${from} to ${to - 1}`;

/** Returns the pages that a range touches and that are taken already. @clause BOOT-5 */
export const takenBefore = (state: Bootmem, address: number, size: number): readonly Pfn[] =>
  pagesIn(outward(address, size, pageSizeOf(state.node)), pageSizeOf(state.node)).filter((page) =>
    isPageTaken(state, page),
  );

/** Returns the multiples of an alignment in a span. */
function multiplesIn([from, to]: Span, align: number): readonly number[] {
  const first = alignedUp(from, align);
  return Array.from({ length: Math.ceil((to - first) / align) }, (_, n) => first + n * align);
}

/** Returns the first address, at or after `from`, of a run of free pages that holds a request; undefined if there is none. @clause BOOT-12 @clause FIT-1 */
export function runFrom(state: Bootmem, from: number, { align, size }: Request): number | undefined {
  const [, end] = bytesOf(state.node);
  const page = pageSizeOf(state.node);
  const bytes = page * pagesOf(size, page);
  const apart = Math.max(align, page);
  return multiplesIn([from, end], apart).find((at) => isFree(state, [at, at + bytes]));
}

/**
 * Returns the address at which a request fits in the rest of the last page, continued into the free pages after it;
 * undefined if it does not fit.
 * @clause BOOT-12 @clause FIT-2 @clause FIT-3
 */
export function placeInRest(state: Bootmem, { align, size }: Request): number | undefined {
  const rest = restOf(state);
  if (rest === undefined) return undefined;
  const [from, to] = rest;
  const at = alignedUp(from, align);
  const end = at + size < to ? at + size : alignedUp(at + size, pageSizeOf(state.node));
  return at < to && isFree(state, [at, end]) ? at : undefined;
}

/** The node that an address lies in; -1 if there is none. */
const nodeAround = (boot: Boot, address: number): number =>
  boot.findIndex(({ node }) => address >= bytesOf(node)[0] && address < bytesOf(node)[1]);

/** @clause BOOT-8 @clause BOOT-9 @clause BOOT-10 @clause BOOT-11 */
function refuteGrant(boot: Boot, request: Request, address: number): Counterexample | undefined {
  const { align, node, size } = request;
  const span: Span = [address, address + size];
  const granted = (clause: Clause, fact: string): Counterexample =>
    refuted(clause, spanName(span), 'they were granted', fact);
  const at = nodeAround(boot, address);
  const state = boot[at];
  if (!isWhole(address) || state === undefined) return granted('BOOT-8', 'no node holds the first of them');
  const [, end] = bytesOf(state.node);
  if (span[1] > end) return granted('BOOT-8', `node ${at} ends before byte ${end}`);
  if (node !== 'any' && node !== at) return granted('BOOT-8', `they are of node ${at}, and node ${node} was asked for`);
  if (state.retired) return granted('RETIRE-4', `node ${at} is retired`);
  if (address % align !== 0) return granted('BOOT-9', `${address} is no multiple of ${align}`);
  const taken = takenIn(state, span);
  if (taken !== undefined) return granted('BOOT-10', `the ${spanName(taken)} are taken`);
  return isFree(state, span) ? undefined : granted('BOOT-11', `the map lies in the ${spanName(mapOf(state.node))}`);
}

/** @clause BOOT-12 */
function refuteRefusal(boot: Boot, request: Request): Counterexample | undefined {
  const [at] = nodesOf(boot, request).flatMap(
    (state) => runFrom(state, bytesOf(state.node)[0], request) ?? placeInRest(state, request) ?? [],
  );
  if (at === undefined) return undefined;
  const fact = `the ${spanName([at, at + request.size])} are free, and a multiple of ${request.align} begins them`;
  return refuted('BOOT-12', `${request.size} bytes`, 'the request was refused', fact);
}

const isSame = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((n, at) => n === other[at]);

/** Returns the only answer to a legal command other than a request. @clause BOOT-5 @clause RETIRE-1 */
export function legalAnswer(state: Bootmem, command: Exclude<BootCommand, Request>): BootOutcome {
  switch (command.kind) {
    case 'reserve': {
      const pages = takenBefore(state, command.address, command.size);
      return pages.length === 0 ? { kind: 'done' } : { kind: 'warned', pages };
    }
    case 'free':
      return { kind: 'done' };
    case 'retire': {
      const { free, map } = handedOver(state);
      return { kind: 'retired', free: free.length, map: map.length };
    }
  }
}

const LEGAL: Readonly<Record<Exclude<BootCommand['kind'], 'allocate'>, Clause>> = {
  reserve: 'BOOT-3',
  free: 'BOOT-2',
  retire: 'RETIRE-1',
};

/** @clause BOOT-5 @clause RETIRE-1 */
function refuteDone(
  state: Bootmem,
  command: Exclude<BootCommand, Request>,
  outcome: BootOutcome,
): Counterexample | undefined {
  const legal = legalAnswer(state, command);
  const place = `${command.kind} on node ${command.node}`;
  if (outcome.kind === 'warned' && legal.kind === 'warned') {
    if (isSame(outcome.pages, legal.pages)) return undefined;
    const facts = [
      `pages ${outcome.pages.join(' ')} were reported`,
      `pages ${legal.pages.join(' ')} had been taken`,
    ] as const;
    return refuted('BOOT-5', place, ...facts);
  }
  if (outcome.kind === 'retired' && legal.kind === 'retired') {
    if (isSame([outcome.free, outcome.map], [legal.free, legal.map])) return undefined;
    const fact = `${legal.free} pages are free, and the map has ${legal.map}`;
    return refuted(
      'RETIRE-1',
      place,
      `${outcome.free} free pages and ${outcome.map} of the map were handed over`,
      fact,
    );
  }
  if (outcome.kind === legal.kind) return undefined;
  const pages = legal.kind === 'warned' || outcome.kind === 'warned';
  return refuted(pages ? 'BOOT-5' : LEGAL[command.kind], place, said(outcome), `${legal.kind} is right`);
}

/** Returns why an outcome is not permitted, as two facts that cannot both hold; undefined if it is permitted. @clause USE-3 */
export function refuteBoot(
  boot: Boot,
  command: BootCommand,
  outcome: BootOutcome,
  waits: Waits,
): Counterexample | undefined {
  const found = legalNode(boot, command, waits);
  if (typeof found === 'string') {
    if (outcome.kind === 'rejected' && outcome.misuse === found) return undefined;
    const place = `${command.kind} on node ${command.node}`;
    return refuted(BOOT_CLAUSE_OF[found], place, said(outcome), `it was misuse: ${found}`);
  }
  if (command.kind !== 'allocate') return refuteDone(found, command, outcome);
  if (outcome.kind === 'granted') return refuteGrant(boot, command, outcome.address);
  if (outcome.kind === 'exhausted') return refuteRefusal(boot, command);
  return refuted('USE-3', `${command.size} bytes`, said(outcome), 'a legal request can be granted or refused');
}

/** Returns the nodes after a permitted outcome. @clause BOOT-14 @clause RETIRE-4 */
export function afterBoot(boot: Boot, command: BootCommand, outcome: BootOutcome): Boot {
  if (outcome.kind === 'rejected' || outcome.kind === 'exhausted') return boot;
  const at = outcome.kind === 'granted' ? nodeAround(boot, outcome.address) : Number(command.node);
  const state = boot[at];
  if (state === undefined) return boot;
  switch (command.kind) {
    case 'reserve':
      return boot.with(at, reserve(state, command.address, command.size));
    case 'free':
      return boot.with(at, liberate(state, command.address, command.size));
    case 'allocate':
      return outcome.kind === 'granted' ? boot.with(at, grant(state, outcome.address, command.size)) : boot;
    case 'retire':
      return boot.with(at, { ...state, retired: true });
  }
}

/** Returns every outcome that a legal command could have. Even a few small nodes have many addresses. */
function outcomesOf(boot: Boot, found: Bootmem, command: BootCommand): readonly BootOutcome[] {
  if (command.kind !== 'allocate') return [legalAnswer(found, command)];
  const addresses = boot.flatMap(({ node }) => multiplesIn(bytesOf(node), command.align));
  const granted = addresses.map((address): BootOutcome => ({ kind: 'granted', address: byteAddress(address) }));
  return [...granted, { kind: 'exhausted' }];
}

/** Returns every permitted outcome of a command, each with the nodes after it. */
export function stepBoot(boot: Boot, command: BootCommand, waits: Waits): readonly BootPermitted[] {
  const found = legalNode(boot, command, waits);
  if (typeof found === 'string') return [{ outcome: bootRejected(found), next: boot }];
  return outcomesOf(boot, found, command)
    .filter((outcome) => refuteBoot(boot, command, outcome, waits) === undefined)
    .map((outcome) => ({ outcome, next: afterBoot(boot, command, outcome) }));
}
