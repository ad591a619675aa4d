/** A case of boot memory: nodes, and what is asked of them. */
import type { BootCommand, BootNode } from '../../../protocol/index.ts';

export interface BootCase {
  readonly nodes: readonly BootNode[];
  readonly script: readonly BootCommand[];
}

/** Returns what a command asks, in words. */
export function asked(command: BootCommand): string {
  switch (command.kind) {
    case 'reserve':
    case 'free':
      return `${command.kind} ${command.size} bytes from address ${command.address} of node ${command.node}`;
    case 'allocate': {
      const { align, goal, node, size } = command;
      const where = node === 'any' ? 'any node' : `node ${node}`;
      return `allocate ${size} bytes of ${where}, aligned to ${align}, from address ${goal} on`;
    }
    case 'retire':
      return `retire node ${command.node}`;
  }
}
