/** The generated part of proof/interleaved/README.md, and the schedules of the demonstration `interrupts`. */

import { FAULTS, WITHOUT, scheduleOf } from '../../../proof/interleaved/faults.ts';
import { drawSchedule } from '../../../conformance/demo/draw-schedule.ts';
import { faultStory, stories } from '../../../proof/interleaved/story.ts';
import { format } from 'prettier';
import { table } from './clause-table.ts';
import type { LockFault } from '../../../proof/interleaved/faults.ts';

function picture(fault: LockFault): string {
  const drawn = drawSchedule(faultStory(fault));
  return `${fault.name[0]?.toUpperCase() ?? ''}${fault.name.slice(1)}: ${fault.why}.\n\n\`\`\`text\n${drawn}\n\`\`\``;
}

/** Returns the pictures, and a table of all faults. */
export function schedulesPart(): string {
  const rows = FAULTS.map((fault) => {
    const { schedule } = scheduleOf(fault);
    return [fault.name, `${schedule?.steps.length ?? 0}`, schedule?.wrong.what ?? 'nothing goes wrong', fault.why];
  });
  return [...WITHOUT.map(picture), table(['fault', 'steps', 'after them', 'why'], rows)].join('\n\n');
}

/** Returns the module of the demonstration: every schedule of its story, by name. */
export function schedulesModule(): Promise<string> {
  const all = stories();
  return format(
    `/** Schedules of the code of src/smp and src/buddy, as proof/interleaved finds them; \`npm run generate\` writes them. */
import type { ScheduleText } from '../../protocol/index.ts';

/** The schedules, by what is done with the lock. */
export type ScheduleName = ${all.map(([name]) => JSON.stringify(name)).join(' | ')};

export const SCHEDULES: Readonly<Record<ScheduleName, ScheduleText>> = ${JSON.stringify(Object.fromEntries(all))};
`,
    { parser: 'typescript', printWidth: 120, singleQuote: true },
  );
}
