/** When a command of boot memory is misuse, and which clause it breaks. */
import { bytesOf, handedOver, inward, isPageTaken, mapOf, outward, pageSizeOf, pagesIn } from './state.ts';
import { isWhole } from '../arithmetic.ts';
import type { Boot, Bootmem } from './state.ts';
import type { BootCommand, BootMisuse, BootRejection, Clause, Pfn } from '../../protocol/index.ts';

/** The clause that each misuse of boot memory breaks. */
export const BOOT_CLAUSE_OF: Readonly<Record<BootMisuse, Clause>> = {
  'no-such-node': 'BOOT-7',
  retired: 'RETIRE-4',
  'no-such-size': 'BOOT-7',
  'no-such-alignment': 'BOOT-7',
  'no-such-address': 'BOOT-7',
  'out-of-range': 'BOOT-6',
  'free-page': 'BOOT-4',
  'map-not-reserved': 'RETIRE-3',
  'no-zone': 'RETIRE-5',
};

/** Returns the answer that rejects a misuse. */
export const bootRejected = (misuse: BootMisuse): BootRejection => ({
  kind: 'rejected',
  misuse,
  clause: BOOT_CLAUSE_OF[misuse],
});

const MOST_BYTES = 2 ** 52;

/** Reports whether a number can be an address, and whether it can be a size. @clause BOOT-7 */
const isAddress = (n: number): boolean => isWhole(n) && n < MOST_BYTES;
const isSize = (n: number): boolean => isAddress(n) && n > 0;

/** Reports whether a number can be an alignment: a power of two within the range of addresses. @clause BOOT-7 */
const isAlignment = (n: number): boolean => isSize(n) && 2 ** Math.round(Math.log2(n)) === n;

/** Reports whether a zone waits for a page. Only the zones know. */
export type Waits = (page: Pfn) => boolean;

type Sized = Extract<BootCommand, { address: number }>;

/** @clause BOOT-4 @clause BOOT-6 @clause BOOT-7 */
function rangeMisuse(state: Bootmem, { kind, address, size }: Sized): BootMisuse | undefined {
  if (!isSize(size)) return 'no-such-size';
  if (!isAddress(address)) return 'no-such-address';
  const [first, end] = bytesOf(state.node);
  const page = pageSizeOf(state.node);
  const [from, to] = kind === 'reserve' ? outward(address, size, page) : inward(address, size, page);
  if (from < first || to > end) return 'out-of-range';
  if (kind === 'reserve') return undefined;
  return pagesIn([from, to], page).some((one) => !isPageTaken(state, one)) ? 'free-page' : undefined;
}

/** @clause RETIRE-3 @clause RETIRE-5 */
function retirementMisuse(state: Bootmem, waits: Waits): BootMisuse | undefined {
  if (pagesIn(mapOf(state.node), pageSizeOf(state.node)).some((page) => !isPageTaken(state, page)))
    return 'map-not-reserved';
  const { free, map } = handedOver(state);
  return [...free, ...map].every(waits) ? undefined : 'no-zone';
}

/** Returns the nodes that a command may use: all that are not retired, or of these the one that it names. @clause BOOT-8 @clause RETIRE-4 */
export const nodesOf = (boot: Boot, { node }: BootCommand): readonly Bootmem[] =>
  boot.filter(({ retired }, n) => !retired && (node === 'any' || n === node));

/** Returns how a command of an existing node is misuse; undefined if it is legal. @clause BOOT-4 @clause BOOT-6 @clause BOOT-7 */
function misuseOf(state: Bootmem, command: BootCommand, waits: Waits): BootMisuse | undefined {
  switch (command.kind) {
    case 'reserve':
    case 'free':
      return rangeMisuse(state, command);
    case 'allocate':
      if (!isSize(command.size)) return 'no-such-size';
      if (!isAlignment(command.align)) return 'no-such-alignment';
      return isAddress(command.goal) ? undefined : 'no-such-address';
    case 'retire':
      return retirementMisuse(state, waits);
  }
}

/** Returns the first node that a legal command may use, or how the command is misuse. @clause RETIRE-4 */
export function legalNode(boot: Boot, command: BootCommand, waits: Waits): Bootmem | BootMisuse {
  const { node } = command;
  if (node !== 'any' && boot.every((_, n) => n !== node)) return 'no-such-node';
  const [state] = nodesOf(boot, command);
  if (state === undefined) return 'retired';
  return misuseOf(state, command, waits) ?? state;
}

/**
 * Returns how a command is misuse; undefined if it is legal.
 * @clause BOOT-4 @clause BOOT-6 @clause BOOT-7 @clause RETIRE-3 @clause RETIRE-4 @clause RETIRE-5
 */
export function bootMisuse(boot: Boot, command: BootCommand, waits: Waits): BootMisuse | undefined {
  const found = legalNode(boot, command, waits);
  return typeof found === 'string' ? found : undefined;
}
