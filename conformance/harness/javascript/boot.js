/**
 * A small boot allocator, to try the judge on: first fit over a map of bytes, which is as simple as can be.
 *
 *     npx buddy-oracle check -- node boot.js
 *
 * Break it, and see what the judge says.
 */
import { bootWords } from './words.js';
import { serve } from './harness.js';

const PAGE = 4096;

/** @typedef {{ start: number, end: number, map: [number, number], taken: Uint8Array, retired: boolean }} Node */

/** @param {[number, number, number]} shape @returns {Node} */
function nodeOf([start, end, map]) {
  const mapPages = Math.ceil(Math.ceil((end - start) / 8) / PAGE);
  const taken = new Uint8Array((end - start) * PAGE).fill(1);
  return { start, end, map: [map, map + mapPages], taken, retired: false };
}

/** @param {Node} node @param {number} page */
const isFree = ({ start, taken }, page) =>
  !taken.subarray((page - start) * PAGE, (page - start + 1) * PAGE).includes(1);

/** @param {number} first @param {number} end */
const range = (first, end) => Array.from({ length: Math.max(0, end - first) }, (_, n) => first + n);

/** The first place in a node for so many bytes: any byte will do that is not taken, and not the map's. */
/** @param {Node} node @param {number} size @param {number} align */
function placeIn({ end, map, start, taken }, size, align) {
  let at = Math.ceil((start * PAGE) / align) * align;
  while (at + size <= end * PAGE) {
    const from = at - start * PAGE;
    const used = taken.subarray(from, from + size).lastIndexOf(1);
    const inMap = at < map[1] * PAGE && at + size > map[0] * PAGE;
    if (used === -1 && !inMap) return at;
    const next = used === -1 ? map[1] * PAGE : at + used + 1;
    at = Math.ceil(next / align) * align;
  }
  return null;
}

await serve({
  name: 'a small boot allocator',
  revision: '1',
  claims: ['complete'],
  features: ['boot'],
  open({ boot: shapes }) {
    if (shapes === undefined) return { unsupported: 'it has boot memory alone' };
    const nodes = shapes.map(nodeOf);
    return bootWords({
      reserve(which, address, size) {
        const node = nodes[which];
        if (!node) return 'no-such-node';
        const [first, end] = [Math.floor(address / PAGE), Math.ceil((address + size) / PAGE)];
        const before = range(first, end).filter((page) => !isFree(node, page));
        node.taken.fill(1, (first - node.start) * PAGE, (end - node.start) * PAGE);
        return before;
      },
      free(which, address, size) {
        const node = nodes[which];
        if (!node) return 'no-such-node';
        const [first, end] = [Math.ceil(address / PAGE), Math.floor((address + size) / PAGE)];
        if (first < end) node.taken.fill(0, (first - node.start) * PAGE, (end - node.start) * PAGE);
      },
      allocate(which, size, align) {
        for (const [n, node] of nodes.entries()) {
          if (node.retired || (which !== '*' && which !== n)) continue;
          const at = placeIn(node, size, align);
          if (at === null) continue;
          node.taken.fill(1, at - node.start * PAGE, at - node.start * PAGE + size);
          return at;
        }
        return null;
      },
      retire(which) {
        const node = nodes[which];
        if (!node) return 'no-such-node';
        node.retired = true;
        const free = range(node.start, node.end).filter((page) => isFree(node, page));
        return [...free, ...range(...node.map)];
      },
    });
  },
});
