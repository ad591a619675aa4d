import { filled, matches, patternOf } from './pattern.js';
import { BOOT } from './boot.js';
import { BUDDY } from './buddy.js';
import { LOCK } from './lock.js';
import { MACHINE } from './machine.js';

/**
 * Mistakes that an allocator of this kind is written with, each a mutator of its own: its name; the declarations in which it can
 * be made, all of them; and what is looked for, with what stands there in its place.
 */
export const MISTAKES = [...BUDDY, ...BOOT, ...MACHINE, ...LOCK];

/** Returns the mutator of a mistake, in the form of Stryker's. */
export function mutatorOf({ name, changes }, copy) {
  const patterns = changes.map(([from, to]) => [patternOf(from), patternOf(to)]);
  return {
    name,
    *mutate({ node }) {
      for (const [from, to] of patterns) {
        const bound = new Map();
        if (from.type === node.type && matches(from, node, bound)) yield filled(to, bound, copy);
      }
    },
  };
}
