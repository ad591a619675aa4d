/** A case of boot memory: nodes, and what is asked of them. */
import type { BootCommand, BootNode } from '../../../protocol/index.ts';

export interface BootCase {
  readonly nodes: readonly BootNode[];
  readonly script: readonly BootCommand[];
}
