/** One line on stderr that is drawn again and again, at a terminal; nothing in a pipe. */
import { isScreen } from './look.ts';

/** A line that is there until it is cleared. */
export interface Line {
  /** Draws the line: in so many columns, after so many seconds. Is asked again now and then, until the line is cleared. */
  readonly draw: (text: (columns: number, seconds: number) => string) => void;
  readonly clear: () => void;
}

/** The time between two redraws, in ms. */
const EVERY = 200;

const NOWHERE: Line = { draw: () => undefined, clear: () => undefined };

const ERASED = '\r\u001b[K';

/** Returns the line of a stream; one that does nothing where the stream is no terminal. */
export function lineOn(stream: NodeJS.WriteStream): Line {
  if (!isScreen(stream)) return NOWHERE;
  const from = performance.now();
  let drawn: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  return {
    draw: (text) => {
      drawn = () => {
        const columns = stream.columns > 0 ? stream.columns : 80;
        stream.write(ERASED + text(columns - 1, (performance.now() - from) / 1000));
      };
      if (timer === undefined) drawn();
      timer ??= setInterval(() => drawn?.(), EVERY).unref();
    },
    clear: () => {
      clearInterval(timer);
      if (timer !== undefined) stream.write(ERASED);
      timer = undefined;
    },
  };
}
