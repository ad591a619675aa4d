import { createInterface } from 'node:readline';

export const hello = {
  version: 1,
  name: 'tiny',
  revision: '1',
  language: 'JavaScript',
  claims: ['complete', 'misuse:never-allocated', 'fastest'],
  features: ['observe:free-count', 'colours:2'],
};

/** A line of a reply. */
export const json = (id, reply) => `${JSON.stringify({ id, ...reply })}\n`;

/** Grants frames one after the other, and forgets the freed: no allocator, but it answers like one. */
export function tiny() {
  let end = 0;
  let next = 0;
  let orders = new Map();
  const result = (operation) => {
    const [first, order] = operation.slice(1).split(':').map(Number);
    if (operation.startsWith('f')) return '.';
    if (operation.startsWith('F'))
      return orders.get(first) === order && orders.delete(first) ? '.' : '!never-allocated';
    const frames = 2 ** first;
    if (next + frames > end) return '-';
    orders.set(next, first);
    next += frames;
    return next - frames;
  };
  return {
    hello: () => ({ hello }),
    init: ({ init }) => {
      next = init.base;
      orders = new Map();
      end = init.base + init.pages;
      return { ready: {} };
    },
    run: ({ run }) => ({ ran: run.split(' ').map(result).join(' ') }),
    observe: () => ({ observed: { 'free-count': end - next } }),
    bye: () => ({ bye: true }),
  };
}

/** Answers what is asked; `other` answers in its place, by kind of request: text as it is written, or undefined for silence. */
export async function serve(other = {}) {
  process.stderr.write(`pid ${process.pid}\n`);
  const well = tiny();
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    const kind = Object.keys(request)[1];
    const usual = () => json(request.id, well[kind](request));
    const reply = await (kind in other ? other[kind](request, usual) : usual());
    if (reply !== undefined) process.stdout.write(reply);
    if (kind === 'bye' && !('bye' in other)) break;
  }
}
