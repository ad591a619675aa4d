// Takes offence at what is sent before its time, though not at runs and observes together, up to 64 KiB.
import { setTimeout as sleep } from 'node:timers/promises';
import { json, serve } from '../serve.js';

let unread = '';
process.stdin.on('data', (chunk) => (unread += chunk));

const answer = (offence) => async (request, usual) => {
  const line = JSON.stringify(request).length + 1;
  await sleep(5);
  unread = unread.slice(line);
  return offence.test(unread) || unread.length + line > 65536 ? json(request.id, { failed: unread }) : usual();
};

const shared = answer(/"(init|bye)"/);
const alone = answer(/./);
await serve({ hello: alone, init: alone, run: shared, observe: shared });
process.exit();
