/** The same with Node's own test runner: node --test examples/node-test.js */
import { expectConforms } from 'buddy-oracle';
import { test } from 'node:test';

/** One frame at a time, by a list of what is free. */
function open({ base, pages, orders, reserved }) {
  if (orders > 1) return { unsupported: 'it has single frames alone' };
  const all = Array.from({ length: pages }, (_, n) => base + n);
  const free = all.filter((frame) => !reserved.some(([first, count]) => frame >= first && frame < first + count));
  return { allocate: (order) => (order === 0 ? free.pop() : null), free: (frame) => void free.push(frame) };
}

test('my allocator conforms', () => expectConforms({ claims: ['complete'], open }, { orders: [1], cases: 50 }));
