import type { Sightings } from '../kinds/buddy/coverage.ts';

export interface ProgressLine {
  readonly tell: (cases: number, sightings: Sightings, found: boolean) => void;
  readonly clear: () => void;
}

/** Redrawn at most so often, in milliseconds. */
const EVERY = 100;

/** A line on stderr that says how far a run is; silent where stderr is no terminal. */
export function progressLine(): ProgressLine {
  if (!process.stderr.isTTY) return { tell: () => undefined, clear: () => undefined };
  let last = 0;
  return {
    tell: (cases, { operations }, found) => {
      const now = performance.now();
      if (now - last < EVERY && !found) return;
      last = now;
      const so = `${cases} cases, ${operations.toLocaleString('en-US')} operations judged`;
      const then = found ? ': found; looking for a shorter case (Ctrl-C takes the one at hand)' : '';
      process.stderr.write(`\r\u001b[K${so}${then}`);
    },
    clear: () => {
      if (last > 0) process.stderr.write('\r\u001b[K');
    },
  };
}
