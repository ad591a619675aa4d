/** A size in bytes, as a kernel's command line has it. */

const MIB = 2 ** 20;

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: MIB, g: 1024 * MIB };

/** Reads a size of a command line: decimal or 0x, with K, M or G. */
export function sizeOf(text: string): number | undefined {
  const [, number = '', unit = ''] = /^(0x[0-9a-f]{1,13}|\d{1,15})([kmg]?)b?$/iu.exec(text) ?? [];
  const size = Number(number) * (UNITS[unit.toLowerCase()] ?? NaN);
  return number !== '' && Number.isSafeInteger(size) ? size : undefined;
}
