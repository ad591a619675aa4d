/** The matrix of faults and techniques, as a table. */
import { TECHNIQUES } from './rows.ts';
import type { Row, Technique } from './rows.ts';

/** What the searches of one technique for one fault came to: operations, or undefined where it was not found. */
export type Cell = readonly (number | undefined)[];

/** A fault, and what came of looking for it. */
export interface Measured {
  readonly row: Row;
  readonly cells: Readonly<Partial<Record<Technique, Cell>>>;
}

/** Returns the middle one of some numbers of operations; infinite where most searches found nothing. */
export function medianOf(cell: Cell): number {
  const sorted = cell.map((operations) => operations ?? Infinity).toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Infinity;
}

/** Prints one cell: the median, and how many searches found something if not all did. */
function cellText(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  const found = cell.filter((operations) => operations !== undefined).length;
  const median = medianOf(cell);
  const text = median === Infinity ? 'not found' : median.toLocaleString('en');
  return found === cell.length ? text : `${text}, ${found} of ${cell.length}`;
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Returns the table of all faults, by room. */
export function tableOf(measured: readonly Measured[]): string {
  const head = ['room', 'fault', ...TECHNIQUES];
  const rows = measured.map(({ cells, row }) =>
    line([row.room, row.name, ...TECHNIQUES.map((technique) => cellText(cells[technique]))]),
  );
  return [line(head), line(head.map(() => '---')), ...rows].join('\n');
}
