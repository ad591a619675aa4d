/** A line on stderr that says how far a run is. */
import { lineOn } from './line.ts';
import { lookOf } from './look.ts';
import { tellLine } from './told.ts';
import type { Progress } from '../../judge/options.ts';

export interface ProgressLine {
  readonly tell: Progress;
  readonly clear: () => void;
}

/** Returns a line on stderr that says how far a run is; a silent one where stderr is no terminal. */
export function progressLine(): ProgressLine {
  const line = lineOn(process.stderr);
  const look = lookOf(process.stderr);
  let kind = '';
  let begun = 0;
  return {
    tell: (told) => {
      const at = performance.now();
      if (told.kind.name !== kind) begun = at;
      kind = told.kind.name;
      line.draw((columns) => {
        const now = performance.now();
        return tellLine({ ...told, left: told.left - (now - at) / 1000 }, columns, (now - begun) / 1000, look);
      });
    },
    clear: line.clear,
  };
}
