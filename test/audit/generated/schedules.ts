/** The generated part of proof/interleaved/README.md: the shortest schedules that go wrong, and how long that of each fault is. */

import { FAULTS, WITHOUT, scheduleOf } from '../../../proof/interleaved/faults.ts';
import { draw } from '../../../proof/interleaved/draw.ts';
import { table } from './clause-table.ts';
import type { LockFault } from '../../../proof/interleaved/faults.ts';

function picture(fault: LockFault): string {
  const { world, schedule } = scheduleOf(fault);
  const drawn = schedule === undefined ? 'nothing goes wrong' : draw(world, schedule);
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
