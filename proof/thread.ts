/** A thread of `npm run prove`: runs the parts that it is told by their place in the list, one after the other. */
import { PARTS } from './parts.ts';
import { parentPort } from 'node:worker_threads';
import { resultOf } from './result.ts';

const port = parentPort;
port?.on('message', (at: number) => {
  const part = PARTS[at];
  if (part !== undefined) void resultOf(part).then((result) => port.postMessage(result));
});
