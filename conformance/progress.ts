import type { Sightings } from './sightings.ts';

export interface ProgressLine {
  readonly tell: (cases: number, sightings: Sightings) => void;
  readonly clear: () => void;
}

/** Redrawn at most so often, in milliseconds. */
const EVERY = 100;

/** A line on stderr that says how far a run is; silent where stderr is no terminal. */
export function progressLine(): ProgressLine {
  if (!process.stderr.isTTY) return { tell: () => undefined, clear: () => undefined };
  let last = 0;
  return {
    tell: (cases, { operations }) => {
      const now = performance.now();
      if (now - last < EVERY) return;
      last = now;
      process.stderr.write(`\r\u001b[K${cases} cases, ${operations.toLocaleString('en-US')} operations judged`);
    },
    clear: () => {
      if (last > 0) process.stderr.write('\r\u001b[K');
    },
  };
}
