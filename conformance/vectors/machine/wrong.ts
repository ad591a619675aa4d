/** What refutes a clause on a machine: answers, and reports of its zones. */
import { refuteReports, refuteStep } from '../../kinds/machine/oracle.ts';
import { parseResult } from '../../kinds/machine/operation.ts';
import { commandOf, machineWords, roundsOf } from './world.ts';
import { placeMachine, zone } from '../../../spec/index.ts';
import type { Clause, Counterexample } from '../../../protocol/index.ts';
import type { MachineOperation } from '../../kinds/machine/operation.ts';
import type { MachineProfile } from './profile.ts';
import type { MachineShows, Wrong } from '../form.ts';
import type { Last, Refuting, Situation } from '../plan.ts';
import type { World } from './world.ts';

/** Returns what must be shown of a machine. */
export const showsOf = ({ state }: World): MachineShows => ({
  zones: state.zones.map((one) => [zone.freePages(one), one.needBalance] as const),
});

/** Returns reports that are wrong in one zone: one page too many, and the other answer to whether it asks to be balanced. */
function wrongReports({ zones }: MachineShows): readonly MachineShows['zones'][] {
  return zones.flatMap(([free, asks], at) => [zones.with(at, [free + 1, asks]), zones.with(at, [free, !asks])]);
}

/** Returns every answer that is worth trying: a block or another, and more or fewer reclaims, with and without kswapd woken. */
function candidates({ state }: World, right: string): readonly string[] {
  const frames = state.zones.flatMap(({ placed }) => {
    const { base, pages } = placed.state.arena;
    return [base, base + 1, base + pages - 1];
  });
  const last = Math.max(
    ...state.zones.map(
      ({
        placed: {
          state: { arena },
        },
      }) => arena.base + arena.pages,
    ),
  );
  const bare = right.replace(/[/w].*$/u, '');
  const [, reclaims = '0'] = /\/(\d+)/u.exec(right) ?? [];
  const more = `${bare}/${Number(reclaims) + 1}${right.endsWith('w') ? 'w' : ''}`;
  const woken = right.endsWith('w') ? right.slice(0, -1) : `${right}w`;
  const rest = right.slice(bare.length);
  const others = ['-', '~', ...new Set(frames), last].map((answer) => `${answer}${rest}`);
  return [...others, woken, more, '.'];
}

/** Returns what tries an answer to the last operation: why it is wrong; undefined if it is permitted, or none. */
function refuting(
  { claims, placed }: MachineProfile,
  world: World,
  last: MachineOperation,
): (said: string) => Counterexample | undefined {
  const command = commandOf(world, last);
  const plan = 'plan' in last ? roundsOf(world, last.plan) : [];
  const right = placed && command !== undefined ? placeMachine(world.state, command, plan) : undefined;
  return (said) => {
    const read = parseResult(said, 1);
    if (read.kind === 'malformed' || command === undefined) return undefined;
    const { outcome, reclaims, woken } = read.value;
    if (outcome.kind === 'nonsense') return undefined;
    const rounds = Array.from({ length: reclaims }, (_, n) => plan[n] ?? { freed: [], success: false });
    return refuteStep(claims, world.state, command, { outcome, rounds, woken }, right);
  };
}

/** Returns what refutes a clause after the last operation: the first answer, or else report of zones, for each clause. */
export function wrongsOf(
  profile: MachineProfile,
  { answers, world }: Situation<World, MachineOperation>,
  { last, permitted }: Last<World, MachineOperation>,
): readonly Refuting[] {
  const found = new Map<Clause, Wrong>();
  const note = (refuted: Counterexample | undefined, wrong: Omit<Wrong, 'because'>): void => {
    if (refuted === undefined || found.has(refuted.clause)) return;
    found.set(refuted.clause, { ...wrong, because: refuted.facts });
  };
  const refute = refuting(profile, world, last);
  const right = new Set(permitted.map(({ answer }) => answer));
  const planned = machineWords(last)
    .slice(1)
    .map(() => '.');
  const after = [...answers, ...planned];
  const [only] = permitted;
  if (only === undefined) return [];
  for (const shown of candidates(world, only.answer)) {
    if (!right.has(shown)) note(refute(shown), { where: 'answer', after, shown });
  }
  for (const report of profile.placed ? wrongReports(showsOf(only.world)) : []) {
    const shown = JSON.stringify(report);
    note(refuteReports(only.world.state, report), { where: 'zones', after: [...after, only.answer], shown });
  }
  return [...found];
}
