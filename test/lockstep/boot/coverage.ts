/** Counts the events that a run of boot memory exercised. */
import { isPageTaken, lastOf, mapOf, pageSizeOf, restOf } from '../../../spec/boot/state.ts';
import { pfn } from '../../../spec/unit.ts';
import type { Boot } from '../../../spec/index.ts';
import type { BootCommand, BootOutcome } from '../../../protocol/index.ts';

const EVENTS = [
  'granted pages of their own',
  'packed into the last page',
  'packed over the end of the last page',
  'granted the rest where there was no run',
  'granted at an unaligned node',
  'granted below the goal',
  'granted of the node initialised first',
  'refused',
  'refused with free pages left',
  'reserved twice',
  'last page reserved or freed',
  'page of the map free',
  'node beyond 32 bits',
  'retired',
  'zone of 2.6',
  'pages of 8 kB',
  'pages larger still',
  'pages handed over of several nodes',
  'no-such-node',
  'no-such-size',
  'no-such-alignment',
  'no-such-address',
  'out-of-range',
  'free-page',
  'map-not-reserved',
  'rejected as retired',
] as const;

export type BootEvent = (typeof EVENTS)[number];

/** How often a run saw each thing of boot memory that is worth seeing. */
export class BootCoverage {
  readonly #counts = new Map<BootEvent, number>(EVENTS.map((event) => [event, 0]));

  saw(event: BootEvent): void {
    this.#counts.set(event, (this.#counts.get(event) ?? 0) + 1);
  }

  missing(): readonly BootEvent[] {
    return EVENTS.filter((event) => this.#counts.get(event) === 0);
  }

  sawStep(before: Boot, command: BootCommand, outcome: BootOutcome, after: Boot): void {
    if (outcome.kind === 'rejected') {
      const { misuse } = outcome;
      if (misuse !== 'no-zone') this.saw(misuse === 'retired' ? 'rejected as retired' : misuse);
      return;
    }
    if (command.kind === 'reserve' || command.kind === 'free') {
      const [was, is] = [before[command.node], after[command.node]];
      if (was !== undefined && restOf(was) !== undefined && is !== undefined && restOf(is) === undefined) {
        this.saw('last page reserved or freed');
      }
    }
    if (outcome.kind === 'warned') this.saw('reserved twice');
    if (outcome.kind === 'retired') this.saw('retired');
    if (outcome.kind === 'exhausted') this.#sawRefusal(before);
    if (outcome.kind === 'granted' && command.kind === 'allocate') this.#sawGrant(before, command, outcome.address);
  }

  #sawRefusal(before: Boot): void {
    this.saw('refused');
    const isFree = ({ node, retired, taken }: Boot[number]): boolean =>
      !retired && taken.reduce((sum, [from, to]) => sum + to - from, 0) < (node.end - node.start) * pageSizeOf(node);
    if (before.some(isFree)) this.saw('refused with free pages left');
  }

  #sawGrant(before: Boot, { align, goal, size }: Extract<BootCommand, { kind: 'allocate' }>, address: number): void {
    const page = pageSizeOf(before[0]?.node ?? {});
    const at = before.findIndex(({ node }) => address >= node.start * page && address < node.end * page);
    const state = before[at];
    if (state === undefined) return;
    const { node } = state;
    const packed = address % page !== 0;
    this.saw(packed ? 'packed into the last page' : 'granted pages of their own');
    const behind = Math.ceil((address + size) / page) - node.start;
    const { lastPos } = lastOf(state);
    if (packed && behind > lastPos + 1) this.saw('packed over the end of the last page');
    const next = node.start + lastPos + 1;
    if (packed && (next >= node.end || isPageTaken(state, pfn(next)))) {
      this.saw('granted the rest where there was no run');
    }
    if (align > page && (node.start * page) % align !== 0) this.saw('granted at an unaligned node');
    if (address < goal && goal < node.end * page) this.saw('granted below the goal');
    if (before.length > 1 && at === 0) this.saw('granted of the node initialised first');
    if (node.start > 2 ** 32) this.saw('node beyond 32 bits');
    const [from] = mapOf(node);
    if (!state.taken.some(([first, end]) => first <= from && from < end)) this.saw('page of the map free');
  }
}
