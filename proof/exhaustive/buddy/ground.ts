/** What is explored: an arena, as one of the kernels has it, and the forest of its blocks. */
import { treeOf } from './tree.ts';
import type { Arena, Kernel } from '../../../protocol/index.ts';
import type { Tree } from './tree.ts';

/** What is explored: an arena, as one of the kernels has it. */
export interface Ground {
  readonly kernel: Kernel;
  readonly arena: Arena;
  /** Whether frames may still be boot memory's, and are handed over one by one. */
  readonly boot: boolean;
  /** The smallest order that is asked for; 0 by default. */
  readonly least?: number;
}

/** Returns the forest of a ground's blocks. */
export const groundTree = ({ arena, boot, least }: Ground): Tree => treeOf(arena, boot, least);
