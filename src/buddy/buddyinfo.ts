// Text of /proc/buddyinfo and /proc/zoneinfo of 2.6: printed from a machine, and buddyinfo read back.
import { freeBlockCounts } from './fragmentation.ts';
import { existing } from './shape.ts';
import type { MachineObservation } from '../../protocol/index.ts';

/** One line of /proc/buddyinfo. */
export interface BuddyinfoLine {
  readonly node: number;
  readonly zone: string;
  /** Free blocks by order. */
  readonly blocks: readonly number[];
}

/** Prints a line as the kernel does: the zone's name right-aligned in eight columns, each number in six. @linux mm/vmstat.c frag_show (2.6.24) */
export const printBuddyinfoLine = ({ node, zone, blocks }: BuddyinfoLine): string =>
  `Node ${node}, zone ${zone.padStart(8)} ${blocks.map((count) => `${String(count).padStart(6)} `).join('')}`;

/** Prints a machine's free blocks as /proc/buddyinfo of 2.6 does, a line per zone. */
export const buddyinfo = ({ zones }: MachineObservation): string =>
  zones
    .map(({ buddy, name, node }) => `${printBuddyinfoLine({ node, zone: name, blocks: freeBlockCounts(buddy) })}\n`)
    .join('');

/**
 * Prints a machine's zones with their watermarks, as /proc/zoneinfo of 2.6 begins.
 * @linux mm/vmstat.c zoneinfo_show (2.6.24)
 * @departure ZONEINFO what 2.4 has no counterpart of is left out: pages scanned, counters of events, pages set aside for each CPU
 */
export const zoneinfo = ({ zones }: MachineObservation): string =>
  zones
    .map(({ buddy, watermarks, name, node }) => {
      const rows: readonly (readonly [string, number])[] = [
        ['  pages free     ', buddy.freeCount],
        ['        min      ', watermarks.min],
        ['        low      ', watermarks.low],
        ['        high     ', watermarks.high],
        ['        spanned  ', buddy.arena.pages],
        ['        present  ', existing(buddy.arena)],
      ];
      const lines = [`Node ${node}, zone ${name.padStart(8)}`, ...rows.map(([label, value]) => label + String(value))];
      return lines.map((line) => `${line}\n`).join('');
    })
    .join('');

/** The first line of a text that is not one of /proc/buddyinfo, and why. */
export interface BadBuddyinfo {
  readonly kind: 'malformed';
  readonly line: number;
  readonly why: string;
}

const LINE = /^Node (?<node>\d+), zone +(?<zone>\S+)(?<counts>(?: +\d+)+) *$/u;

/** Parses /proc/buddyinfo of any kernel; ignores empty lines. Returns the first bad line if there is one. */
export function parseBuddyinfo(text: string): readonly BuddyinfoLine[] | BadBuddyinfo {
  const lines: BuddyinfoLine[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const { node, zone, counts } = LINE.exec(line)?.groups ?? {};
    if (zone === undefined || counts === undefined) {
      return { kind: 'malformed', line: at + 1, why: `'${line.slice(0, 60)}' is no 'Node N, zone NAME COUNT...'` };
    }
    lines.push({ node: Number(node), zone, blocks: counts.trim().split(/ +/u).map(Number) });
  }
  return lines;
}
