/** The schedules that the demonstration `interrupts` tells: those that go wrong, and one under the lock. */

import { WITHOUT, scheduleOf } from './faults.ts';
import { Program } from '../front/program.ts';
import { inTurn } from './shortest.ts';
import { order } from '../unit.ts';
import { shapeOf } from './site.ts';
import { startOf } from './start.ts';
import { worded } from './draw.ts';
import type { LockFault } from './faults.ts';
import type { ScheduleText } from '../../protocol/index.ts';

/** Returns the shortest schedule of a fault in words; throws if nothing goes wrong. */
export function faultStory(fault: LockFault): ScheduleText {
  const { world, schedule } = scheduleOf(fault);
  if (schedule === undefined) throw new Error(`${fault.name}: nothing goes wrong`);
  return worded(world, schedule);
}

/** Returns what becomes of the page that two callers want under the lock: the handler comes when interrupts are on again. */
function lockedStory(): ScheduleText {
  const { world, state } = startOf({
    program: new Program(),
    shape: shapeOf('2.4', 4),
    manner: 'locked',
    callers: 'a processor and its handler',
    calls: [1, 1],
    granted: [],
  });
  const all = { kind: 'allocate', order: order(2) } as const;
  return worded(world, { steps: inTurn(world, state, [all, all]) });
}

/** Returns every schedule of the story, by what is done with the lock. */
export const stories = (): readonly (readonly [name: string, schedule: ScheduleText])[] => [
  ...WITHOUT.map((fault) => [fault.name, faultStory(fault)] as const),
  ['the lock, with interrupts off', lockedStory()],
];
