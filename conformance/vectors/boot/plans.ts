/** The vectors of boot memory: which profiles are held against which nodes, and the states that they are asked in. */
import { BOOT_PROFILES, shapesOf } from './profile.ts';
import { bootToken } from '../../kinds/boot/wire.ts';
import { goOn, reachable } from '../plan.ts';
import { keyOf, linuxOf, nextOf } from './world.ts';
import { leads, misuses, opening, ranges, requests, retirements, wholePages } from './commands.ts';
import { startBoot } from '../../../spec/index.ts';
import { wrongAnswers } from './wrong.ts';
import type { Boot } from '../../../spec/index.ts';
import type { BootCommand, BootNode } from '../../../protocol/index.ts';
import type { BootProfile } from './profile.ts';
import type { Plan, Reach, Rules, Situation } from '../plan.ts';

type Here = Situation<Boot, BootCommand>;

/** Bounds of what is gone through. */
const REACH: Reach = { operations: 3, situations: 150 };

/** A node of more pages is not retired if its pages may be handed over in any sequence: too many are permitted. */
const MOST_SEQUENCED = 3;

/** Returns the commands that a profile has. */
function commandsIn({ misuse, placed }: BootProfile, boot: Boot): readonly BootCommand[] {
  const retired = placed || boot.every(({ node }) => node.end - node.start <= MOST_SEQUENCED);
  return [
    ...(placed ? requests(boot) : wholePages(boot)),
    ...(placed || misuse ? ranges(boot) : ranges(boot).slice(0, 2)),
    ...(retired ? retirements(boot) : []),
    ...(misuse ? misuses(boot) : []),
  ];
}

/** Returns the situations near the beginning, where everything is reserved, and those near the one in which the nodes are open. */
function groupsOf(
  profile: BootProfile,
  rules: Rules<Boot, BootCommand>,
  nodes: readonly BootNode[],
): readonly (readonly Here[])[] {
  const begin: Here = { world: startBoot(nodes), script: [], answers: [] };
  const open = opening(nodes).reduce((one, command) => goOn(rules, one, command) ?? one, begin);
  return [begin, open].map((one) =>
    reachable(rules, one, (boot) => (profile.placed ? leads(boot) : commandsIn(profile, boot)), REACH),
  );
}

/** Returns a profile and nodes as they stand in an id. */
const planName = ({ name }: BootProfile, nodes: readonly BootNode[]): string =>
  `${name}/${nodes.map(({ end, map, start }) => `${start}-${end}m${map}`).join('+')}`;

function planOf(profile: BootProfile, nodes: readonly BootNode[]): Plan<Boot, BootCommand> {
  const rules: Rules<Boot, BootCommand> = {
    nextOf: (boot, command) => nextOf(profile, boot, command),
    follow: (boot, command) => linuxOf(profile, boot, command),
    keyOf,
    wordsOf: (command) => [bootToken(command)],
  };
  return {
    ...rules,
    name: planName(profile, nodes),
    needs: ['boot', ...(profile.misuse ? ['boot:misuse'] : []), ...profile.claims],
    given: () => ({ kind: 'boot', boot: nodes.map(({ end, map, start }) => [start, end, map] as const) }),
    begin: startBoot(nodes),
    groups: groupsOf(profile, rules, nodes),
    enough: profile.placed
      ? { shows: profile.shows, endOf: ({ last, permitted: [only] }) => `${bootToken(last)} ${only?.answer ?? ''}` }
      : { most: (clause) => (profile.shows(clause) ? 3 : 0) },
    lastOf: ({ world }) => commandsIn(profile, world),
    wrongs: (situation, { last, permitted }) => {
      const right = new Set(permitted.map(({ answer }) => answer));
      const all = wrongAnswers(profile, situation, last, right);
      // what is taken may not be granted anyhow: beside Linux's placement it is worth a vector where nothing may be granted
      return profile.placed && !right.has('-') ? all.filter(([clause]) => clause !== 'BOOT-10') : all;
    },
    isPlain: (_, permits) =>
      profile.misuse || permits.flat().every((state) => Object.keys(state).every((answer) => !answer.startsWith('!'))),
  };
}

/** Returns what vectors are made of, in the sequence of profiles and nodes. */
export const bootPlans = (): readonly Plan<Boot, BootCommand>[] =>
  BOOT_PROFILES.flatMap((profile) => shapesOf(profile).map((nodes) => planOf(profile, nodes)));
