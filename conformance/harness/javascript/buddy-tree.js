// @ts-check
/**
 * Attaches buddy-tree, an immutable buddy allocator from npm, to the judge:
 *
 *     npx buddy-oracle check -- node buddy-tree.js 2.4.1
 *
 * It wants the versions side by side, under aliases: npm install buddy-tree-2.4.1@npm:buddy-tree@2.4.1
 */
import { serve } from './harness.js';

const [version] = process.argv.slice(2);
if (!version) {
  console.error('usage: node buddy-tree.js VERSION');
  process.exit(2);
}

/**
 * What is used of the package. An address counts from 0; -1 says that the tree has no room.
 * @typedef {{ createTree(size: number): object, deallocate(tree: object, address: number): object,
 *   allocate(tree: object, size: number): { tree: object, address: number } }} BuddyTree
 * @type {{ default: BuddyTree }}
 */
const { default: buddyTree } = await import(`buddy-tree-${version}`);

await serve({
  name: 'buddy-tree',
  revision: version,
  claims: ['complete'],
  features: [],
  open({ base, pages, orders, reserved }) {
    if (reserved.length > 0) return { unsupported: 'a tree has no reserved frames' };
    if (!Number.isInteger(Math.log2(pages))) return { unsupported: 'the size of a tree is a power of two' };

    let tree = buddyTree.createTree(pages);
    return {
      allocate(order) {
        if (order >= orders) return null; // a tree knows sizes, not orders
        const { tree: next, address } = buddyTree.allocate(tree, 2 ** order);
        tree = next;
        return address === -1 ? null : base + address;
      },
      free(frame) {
        tree = buddyTree.deallocate(tree, frame - base);
      },
    };
  },
});
