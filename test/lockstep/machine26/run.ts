/** The lockstep of machines of 2.6.24 as a property of fast-check. */
import fc from 'fast-check';
import { BothMachines26, SOUND26 } from './lockstep.ts';
import { blockOf } from '../machine/run.ts';
import { campaign, mutating } from '../../arbitrary/campaign.ts';
import { gfp, order, pfn } from '../../../spec/unit.ts';
import { intents26, machines26 } from '../../arbitrary/machine26.ts';
import type { Block, Command26, Machine26, Reclaimed26 } from '../../../protocol/index.ts';
import type { Intent26 } from '../../arbitrary/machine26.ts';
import type { Make26, Seen26 } from './lockstep.ts';

/** The command that an intent means now. */
export function commandOf(live: readonly Block[], { zones }: Machine26, intent: Intent26): Command26 {
  const first = zones[0]?.base ?? pfn(0);
  switch (intent.kind) {
    case 'allocate':
      return { kind: 'allocate', gfp: gfp(intent.gfp), order: order(intent.order), task: intent.task };
    case 'free': {
      const [block = { head: first, order: order(0) }] = blockOf(live, intent.pick);
      return { kind: 'free', ...block };
    }
    case 'free-any':
      return { kind: 'free', head: pfn(first + intent.frame), order: order(intent.order) };
    case 'set':
      return intent;
  }
}

/** What the reclaims of an intent free now. */
export const planOf = (live: readonly Block[], intent: Intent26): readonly Reclaimed26[] =>
  intent.kind === 'allocate'
    ? intent.plan.map(({ picks }) => picks.flatMap((pick) => blockOf(live, pick, intent.order)))
    : [];

/** Runs whole machines; returns what was seen how often. A failure is shrunk, but not if the machines are broken on purpose. */
export function runMachines26(runs: number, runsUnderStryker: number, make: Make26 = SOUND26, seed?: number): Seen26 {
  const seen: Seen26 = new Map();
  const shrinks = make === SOUND26 && !mutating;
  fc.assert(
    fc.property(machines26, fc.array(intents26, { maxLength: 250, size: 'max' }), (machine, intents) => {
      const both = new BothMachines26(machine, seen, make);
      for (const intent of intents) both.ask(commandOf(both.live, machine, intent), planOf(both.live, intent));
      for (const block of both.live) both.ask({ kind: 'free', ...block });
      both.invariants();
    }),
    { ...campaign(runs, runsUnderStryker), endOnFailure: !shrinks, ...(seed === undefined ? {} : { seed }) },
  );
  return seen;
}
