/**
 * Attaches the example, a small buddy system, to the judge: put your allocator in its place.
 *
 *     npx buddy-oracle check -- node attach.js
 */
import { Buddy } from './example/buddy.js';
import { serve } from './harness.js';

const KINDS = ['double-free', 'never-allocated', 'inner-page', 'misaligned', 'wrong-order', 'out-of-range'];

await serve({
  name: 'buddy in JavaScript',
  revision: '1',
  claims: ['complete', 'best-fit', 'capacity', ...KINDS.map((kind) => `misuse:${kind}`)],
  features: [
    ...['observe:free-count', 'observe:free-blocks', 'observe:pair-bits'],
    ...['payload', 'range', 'resize', 'sized', 'bulk'],
  ],
  open: (arena) => new Buddy(arena),
});
