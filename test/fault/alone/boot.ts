/** Lives of boot memory: that of its slip, then some drawn at random; after every command each invariant is asked. */
import { bootInvariants, handOverInvariants, lastPageIsTaken, snapshotBoot } from '../../../invariants/index.ts';
import { bootLives } from '../boot/lives.ts';
import { broken24 } from '../matrix/fuelled.ts';
import type { Alone, Known } from './alone.ts';
import type { BootCommand, BootNode } from '../../../protocol/index.ts';
import type { BootPort } from '../../../conformance/kinds/boot/port.ts';
import type { BootSlip } from '../boot/slip.ts';
import type { Broken } from '../load.ts';

/** Every invariant of boot memory: of a moment, of a step, of a retirement. */
export const OF_BOOT: readonly Known[] = [lastPageIsTaken, ...bootInvariants, ...handOverInvariants];

const LIVES = 40;

/** Asks boot memory some commands, as long as it answers. */
async function live(
  port: BootPort,
  nodes: readonly BootNode[],
  commands: readonly BootCommand[],
  alone: Alone,
): Promise<void> {
  alone.calls++;
  const { kind } = await port.open(nodes);
  if (kind === 'failed') alone.stops++;
  if (kind !== 'ready') return;
  for (const command of commands) {
    const shown = port.shown();
    if (shown === undefined) return;
    const { memory, zones } = shown;
    const before = snapshotBoot(memory);
    alone.calls++;
    const result = await port.run(command, () => 1);
    if (result.kind !== 'answer') {
      alone.stops++;
      return;
    }
    const { outcome } = result;
    alone.ask([lastPageIsTaken], memory);
    alone.ask(bootInvariants, { before, command, outcome, after: memory });
    if (command.kind !== 'retire' || outcome.kind !== 'retired') continue;
    const is = (_: unknown, n: number): boolean => n === command.node;
    alone.ask(handOverInvariants, { nodes: memory.nodes.filter(is), zones: zones.filter(is) });
  }
}

/** Has the boot memory of broken sources live. */
export async function watchBoot(broken: Broken, { life, nodes }: BootSlip, alone: Alone): Promise<void> {
  const port = broken24(broken, 'inside').ports['boot'] as BootPort;
  await live(port, nodes, life, alone);
  for (const [drawn, commands] of bootLives(LIVES)) await live(port, drawn, commands, alone);
}
