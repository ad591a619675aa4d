/** Why interrupts must be off while the lists are changed, told by the shortest schedules in which they are not. */
import { SCHEDULES } from './schedules.ts';
import { drawSchedule } from './draw-schedule.ts';
import type { Chapter, Story } from '../../protocol/index.ts';
import type { ScheduleName } from './schedules.ts';

const WORDS: readonly string[] = [
  'A zone of 4 pages, all free: one block of order 2, whose first page is 0. Lists are rings of nodes: nodes 0 to 3 are the',
  'pages, nodes 4, 5 and 6 the heads of the lists of orders 0, 1 and 2. A head whose next is itself is an empty list. Each step',
  'below is one read or one write of a word that both callers see, by the functions of Linux 2.4 as they are in src. All',
  'schedules were searched in the order of their length; each that goes wrong here is the shortest of its kind.',
];

const chapter = (name: ScheduleName, title: string, ...words: readonly string[]): Chapter => ({
  title,
  words,
  schedule: SCHEDULES[name],
});

const CHAPTERS: readonly Chapter[] = [
  chapter(
    'no lock, an interrupt',
    'An interrupt comes while a block is split',
    'Processor 0 takes the only block off its list, to give away one half and to put the other half on the list of order 1. In',
    'between a device interrupts. Its handler asks for two pages, finds every list empty, and is refused. In any order of the two',
    'calls both would have got a block.',
  ),
  chapter(
    'no lock, an interrupt, and one page granted twice',
    'One page for two owners',
    'Processor 0 has read which page is first on the list. The handler takes that very block, and returns. Then processor 0 goes on',
    'with what it had read, and takes the block again: page 0 has two owners, and the count of free pages is below zero.',
  ),
  chapter(
    'no lock, two processors',
    'Another processor does the same',
    'Switching interrupts off would not help here: nobody is interrupted. Another processor looks at the lists while they are',
    'half-changed. So a zone has a lock.',
  ),
  chapter(
    'interrupts left on under the lock',
    'The lock alone is not enough',
    'It keeps other processors out, but the handler runs on the processor that holds it. The lock in src knows its holder, and',
    'reports a bug.',
  ),
  chapter(
    'interrupts left on under a lock that does not know its holder',
    'Without that check it is a deadlock',
    'The handler waits for the lock, and whoever holds the lock waits for the handler to return. (Here who waits long sleeps; in',
    'the kernel the handler would read the lock for ever.)',
  ),
  chapter(
    'the lock, with interrupts off',
    'Interrupts off first, then the lock',
    'From before the lock is taken until after it is released no handler can come. One whose interrupt came meanwhile begins',
    'when interrupts are on again. It finds the lists whole, and no page on them: it is refused, and rightly.',
  ),
];

const END: readonly string[] = [
  'In the last schedule nothing is wrong, and in no other one under the lock: `npm run prove -- --only=interleaved` goes through',
  'every interleaving of two processors, and of a processor and its handler.',
];

/** The story, for a page. */
export const INTERRUPTS: Story = { title: 'Why interrupts must be off', words: WORDS, chapters: CHAPTERS, end: END };

/** Returns the story as text. */
export function demoInterrupts(): string {
  const { title, words, chapters, end } = INTERRUPTS;
  const told = chapters.flatMap((one, n) => [
    '',
    `${n + 1}. ${one.title}`,
    '',
    ...one.words,
    '',
    drawSchedule(one.schedule),
  ]);
  return [title, '', ...words, ...told, '', ...end].join('\n');
}
