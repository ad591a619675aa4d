import type { Done } from './compare.ts';
import type { MachineState } from '../../../spec/index.ts';
import type { PageCommand } from '../../../protocol/index.ts';

/** What a run over machines must have seen before it says that one conforms. */
export const MACHINE_SIGHTS = [
  'machine ready',
  'grant',
  'refusal',
  'stalled',
  'grant after reclaim',
  'grant from a lower zone',
  'grant from another node',
  'zone asking to be balanced',
  'zone balanced by kswapd',
  'free of a shared block',
] as const;

export type MachineSight = (typeof MACHINE_SIGHTS)[number];

const zoneOf = ({ zones }: MachineState, frame: number): MachineState['zones'][number] | undefined =>
  zones.find(({ placed: { state } }) => frame >= state.arena.base && frame < state.arena.base + state.arena.pages);

const WANTED = ['Normal', 'DMA', 'HighMem', 'DMA'];

/** How often a run saw each of them. */
export class MachineSightings {
  readonly counts: Record<MachineSight, number> = {
    'machine ready': 0,
    grant: 0,
    refusal: 0,
    stalled: 0,
    'grant after reclaim': 0,
    'grant from a lower zone': 0,
    'grant from another node': 0,
    'zone asking to be balanced': 0,
    'zone balanced by kswapd': 0,
    'free of a shared block': 0,
  };
  operations = 0;

  missing(): readonly MachineSight[] {
    return MACHINE_SIGHTS.filter((sight) => this.counts[sight] === 0);
  }

  saw(before: MachineState, after: MachineState, command: PageCommand, { outcome, rounds }: Done): void {
    const { counts } = this;
    this.operations++;
    const asks = ({ zones }: MachineState): number => zones.filter(({ needBalance }) => needBalance).length;
    if (asks(after) > asks(before)) counts['zone asking to be balanced']++;
    if (command.kind === 'kswapd' && asks(after) < asks(before)) counts['zone balanced by kswapd']++;
    if (command.kind === 'free-pages' && before.shared.has(command.head)) counts['free of a shared block']++;
    if (outcome.kind === 'stalled') counts.stalled++;
    if (outcome.kind === 'exhausted') counts.refusal++;
    if (outcome.kind !== 'granted' || !('gfp' in command)) return;
    counts.grant++;
    if (rounds.length > 0) counts['grant after reclaim']++;
    const zone = zoneOf(before, outcome.head);
    if (zone !== undefined && zone.name !== WANTED[command.gfp % 4]) counts['grant from a lower zone']++;
    if (zone !== undefined && zone.node !== command.node) counts['grant from another node']++;
  }
}
