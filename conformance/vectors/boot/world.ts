/** What boot memory may answer, as words of the protocol. */
import { bootMisuse, bootmem, placeBoot, stepBoot } from '../../../spec/index.ts';
import type { Boot } from '../../../spec/index.ts';
import type { BootCommand, BootOutcome, Pfn } from '../../../protocol/index.ts';
import type { BootProfile } from './profile.ts';
import type { Next } from '../plan.ts';

/** Every page waits for its node's retirement. */
export const waits = (): boolean => true;

/** Returns pages as runs that are as long as can be. */
export function runsOf(pages: readonly Pfn[]): string {
  const runs: [first: number, count: number][] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last !== undefined && last[0] + last[1] === page) last[1]++;
    else runs.push([page, 1]);
  }
  return `h${runs.map(([first, count]) => `${first}+${count}`).join(',')}`;
}

/** Returns pages in every sequence. */
const sequencesOf = (pages: readonly Pfn[]): readonly (readonly Pfn[])[] =>
  pages.length === 0
    ? [[]]
    : pages.flatMap((first, at) => sequencesOf(pages.toSpliced(at, 1)).map((rest) => [first, ...rest]));

/** Returns the pages that a retirement hands over, in the order of Linux. */
export function handedOver(boot: Boot, { node }: BootCommand): readonly Pfn[] {
  const state = node === 'any' ? undefined : boot[node];
  if (state === undefined) return [];
  const { free, map } = bootmem.handedOver(state);
  return [...free, ...map];
}

/** Returns an outcome as the words that say it: pages may be handed over in several sequences. */
function wordsOf({ placed }: BootProfile, boot: Boot, command: BootCommand, outcome: BootOutcome): readonly string[] {
  switch (outcome.kind) {
    case 'granted':
      return [String(outcome.address)];
    case 'exhausted':
      return ['-'];
    case 'done':
      return ['.'];
    case 'warned':
      return [`w${outcome.pages.join(',')}`];
    case 'rejected':
      return [`!${outcome.misuse}`];
    case 'retired': {
      const pages = handedOver(boot, command);
      return placed ? [runsOf(pages)] : sequencesOf(pages).map(runsOf);
    }
  }
}

/** Returns every permitted answer to a command. */
export function nextOf(profile: BootProfile, boot: Boot, command: BootCommand): readonly Next<Boot>[] {
  const permitted = profile.placed ? [placeBoot(boot, command, waits)] : stepBoot(boot, command, waits);
  const isRequest = command.kind === 'allocate' && bootMisuse(boot, command, waits) === undefined;
  const mayRefuse =
    isRequest && !profile.claims.has('complete') && permitted.every(({ outcome }) => outcome.kind !== 'exhausted');
  const refusal = { outcome: { kind: 'exhausted' }, next: boot } as const;
  return [...permitted, ...(mayRefuse ? [refusal] : [])].flatMap(({ next, outcome }) =>
    wordsOf(profile, boot, command, outcome).map((answer) => ({ answer, world: next })),
  );
}

/** Returns what Linux answers, if it is not misuse. */
export function linuxOf(profile: BootProfile, boot: Boot, command: BootCommand): Next<Boot> | undefined {
  const [next] = nextOf({ ...profile, placed: true }, boot, command);
  return next?.answer.startsWith('!') === true ? undefined : next;
}

/** Returns what tells boot memory in one state from another. */
export const keyOf = (boot: Boot): string =>
  JSON.stringify(boot.map(({ end, retired, taken }) => [taken, end, retired]));
