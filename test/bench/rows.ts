/** The rows of a run of the bench, and how one is printed. */

/** One figure: of what, its value, and the target for it, if there is one. */
export interface Row {
  readonly part: string;
  readonly what: string;
  readonly value: number;
  /** Nanoseconds for one operation, seconds, operations per second, or multiples: of the time in C or Perl, of a mean operation, or of another row. */
  readonly unit: 'ns' | 's' | '/s' | 'x C' | 'x Perl' | 'x mean' | 'x';
  readonly target?: string;
}

/** Returns a figure as it is printed: with two decimals, or in whole operations per second. */
export const shown = ({ unit, value }: Pick<Row, 'unit' | 'value'>): string =>
  unit === '/s' ? Math.round(value).toLocaleString('en-US') : value.toFixed(2);

/** Reports whether a value meets a target such as `<= 2.0`. */
export function meets(value: number, target: string): boolean {
  const [sign, limit = ''] = target.split(' ');
  const bound = Number(limit.replaceAll(',', ''));
  if (sign === '>=') return value >= bound;
  return sign === '<' ? value < bound : value <= bound;
}

/** The rows so far, each printed when it is added. */
export class Rows {
  readonly all: Row[] = [];

  add(part: string, what: string, value: number, unit: Row['unit'], target?: string): void {
    const row = { part, what, value, unit, ...(target === undefined ? {} : { target }) };
    this.all.push(row);
    const goal = target === undefined ? '' : `  target ${target}`;
    process.stdout.write(`${what.padEnd(62)}${shown(row).padStart(12)} ${unit.padEnd(6)}${goal}\n`);
  }
}
