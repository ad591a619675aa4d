/** Why a combination of options cannot be meant: an option that does nothing where it is given is an error. */
import { KINDS } from '../kinds/all.ts';
import type { CheckFlags, TargetFlags } from './options.ts';
import { claimsOf } from '../judge/terms.ts';
import type { AnyKind } from '../judge/kind.ts';
import type { Judgement } from '../judge/judgement.ts';

const ARENAS = ['pages', 'orders', 'base'] as const;
const SEARCH = ['seed', 'cases', 'ops', 'jobs', 'shard', ...ARENAS] as const;

/** What is wrong with options that every judging command has, for these kinds. */
export function refuseCommon(
  command: readonly string[],
  { claim, noClaim, reference }: TargetFlags,
  kinds: readonly AnyKind[],
): string | undefined {
  if (reference !== undefined && command.length > 0) return '--reference does nothing where a command is given';
  const idle = [...claim, ...noClaim].find((one) => !kinds.some((kind) => kind.claims.includes(one)));
  if (idle !== undefined) return `${idle} is no claim of ${kinds.map(({ title }) => title).join(' or ')}`;
  return undefined;
}

/** What is wrong with the options of a search. */
export function refuseCheck(command: readonly string[], flags: CheckFlags): string | undefined {
  const { exhaustive, kind = KINDS } = flags;
  // One process is what those have that cannot be shared.
  const jobs = flags.jobs === 1 ? undefined : flags.jobs;
  const given = (names: readonly (typeof SEARCH)[number][]): string | undefined =>
    names.find((name) => (name === 'jobs' ? jobs : flags[name]) !== undefined);
  if (exhaustive !== undefined) {
    const idle = given(SEARCH.filter((name) => name !== 'shard'));
    if (idle !== undefined) return `--${idle} does nothing beside --exhaustive`;
    if (!kind.some(({ name }) => name === 'buddy')) return '--exhaustive is for the kind buddy';
  }
  if (flags.fix && flags.expect === undefined) return '--fix does nothing without --expect FILE';
  if (flags.expect !== undefined && flags.shard !== undefined)
    return '--expect is for a whole search, not for a part of one';
  const alone = flags.expect !== undefined ? '--expect' : flags.all ? '--all' : undefined;
  if (alone !== undefined && jobs !== undefined)
    return `--jobs does nothing beside ${alone}: one process goes on after what it found`;
  if (flags.worst && !kind.some(({ name }) => name === 'buddy')) return '--worst is for the kind buddy';
  if (flags.worst && flags.shard !== undefined) return '--worst is for a whole search, not for a part of one';
  const arena = kind.some(({ name }) => name === 'buddy' || name === 'smp') ? undefined : given(ARENAS);
  if (arena !== undefined) return `--${arena} is for the kinds buddy and smp`;
  return refuseCommon(command, flags, kind);
}

/** What is wrong with claims that were added on the command line: with those of the hello they contradict each other. */
export function refuseClaims({ failure, hello }: Judgement, { claim, noClaim }: TargetFlags): string | undefined {
  if (hello === undefined || failure === undefined || claim.length === 0) return undefined;
  for (const { contradiction } of KINDS) {
    const refused = contradiction?.(claimsOf(hello, { claim, noClaim }));
    const itself = contradiction?.(claimsOf(hello, { claim: [], noClaim }));
    if (refused !== undefined && itself === undefined) return `--claim: ${refused}`;
  }
  return undefined;
}
