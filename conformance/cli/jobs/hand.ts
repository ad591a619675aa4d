/** The program of a process that carries out a part of a search, asked and told by the process that started it. */
import { KINDS } from '../../kinds/all.ts';
import { carryOut } from '../../judge/search/hand.ts';
import { startOf } from './start.ts';
import type { Asked } from './crew.ts';
import type { Told } from '../../judge/search/crew.ts';

const stop = new AbortController();
let last = Infinity;

async function work(asked: Asked): Promise<void> {
  const { command, task } = asked;
  const kind = KINDS.find(({ name }) => name === task.kind);
  if (kind === undefined) throw new Error(`no kind is called ${task.kind}`);
  const tell = (told: Told): void => void process.send?.(told);
  await carryOut(kind, startOf(command, asked), task, { stop: stop.signal, until: () => last, tell });
}

// An interrupt is for the process that started this one: it says what is to be done.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => stop.abort());
process.on('message', (message: Asked | { readonly until: number }) => {
  if ('until' in message) last = Math.min(last, message.until);
  else void work(message).finally(() => process.disconnect());
});
