/** Answers of boot memory in this process as words of the protocol. */
import type { BootResult } from '../../../conformance/kinds/boot/wire.ts';
import type { Pfn } from '../../../protocol/index.ts';

/** Returns pages as runs that are as long as can be. */
function runsOf(pages: readonly Pfn[]): string {
  const begins = [...pages.keys()].filter((n) => n === 0 || pages[n] !== (pages[n - 1] ?? 0) + 1);
  return begins.map((from, n) => `${pages[from]}+${(begins[n + 1] ?? pages.length) - from}`).join(',');
}

/** Returns a result as a word. */
export function tokenOf(result: BootResult): string {
  if (result.kind === 'nonsense') return result.token;
  const { frames, outcome } = result;
  switch (outcome.kind) {
    case 'granted':
      return String(outcome.address);
    case 'exhausted':
      return '-';
    case 'done':
      return '.';
    case 'warned':
      return `w${outcome.pages.join(',')}`;
    case 'retired':
      return `h${runsOf(frames)}`;
    case 'rejected':
      return `!${outcome.misuse}`;
  }
}
