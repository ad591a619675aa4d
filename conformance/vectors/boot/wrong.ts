/** Answers of boot memory that refute a clause. */
import { BOOT_CLAUSE_OF, bootmem, placeBoot } from '../../../spec/index.ts';
import { handedOver, runsOf, waits } from './world.ts';
import { refuteAnswer } from '../../kinds/boot/oracle.ts';
import { parseBootResult } from '../../kinds/boot/wire.ts';
import type { Boot } from '../../../spec/index.ts';
import type { BootCommand, Clause } from '../../../protocol/index.ts';
import type { BootProfile } from './profile.ts';
import type { Refuting, Situation } from '../plan.ts';
import type { Wrong } from '../form.ts';

/** Returns the sequences of pages that a wrong retirement may hand over: one too few, one twice, one too many, another order. */
function wrongPages(boot: Boot, command: BootCommand): readonly string[] {
  const pages = handedOver(boot, command);
  const state = command.node === 'any' ? undefined : boot[command.node];
  const taken =
    state === undefined ? [] : bootmem.pagesIn(bootmem.bytesOf(state.node)).filter((page) => !pages.includes(page));
  return [pages.slice(0, -1), [...pages, ...pages.slice(-1)], [...pages, ...taken.slice(0, 1)], pages.toReversed()].map(
    runsOf,
  );
}

/** Returns the addresses that are worth trying: of each page, beside it, where something is taken and after it, and outside. */
const addressesOf = (boot: Boot, align: number): readonly number[] => [
  ...new Set(
    boot.flatMap(({ end, node, taken }) => {
      const [from, to] = bootmem.bytesOf(node);
      const pages = bootmem.pagesIn([from, to]).map((page) => page * bootmem.PAGE);
      const after = [end + align, ...taken.map(([, last]) => last)].map((byte) => bootmem.alignedUp(byte, align));
      return [...pages, end, ...taken.flat(), from + 8, to, ...after];
    }),
  ),
];

/** Returns every answer that is worth trying. */
function candidates(boot: Boot, command: BootCommand): readonly string[] {
  const misuses = Object.keys(BOOT_CLAUSE_OF).map((misuse) => `!${misuse}`);
  if (command.kind === 'retire') return [...wrongPages(boot, command), '.', ...misuses];
  if (command.kind === 'allocate') return ['-', ...addressesOf(boot, command.align).map(String), '.', ...misuses];
  const pages = boot.map(({ node }) => `w${node.start}`);
  return ['.', ...pages, '-', ...misuses];
}

/** Returns the answers to the last command that are not permitted: the first that refutes each clause. */
export function wrongAnswers(
  { claims }: BootProfile,
  { answers, world }: Situation<Boot, BootCommand>,
  last: BootCommand,
  permitted: ReadonlySet<string>,
): readonly Refuting[] {
  const mapPages = (node: number): number => {
    const state = world[node];
    return state === undefined ? 0 : bootmem.mapPagesOf(state.node);
  };
  const moment = { boot: world, command: last, right: placeBoot(world, last, waits) };
  const found = new Map<Clause, Wrong>();
  for (const shown of candidates(world, last)) {
    if (permitted.has(shown)) continue;
    const refuted = refuteAnswer(claims, moment, parseBootResult(last, shown, mapPages));
    if (refuted === undefined || found.has(refuted.clause)) continue;
    found.set(refuted.clause, { where: 'answer', after: answers, shown, because: refuted.facts });
  }
  return [...found];
}
