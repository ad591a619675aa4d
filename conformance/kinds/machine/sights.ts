/** What is worth seeing in a run over machines. */
import type { Coverage } from '../../judge/coverage.ts';
import type { Done } from './compare.ts';
import type { MachineState } from '../../../spec/index.ts';
import type { PageCommand } from '../../../protocol/index.ts';

/** What a run over machines must have seen before it says that one conforms. */
export const MACHINE_MUST = [
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

/** What is worth seeing, in the order of reports. */
export const MACHINE_SIGHTS: readonly MachineSight[] = [
  ...MACHINE_MUST,
  'machine unsupported',
  'machine compared',
  'zone compared',
  'invariants held',
];

export type MachineSight =
  (typeof MACHINE_MUST)[number] | 'machine unsupported' | 'machine compared' | 'zone compared' | 'invariants held';

/** How often a run over machines saw each of them. */
export type MachineCoverage = Coverage<MachineSight>;

const zoneOf = ({ zones }: MachineState, frame: number): MachineState['zones'][number] | undefined =>
  zones.find(({ placed: { state } }) => frame >= state.arena.base && frame < state.arena.base + state.arena.pages);

const WANTED = ['Normal', 'DMA', 'HighMem', 'DMA'];

const asking = ({ zones }: MachineState): number => zones.filter(({ needBalance }) => needBalance).length;

/** Counts what a step showed. */
export function noteStep(
  coverage: MachineCoverage,
  [before, after]: readonly [MachineState, MachineState],
  command: PageCommand,
  { outcome, rounds }: Done,
): void {
  const { counts } = coverage;
  coverage.operations++;
  if (asking(after) > asking(before)) counts['zone asking to be balanced']++;
  if (command.kind === 'kswapd' && asking(after) < asking(before)) counts['zone balanced by kswapd']++;
  if (command.kind === 'free-pages' && before.shared.has(command.head)) counts['free of a shared block']++;
  if (outcome.kind === 'stalled') counts.stalled++;
  if (outcome.kind === 'exhausted') {
    counts.refusal++;
    coverage.refusals++;
  }
  if (outcome.kind !== 'granted' || !('gfp' in command)) return;
  counts.grant++;
  if (rounds.length > 0) counts['grant after reclaim']++;
  const zone = zoneOf(before, outcome.head);
  if (zone !== undefined && zone.name !== WANTED[command.gfp % 4]) counts['grant from a lower zone']++;
  if (zone !== undefined && zone.node !== command.node) counts['grant from another node']++;
}
