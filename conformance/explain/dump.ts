/** What a text says of zones and of a request, in pages, whatever form it was printed in. */
import type { Watermarks } from '../../protocol/index.ts';

/** A zone as it was printed; what was not printed is absent. */
export interface ZonePrint {
  readonly node: number;
  readonly name: string;
  /** The kernel's count of free pages. */
  readonly free?: number;
  readonly marks?: Watermarks;
  readonly present?: number;
  readonly managed?: number;
  /** What is kept from requests of each class. */
  readonly reserve?: readonly number[];
  /** Free blocks by order. */
  readonly blocks?: readonly number[];
  /** The sum that was printed after the blocks. */
  readonly listed?: number;
}

/** How a request ended. */
export type Ending = 'failed' | 'killer';

/** A request that got no page, as the kernel reports it. */
export interface Refusal {
  readonly ending: Ending;
  readonly task: string;
  readonly order: number;
  /** Absent if it was not printed. */
  readonly mask?: number;
  /** The names of the mask's flags, if the kernel printed them. */
  readonly names?: string;
  /** Whether the kernel says that the task was reclaiming memory itself. */
  readonly reclaiming: boolean;
}

/** Whose rules the numbers are held against; `early` is 2.6.0 to 2.6.9, `later` has migrate types, `unknown` prints no marks. */
export type Family = '2.4' | '2.6' | 'early' | 'later' | 'unknown';

/** The form that a text was taken for. */
export type Form =
  | 'page allocation failure'
  | 'out-of-memory dump'
  | 'SysRq-M'
  | 'zoneinfo'
  | 'pagetypeinfo'
  | 'buddyinfo'
  | 'table of drgn'
  | 'report of a request without zones';

/** One state of a machine's zones, and the request before it. */
export interface Dump {
  readonly form: Form;
  readonly family: Family;
  /** Kilobytes of a page. */
  readonly pageKb: number;
  readonly zones: readonly ZonePrint[];
  readonly refusal?: Refusal;
  /** The version that the kernel names itself. */
  readonly version?: string;
  /** Pages of memory, and of high memory, as 2.4 and 2.6 sum them up. */
  readonly ram?: number;
  readonly highmem?: number;
}

/** Returns how a zone is called: with its node, if there are several. */
export const labelOf = ({ name, node }: ZonePrint, zones: readonly ZonePrint[]): string =>
  zones.some((other) => other.node !== node) ? `node ${node} ${name}` : name;

/** Returns the pages in a zone's blocks. */
export const listedPages = (blocks: readonly number[]): number =>
  blocks.reduce((sum, count, of) => sum + count * 2 ** of, 0);
