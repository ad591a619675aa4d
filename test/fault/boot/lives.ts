/** Lives of boot memory drawn at random: opened or not, and retired at the end. */
import fc from 'fast-check';
import { bootCommandOf, bootIntents, bootNodes } from '../../arbitrary/boot.ts';
import { PAGE, addressOf } from '../../../spec/boot/state.ts';
import { pfn } from '../../../spec/unit.ts';
import type { BootCommand, BootNode } from '../../../protocol/index.ts';

const SEED = 20240422;

const whole = ({ end, start }: BootNode, node: number): BootCommand => ({
  kind: 'free',
  node,
  address: addressOf(start),
  size: addressOf(pfn(end - start)),
});
const itsMap = ({ map }: BootNode, node: number): BootCommand => ({
  kind: 'reserve',
  node,
  address: addressOf(map),
  size: PAGE,
});

/** Returns some lives, always the same: nodes, and what is asked of them. */
export function bootLives(
  count: number,
): readonly (readonly [nodes: readonly BootNode[], commands: readonly BootCommand[]])[] {
  const drawn = fc.sample(fc.tuple(bootNodes, fc.boolean(), bootIntents), { numRuns: count, seed: SEED });
  return drawn.map(([nodes, opened, intents]) => [
    nodes,
    [
      ...(opened ? [...nodes.map(whole), ...nodes.map(itsMap)] : []),
      ...intents.map((intent) => bootCommandOf(nodes, intent)),
      ...nodes.map(itsMap),
      ...nodes.map((_, node): BootCommand => ({ kind: 'retire', node })),
    ],
  ]);
}
