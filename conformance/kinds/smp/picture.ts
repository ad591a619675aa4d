/** A history drawn as a schedule: a column for each thread, a line for each moment at which a call is made or answered. */
import type { Call, History } from '../../../protocol/index.ts';
import type { Camera } from '../../judge/film/camera.ts';

/** Returns what a call asks. */
function asked({ command }: Call): string {
  if (command.kind === 'allocate') return `asks order ${command.order}`;
  return command.kind === 'free' ? `frees ${command.head} order ${command.order}` : `hands over ${command.frame}`;
}

/** Returns what a call was answered. */
function answered({ outcome }: Call): string {
  switch (outcome.kind) {
    case 'granted':
      return `frame ${outcome.head}`;
    case 'exhausted':
      return 'refused';
    case 'done':
      return 'done';
    case 'rejected':
      return outcome.misuse;
  }
}

/** Has a camera take the calls of a history down, in the sequence in which they were answered. */
export function shootHistory(camera: Camera, history: History): void {
  for (const call of history.toSorted((one, other) => one.returned - other.returned)) {
    camera.shoot(
      () => ({ grounds: [], start: [] }),
      () => ({
        asked: `processor ${call.processor} ${asked(call)}, from moment ${call.invoked} to ${call.returned}`,
        answered: answered(call),
        permitted: 'what some order of all calls explains',
        changes: [],
      }),
    );
  }
}

/** The least columns of a thread. */
const NARROW = 12;

/** Returns the schedule of a history in lines of at most so many characters; a bar stands beside a call that is under way. */
export function drawSchedule(history: History, columns: number): readonly string[] {
  if (history.length === 0) return [];
  const threads = [...new Set(history.map(({ processor }) => processor))].toSorted((one, other) => one - other);
  const width = Math.max(NARROW, Math.min(24, Math.floor(columns / threads.length)));
  const row = (cellOf: (thread: number) => string): string =>
    threads
      .map((thread) =>
        cellOf(thread)
          .slice(0, width - 1)
          .padEnd(width),
      )
      .join('')
      .trimEnd()
      .slice(0, columns);
  const moments = history
    .flatMap((call) => [
      { at: call.invoked, call, text: asked(call) },
      { at: call.returned, call, text: `-> ${answered(call)}` },
    ])
    .toSorted((one, other) => one.at - other.at);
  const isUnderWay = (thread: number, at: number): boolean =>
    history.some(({ invoked, processor, returned }) => processor === thread && invoked < at && at < returned);
  return [
    row((thread) => `processor ${thread}`),
    ...moments.map(({ at, call, text }) =>
      row((thread) => (thread === call.processor ? text : isUnderWay(thread, at) ? '|' : '')),
    ),
  ];
}
