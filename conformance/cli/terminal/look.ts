/** How text looks on a stream: coloured where that is wanted, and as wide as the terminal. */
import { styleText } from 'node:util';
import { PLAIN } from '../../judge/report/look.ts';
import type { Look, Paint } from '../../judge/report/look.ts';

/** One format: of several at once, some releases of Node 20 forget what the stream is. */
type Format = 'green' | 'red' | 'yellow' | 'bold' | 'dim';

/** Reports whether a stream is a terminal on which a line can be drawn again. */
export const isScreen = ({ isTTY }: NodeJS.WriteStream): boolean =>
  isTTY && process.env['TERM'] !== undefined && process.env['TERM'] !== 'dumb';

/** Returns how text looks on a stream. NO_COLOR, FORCE_COLOR and TERM say whether it has colours, else a terminal has. */
export function lookOf(stream: NodeJS.WriteStream): Look {
  const paint =
    (format: Format): Paint =>
    (text) =>
      styleText(format, text, { stream });
  const [red, strong] = [paint('red'), paint('bold')];
  return {
    good: paint('green'),
    bad: (text) => strong(red(text)),
    warn: paint('yellow'),
    strong,
    faint: paint('dim'),
    columns: stream.isTTY && stream.columns > 0 ? stream.columns : PLAIN.columns,
  };
}
