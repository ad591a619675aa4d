/** Draws a schedule of two callers in text: a column for each, a line for each step. */
import type { ScheduleText } from '../../protocol/index.ts';

const WIDTH = 62;

/** Returns the lines of a schedule; those of the second caller are moved to the right. */
export function drawSchedule({ callers: [first, second], lines, wrong }: ScheduleText): string {
  const drawn = lines.map(({ caller, step, text }) => {
    const said = step === undefined ? text : `  ${text}`;
    return `${String(step ?? '').padStart(4)}  ${' '.repeat(caller * WIDTH)}${said}`;
  });
  const head = `${'step'.padStart(4)}  ${first.padEnd(WIDTH)}${second}`;
  return [head, ...drawn, ...(wrong === undefined ? [] : ['', wrong])].join('\n');
}
