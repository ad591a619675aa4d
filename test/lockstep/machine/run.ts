/** The lockstep of machines as a property of fast-check. */
import fc from 'fast-check';
import { BothMachines } from './lockstep.ts';
import { MachineCoverage } from './coverage.ts';
import { SOUND, Scripted } from './real.ts';
import { campaign, mutating } from '../../arbitrary/campaign.ts';
import { gfp, nodeId, order, pfn, taskFlags } from '../../../spec/unit.ts';
import { machineIntents, machines } from '../../arbitrary/machine.ts';
import type { Block, Machine, PageCommand, Round } from '../../../protocol/index.ts';
import type { Make } from './real.ts';
import type { MachineIntent, Pick, PlannedRound } from '../../arbitrary/machine.ts';

/** The block that a pick means now; none where nothing is live. */
export function blockOf(live: readonly Block[], { alike, nth, wrong }: Pick, wanted = 0): readonly Block[] {
  const same = alike ? live.filter((one) => one.order === wanted) : live;
  const block = same[nth % Math.max(1, same.length)];
  if (block === undefined) return [];
  return [wrong ? { head: block.head, order: order(block.order + 1) } : block];
}

const roundsOf = (live: readonly Block[], plan: readonly PlannedRound[], wanted: number): readonly Round[] =>
  plan.map(({ picks, success }) => ({ freed: picks.flatMap((pick) => blockOf(live, pick, wanted)), success }));

/** What the reclaims of an intent free now. */
export const planOf = (live: readonly Block[], intent: MachineIntent): readonly Round[] =>
  'plan' in intent ? roundsOf(live, intent.plan, 'order' in intent ? intent.order : 0) : [];

/** The command that an intent means now. */
export function commandOf(live: readonly Block[], { nodes }: Machine, intent: MachineIntent): PageCommand {
  const first = nodes.flatMap(({ zones }) => zones)[0]?.base ?? pfn(0);
  switch (intent.kind) {
    case 'allocate': {
      const { bound } = intent;
      const [mask, of] = [gfp(intent.gfp), order(intent.order)];
      const node = nodeId(intent.node >= 0 && intent.node <= 5 ? intent.node % nodes.length : intent.node);
      const task = taskFlags(intent.task);
      return { kind: bound ? 'allocate-on-node' : 'allocate-pages', gfp: mask, order: of, node, task };
    }
    case 'free': {
      const [block = { head: first, order: order(0) }] = blockOf(live, intent.pick);
      return { kind: 'free-pages', ...block };
    }
    case 'free-any':
      return { kind: 'free-pages', head: pfn(first + intent.frame), order: order(intent.order) };
    case 'get': {
      const block = live[intent.nth % Math.max(1, live.length)];
      const frame = intent.any || block === undefined ? pfn(first + (intent.nth % 300)) : block.head;
      return { kind: 'get-page', head: frame };
    }
    case 'kswapd':
      return { kind: 'kswapd' };
  }
}

/** Frees every block, as often as it has users. */
export function emptyMachine(both: BothMachines): void {
  const most = 10_000;
  for (let n = 0; n < most && both.live[0] !== undefined; n++) both.ask({ kind: 'free-pages', ...both.live[0] });
  if (both.live.length > 0) throw new Error('blocks are left after every one of them was freed');
}

/**
 * Runs whole machines with a reclaimer that frees what the test says; returns what was exercised. A failure is shrunk, but under
 * Stryker, and by default if the machines are broken on purpose: there it is enough that it is found.
 */
export function runMachines(
  most: number,
  runs: number,
  runsUnderStryker: number,
  make: Make = SOUND,
  seed?: number,
  shrinks: boolean = make === SOUND && !mutating,
): MachineCoverage {
  const seen = new MachineCoverage();
  fc.assert(
    fc.property(machines, fc.array(machineIntents, { maxLength: most, size: 'max' }), (machine, intents) => {
      const reclaimer = new Scripted();
      const both = new BothMachines(machine, reclaimer, seen, make);
      for (const intent of intents) {
        reclaimer.tell(planOf(both.live, intent));
        both.ask(commandOf(both.live, machine, intent));
      }
      emptyMachine(both);
      both.invariants();
    }),
    { ...campaign(runs, runsUnderStryker), endOnFailure: !shrinks, ...(seed === undefined ? {} : { seed }) },
  );
  return seen;
}
