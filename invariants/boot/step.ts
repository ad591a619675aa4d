/** Invariants of one step of boot memory. */
import { isTaken, mapOf, pageSizeOf } from './state.ts';
import { refuted } from '../invariant.ts';
import type {
  BootCommand,
  BootNodeObservation,
  BootObservation,
  BootOutcome,
  Clause,
  Counterexample,
} from '../../protocol/index.ts';
import type { Invariant } from '../invariant.ts';
import type { Pages } from './state.ts';

/** Boot memory right before and right after one command, and the answer. A live observation always shows the present, so `before` must be a snapshot. */
export interface BootStep {
  readonly before: BootObservation;
  readonly command: BootCommand;
  readonly outcome: BootOutcome;
  readonly after: BootObservation;
}

const NONE: Pages = [0, 0];

const has = ([first, end]: Pages, page: number): boolean => page >= first && page < end;

/** The pages that a command changes if it was carried out: a free those that it covers, any other those that it touches. @clause BOOT-2 @clause BOOT-3 */
function pagesOf({ before, command, outcome }: BootStep): Pages {
  const size = pageSizeOf(before.nodes[0] ?? {}); // all nodes have pages of one size
  if (command.kind === 'retire' || outcome.kind === 'rejected') return NONE;
  if (command.kind === 'free') {
    return [Math.ceil(command.address / size), Math.floor((command.address + command.size) / size)];
  }
  if (command.kind === 'reserve') {
    return [Math.floor(command.address / size), Math.ceil((command.address + command.size) / size)];
  }
  if (outcome.kind !== 'granted') return NONE;
  return [Math.floor(outcome.address / size), Math.ceil((outcome.address + command.size) / size)];
}

const taken = (bit: boolean): string => (bit ? 'taken' : 'free');

/** Refutes a step at the first page whose bit is not `right` after it. */
function refuteBits(
  clause: Clause,
  { after, before }: BootStep,
  right: (page: number, was: boolean) => boolean,
  why: string,
): Counterexample | undefined {
  for (const [at, then] of before.nodes.entries()) {
    const now = after.nodes[at];
    if (now === undefined) return refuted(clause, `node ${at}`, 'it was there before', 'it is not any more');
    for (let page: number = then.start; page < then.end; page++) {
      const [was, is] = [isTaken(then, page), isTaken(now, page)];
      if (is === right(page, was)) continue;
      return refuted(
        clause,
        `page ${page}`,
        `it was ${taken(was)} and is ${taken(is)}`,
        `${why}, so it must be ${taken(!is)}`,
      );
    }
  }
  return undefined;
}

const spanName = (address: number, size: number): string => `bytes ${address} to ${address + size - 1}`;

/** @clause BOOT-2 */
export const freeClearsWholePages: Invariant<BootStep> = {
  clause: 'BOOT-2',
  statement: 'A free clears the bits of the pages that lie wholly in its range, and no others.',
  refute: (step) => {
    const { command, outcome } = step;
    if (command.kind !== 'free' || outcome.kind !== 'done') return undefined;
    const pages = pagesOf(step);
    const why = `${spanName(command.address, command.size)} were freed`;
    return refuteBits('BOOT-2', step, (page, was) => was && !has(pages, page), why);
  },
};

/** @clause BOOT-3 */
export const reserveTakesTouchedPages: Invariant<BootStep> = {
  clause: 'BOOT-3',
  statement: 'A reservation sets the bits of the pages that its range touches, and no others.',
  refute: (step) => {
    const { command, outcome } = step;
    if (command.kind !== 'reserve' || (outcome.kind !== 'done' && outcome.kind !== 'warned')) return undefined;
    const pages = pagesOf(step);
    const why = `${spanName(command.address, command.size)} were reserved`;
    return refuteBits('BOOT-3', step, (page, was) => was || has(pages, page), why);
  },
};

/** The page that the node's last grant ended in, if it has a rest; else -1. */
const lastPageOf = ({ lastOffset, lastPos, start }: BootNodeObservation): number =>
  lastOffset === 0 ? -1 : start + lastPos;

/** @clause BOOT-10 */
function refuteGrantedPages(step: BootStep): Counterexample | undefined {
  const { before, command, outcome } = step;
  if (command.kind !== 'allocate' || outcome.kind !== 'granted') return undefined;
  const pages = pagesOf(step);
  const span = spanName(outcome.address, command.size);
  for (const node of before.nodes) {
    for (let page: number = node.start; page < node.end; page++) {
      if (!has(pages, page) || !isTaken(node, page)) continue;
      const inRest = page === lastPageOf(node) && outcome.address >= page * pageSizeOf(node) + node.lastOffset;
      if (!inRest)
        return refuted(
          'BOOT-10',
          `page ${page}`,
          `${span} were granted`,
          'it was taken, and no rest of it was left there',
        );
    }
  }
  return refuteBits('BOOT-10', step, (page, was) => was || has(pages, page), `${span} were granted`);
}

/** @clause BOOT-10 */
export const grantTakesFreePages: Invariant<BootStep> = {
  clause: 'BOOT-10',
  statement:
    'A grant sets the bits of its pages, and no others; all were 0 before, except that of a last page whose rest it takes.',
  refute: refuteGrantedPages,
};

/** @clause BOOT-11 */
export const mapIsNotGranted: Invariant<BootStep> = {
  clause: 'BOOT-11',
  statement: 'No page that holds the bitmap is granted.',
  refute: (step) => {
    const { before, outcome } = step;
    if (outcome.kind !== 'granted') return undefined;
    const [first, end] = pagesOf(step);
    const node = before.nodes.find((one) => first < mapOf(one)[1] && end > mapOf(one)[0]);
    if (node === undefined) return undefined;
    return refuted(
      'BOOT-11',
      `pages ${first} to ${end - 1}`,
      'they were granted',
      `the map of their node begins at page ${node.map}`,
    );
  },
};

/** @clause BOOT-5 */
export const warnedPagesWereTaken: Invariant<BootStep> = {
  clause: 'BOOT-5',
  statement: 'A reservation reports exactly the pages that were taken before.',
  refute: (step) => {
    const { before, command, outcome } = step;
    if (command.kind !== 'reserve' || (outcome.kind !== 'done' && outcome.kind !== 'warned')) return undefined;
    const told: readonly number[] = outcome.kind === 'warned' ? outcome.pages : [];
    const pages = pagesOf(step);
    for (const node of before.nodes) {
      for (let page: number = node.start; page < node.end; page++) {
        const right = has(pages, page) && isTaken(node, page);
        if (right === told.includes(page)) continue;
        return refuted(
          'BOOT-5',
          `page ${page}`,
          `it was ${right ? 'not ' : ''}reported`,
          `it was ${taken(isTaken(node, page))} before`,
        );
      }
    }
    return undefined;
  },
};

/** @clause BOOT-14 */
export const bootRefusalChangesNothing: Invariant<BootStep> = {
  clause: 'BOOT-14',
  statement:
    'A command that is rejected or refused changes no bit, and nothing of what is remembered of the last grant.',
  refute: (step) => {
    const { after, before, outcome } = step;
    if (outcome.kind !== 'rejected' && outcome.kind !== 'exhausted') return undefined;
    const bits = refuteBits('BOOT-14', step, (_, was) => was, `the command was answered ${outcome.kind}`);
    if (bits !== undefined) return bits;
    const at = before.nodes.findIndex(({ lastOffset, lastPos, retired }, n) => {
      const now = after.nodes[n];
      return now?.lastOffset !== lastOffset || now.lastPos !== lastPos || now.retired !== retired;
    });
    return at === -1
      ? undefined
      : refuted(
          'BOOT-14',
          `node ${at}`,
          `it was answered ${outcome.kind}`,
          'what it remembers of the last grant has changed',
        );
  },
};
