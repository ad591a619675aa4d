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

/** Boot memory right before and right after one command, and what was answered. A live observation is only ever now: `snapshotBoot` the earlier one. */
export interface BootStep {
  readonly before: BootObservation;
  readonly command: BootCommand;
  readonly outcome: BootOutcome;
  readonly after: BootObservation;
}

const PAGE = 4096;

/** Pages from the first up to, not including, the second. */
type Pages = readonly [first: number, end: number];

const NONE: Pages = [0, 0];

const has = ([first, end]: Pages, page: number): boolean => page >= first && page < end;

/** Whether the bit of a page is 1. */
export function isTaken({ bits, start }: BootNodeObservation, page: number): boolean {
  const at = page - start;
  return (((bits[Math.floor(at / 32)] ?? 0) >>> (at % 32)) & 1) === 1;
}

/** The pages that the map lies in. @clause BOOT-11 */
export const mapOf = ({ end, map, start }: BootNodeObservation): Pages => [
  map,
  map + Math.ceil(Math.ceil((end - start) / 8) / PAGE),
];

/** The pages that a request, once answered, is about: those it touches or, freeing, those it covers. @clause BOOT-2 @clause BOOT-3 */
function pagesOf(command: BootCommand, outcome: BootOutcome): Pages {
  if (command.kind === 'retire' || outcome.kind === 'rejected') return NONE;
  if (command.kind === 'free') {
    return [Math.ceil(command.address / PAGE), Math.floor((command.address + command.size) / PAGE)];
  }
  if (command.kind === 'reserve') {
    return [Math.floor(command.address / PAGE), Math.ceil((command.address + command.size) / PAGE)];
  }
  if (outcome.kind !== 'granted') return NONE;
  return [Math.floor(outcome.address / PAGE), Math.ceil((outcome.address + command.size) / PAGE)];
}

const taken = (bit: boolean): string => (bit ? 'taken' : 'free');

/** The first page whose bit after a step is not what it should be. */
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
        `${why}, it must be ${taken(!is)}`,
      );
    }
  }
  return undefined;
}

const spanName = (address: number, size: number): string => `bytes ${address} to ${address + size - 1}`;

/** @clause BOOT-2 */
export const freeClearsWholePages: Invariant<BootStep> = {
  clause: 'BOOT-2',
  statement: 'A free clears the bits of the pages that lie wholly in its range, and no other.',
  refute: (step) => {
    const { command, outcome } = step;
    if (command.kind !== 'free' || outcome.kind !== 'done') return undefined;
    const pages = pagesOf(command, outcome);
    const why = `where ${spanName(command.address, command.size)} were freed`;
    return refuteBits('BOOT-2', step, (page, was) => was && !has(pages, page), why);
  },
};

/** @clause BOOT-3 */
export const reserveTakesTouchedPages: Invariant<BootStep> = {
  clause: 'BOOT-3',
  statement: 'A reservation sets the bits of the pages that its range touches, and no other.',
  refute: (step) => {
    const { command, outcome } = step;
    if (command.kind !== 'reserve' || (outcome.kind !== 'done' && outcome.kind !== 'warned')) return undefined;
    const pages = pagesOf(command, outcome);
    const why = `where ${spanName(command.address, command.size)} were reserved`;
    return refuteBits('BOOT-3', step, (page, was) => was || has(pages, page), why);
  },
};

/** The page of the node's last grant, where it has a rest. */
const lastPageOf = ({ lastOffset, lastPos, start }: BootNodeObservation): number =>
  lastOffset === 0 ? -1 : start + lastPos;

/** @clause BOOT-10 */
function refuteGrantedPages(step: BootStep): Counterexample | undefined {
  const { before, command, outcome } = step;
  if (command.kind !== 'allocate' || outcome.kind !== 'granted') return undefined;
  const pages = pagesOf(command, outcome);
  const span = spanName(outcome.address, command.size);
  for (const node of before.nodes) {
    for (let page: number = node.start; page < node.end; page++) {
      if (!has(pages, page) || !isTaken(node, page)) continue;
      const inRest = page === lastPageOf(node) && outcome.address >= page * PAGE + node.lastOffset;
      if (!inRest)
        return refuted(
          'BOOT-10',
          `page ${page}`,
          `${span} were granted`,
          'it was taken, and no rest of it was left there',
        );
    }
  }
  return refuteBits('BOOT-10', step, (page, was) => was || has(pages, page), `where ${span} were granted`);
}

/** @clause BOOT-10 */
export const grantTakesFreePages: Invariant<BootStep> = {
  clause: 'BOOT-10',
  statement: 'A grant sets the bits of its pages, which were 0 but for that of the last page, and no other.',
  refute: refuteGrantedPages,
};

/** @clause BOOT-11 */
export const mapIsNotGranted: Invariant<BootStep> = {
  clause: 'BOOT-11',
  statement: 'No page that the map lies in is granted.',
  refute: ({ before, command, outcome }) => {
    if (outcome.kind !== 'granted') return undefined;
    const [first, end] = pagesOf(command, outcome);
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
  refute: ({ before, command, outcome }) => {
    if (command.kind !== 'reserve' || (outcome.kind !== 'done' && outcome.kind !== 'warned')) return undefined;
    const told: readonly number[] = outcome.kind === 'warned' ? outcome.pages : [];
    const pages = pagesOf(command, outcome);
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
  statement: 'A command that is rejected or refused changes no bit, and neither the last page nor its offset.',
  refute: (step) => {
    const { after, before, outcome } = step;
    if (outcome.kind !== 'rejected' && outcome.kind !== 'exhausted') return undefined;
    const bits = refuteBits('BOOT-14', step, (_, was) => was, `where it was answered ${outcome.kind}`);
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
