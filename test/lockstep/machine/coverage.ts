/** Counts the events that a run of machines exercised. */
import { freePages } from '../../../spec/machine/zone.ts';
import { mayWait } from '../../../spec/machine/gfp.ts';
import { sizeOf } from '../../../spec/arithmetic.ts';
import { usersOf } from '../../../spec/machine/users.ts';
import { zonelistOf } from '../../../spec/machine/zonelist.ts';
import type { Machine, PageCommand, PageMisuse, Round } from '../../../protocol/index.ts';
import type { MachineState, MachinePlacement } from '../../../spec/index.ts';

const EVENTS = [
  'low grants',
  'low fails',
  'kswapd woken',
  'kswapd left asleep',
  'min grants',
  'min fails',
  'emergency grants',
  'emergency fails',
  'nothing left',
  'cannot wait',
  'reclaim grants',
  'reclaim fails',
  'again grants',
  'again fails',
  'too large',
  'no progress',
  'HighMem to Normal',
  'HighMem to DMA',
  'Normal to DMA',
  'quarter that all of pages_min would have refused',
  'granted in the second round',
  'kept block given back',
  'reclaim that failed but freed',
  'MEMALLOC',
  'MEMDIE',
  'another node',
  'stalled with other nodes left',
  'one node alone refused',
  'each node in turn',
  'free of a shared block',
  'user added',
  'kswapd balanced a zone',
  'kswapd goes on',
  'kswapd gave a zone up',
  'machine with holes',
  'machine without a zone',
  'rejected out-of-range',
  'rejected wrong-order',
  'rejected inner-page',
  'rejected never-allocated',
  'rejected double-free',
  'rejected misaligned',
  'rejected no-such-order',
  'rejected no-such-flags',
  'rejected no-such-node',
  'rejected no-such-page',
] as const;

export type MachineEvent = (typeof EVENTS)[number];

type Request = Extract<PageCommand, { readonly gfp: unknown }>;

const isEvent = (text: string): text is MachineEvent => EVENTS.some((event) => event === text);

/** How often runs over whole machines saw each thing that is worth seeing. */
export class MachineCoverage {
  readonly #counts = new Map<MachineEvent, number>();
  commands = 0;
  invariants = 0;

  saw(text: string): void {
    if (!isEvent(text)) return;
    this.#counts.set(text, this.count(text) + 1);
  }

  count(event: MachineEvent): number {
    return this.#counts.get(event) ?? 0;
  }

  missing(): readonly MachineEvent[] {
    return EVENTS.filter((event) => this.count(event) === 0);
  }

  sawMachine({ nodes }: Machine): void {
    if (nodes.some(({ zones }) => zones.some(({ holes }) => holes.length > 0))) this.saw('machine with holes');
    if (nodes.some(({ zones }) => zones.length < 3)) this.saw('machine without a zone');
  }

  sawStep(before: MachineState, command: PageCommand, placement: MachinePlacement, rounds: readonly Round[]): void {
    this.commands++;
    const { outcome } = placement;
    if (outcome.kind === 'rejected') return this.#sawMisuse(outcome.misuse);
    switch (command.kind) {
      case 'allocate-pages':
      case 'allocate-on-node':
        return this.#sawRequest(before, command, placement, rounds);
      case 'free-pages':
        return usersOf(before, command.head) > 1 ? this.saw('free of a shared block') : undefined;
      case 'get-page':
        return this.saw('user added');
      case 'kswapd':
        return this.#sawKswapd(before, placement, rounds);
    }
  }

  #sawMisuse(misuse: PageMisuse): void {
    this.saw(`rejected ${misuse}`);
  }

  #sawRequest(before: MachineState, command: Request, placement: MachinePlacement, rounds: readonly Round[]): void {
    const { next, outcome, trail, used, woken } = placement;
    for (const { line, zone } of trail) {
      this.saw(line);
      this.saw(`${line} ${zone === undefined ? 'fails' : 'grants'}`);
    }
    const last = trail.at(-1);
    if (woken) this.saw('kswapd woken');
    else if (outcome.kind === 'granted') this.saw('kswapd left asleep');
    if (command.task === 0x800 && last?.line === 'emergency') this.saw('MEMALLOC');
    if (command.task === 0x1000 && last?.line === 'emergency') this.saw('MEMDIE');
    if (outcome.kind === 'granted' && used > 1) this.saw('granted in the second round');
    if (rounds.some(({ freed, success }) => freed.length > 0 && !success)) this.saw('reclaim that failed but freed');
    const kept = rounds.filter(({ freed }) => freed.length > 0).length;
    if (kept > 0 && last?.line !== 'reclaim') this.saw('kept block given back');
    const nodes = before.machine.nodes.length;
    if (outcome.kind === 'stalled' && nodes > 1 && command.kind === 'allocate-pages')
      this.saw('stalled with other nodes left');
    if (outcome.kind === 'exhausted' && nodes > 1 && command.kind === 'allocate-on-node')
      this.saw('one node alone refused');
    if (before.cursor !== next.cursor) this.saw('each node in turn');
    const zone = last?.zone === undefined ? undefined : before.zones[last.zone];
    if (zone === undefined || last === undefined || outcome.kind !== 'granted') return;
    if (before.machine.policy === 'node-local' && zone.node !== command.node) this.saw('another node');
    if (last.line !== 'reclaim') this.#sawFallback(before, command, last.zone ?? 0, last.line);
  }

  #sawFallback(before: MachineState, command: Request, place: number, line: string): void {
    const zone = before.zones[place];
    if (zone === undefined) return;
    const list = zonelistOf(before.zones, zone.node, command.gfp);
    const first = before.zones[list[0] ?? -1];
    if (first !== undefined && first !== zone) this.saw(`${first.name} to ${zone.name}`);
    const sums = (quarter: boolean): number =>
      list.slice(0, list.indexOf(place) + 1).reduce((sum, at) => {
        const min = before.zones[at]?.watermarks.min ?? 0;
        return sum + (quarter ? min >> 2 : min);
      }, sizeOf(command.order));
    if (line === 'min' && !mayWait(command.gfp) && freePages(zone) <= sums(false)) {
      this.saw('quarter that all of pages_min would have refused');
    }
  }

  #sawKswapd(before: MachineState, { next }: MachinePlacement, rounds: readonly Round[]): void {
    for (const [at, zone] of before.zones.entries()) {
      if (!zone.needBalance) continue;
      if (next.zones[at]?.needBalance === true) this.saw('kswapd goes on');
      else this.saw(rounds.some(({ success }) => !success) ? 'kswapd gave a zone up' : 'kswapd balanced a zone');
    }
  }
}
