/** What is asked of boot memory, as reports and pages say it. */
import type { BootCommand } from '../../protocol/index.ts';

/** Returns what a command asks, in words. */
export function askedOfBoot(command: BootCommand): string {
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
