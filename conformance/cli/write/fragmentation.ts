/** The command `demo fragmentation`: the experiment as a table, and as a picture if that is asked for. */
import { USAGE, complain, refuseFile } from '../terminal/say.ts';
import { fragmentationPlot } from '../../demo/plot.ts';
import { fragmentationTable, measured } from '../../demo/fragmentation.ts';
import { writeText } from '../film/page.ts';

/** The options of `demo fragmentation`. */
export interface FragmentationFlags {
  readonly seed: number;
  readonly svg?: string;
}

/** Measures, prints the table, and gives the exit status. */
export function demoFragmentation({ seed, svg }: FragmentationFlags): number {
  const refused = svg === undefined ? undefined : refuseFile(svg);
  if (refused !== undefined) {
    complain(refused);
    return USAGE;
  }
  const result = measured(seed);
  process.stdout.write(`${fragmentationTable(result)}\n`);
  if (svg !== undefined) writeText(svg, () => fragmentationPlot(result));
  return 0;
}
