/** A line on stderr that says how far a run is. */
import type { Progress } from '../judge/options.ts';

export interface ProgressLine {
  readonly tell: Progress;
  readonly clear: () => void;
}

/** The shortest time between two redraws, in ms. */
const EVERY = 100;

/** A line on stderr that says how far a run is; silent where stderr is no terminal. */
export function progressLine(): ProgressLine {
  if (!process.stderr.isTTY) return { tell: () => undefined, clear: () => undefined };
  let last = 0;
  return {
    tell: (kind, cases, { operations }, found) => {
      const now = performance.now();
      if (now - last < EVERY && !found) return;
      last = now;
      const so = `${kind}: ${cases} cases, ${operations.toLocaleString('en-US')} operations judged`;
      const then = found ? ': found; looking for a shorter case (Ctrl-C takes the one at hand)' : '';
      process.stderr.write(`\r\u001b[K${so}${then}`);
    },
    clear: () => {
      if (last > 0) process.stderr.write('\r\u001b[K');
    },
  };
}
