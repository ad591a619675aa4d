/** Smaller cases of boot memory: fewer commands, fewer nodes, fewer pages, rounder numbers. */
import { allBut } from '../../judge/shrink/ddmin.ts';
import { byteAddress, pfn } from '../../unit.ts';
import { areNodes } from '../../../spec/index.ts';
import type { BootCase } from './case.ts';
import type { BootCommand, BootNode } from '../../../protocol/index.ts';
import type { Pass } from '../../judge/kind.ts';

/** Returns a case without the commands [from, end). */
export const without = (of: BootCase, from: number, end: number): BootCase => ({
  ...of,
  script: allBut(of.script, from, end),
});

/** What a command asks after a node is gone; nothing if it named that node. */
function renumbered(command: BootCommand, gone: number): readonly BootCommand[] {
  if (command.node === 'any' || command.node < gone) return [command];
  return command.node === gone ? [] : [{ ...command, node: command.node - 1 }];
}

/** Without one of the nodes. */
function* fewerNodes({ nodes, script }: BootCase): Generator<BootCase> {
  for (let gone = nodes.length - 1; gone >= 0 && nodes.length > 1; gone--) {
    yield {
      nodes: nodes.filter((_, at) => at !== gone),
      script: script.flatMap((command) => renumbered(command, gone)),
    };
  }
}

/** With one node cut to fewer pages, its map moved inside if need be. */
function* fewerPages({ nodes, script }: BootCase): Generator<BootCase> {
  for (const [at, node] of nodes.entries()) {
    const pages = node.end - node.start;
    for (let size = 1; size < pages; size = size < 8 ? size + 1 : 2 * size) {
      const end = pfn(node.start + size);
      for (const map of new Set([Math.min(node.map, end - 1), node.start])) {
        const cut: BootNode = { ...node, end, map: pfn(map) };
        const smaller = nodes.map((one, n) => (n === at ? cut : one));
        if (areNodes(smaller)) yield { nodes: smaller, script };
      }
    }
  }
}

/** With pages of the usual size, if they have another. */
function* usualPages({ nodes, script }: BootCase): Generator<BootCase> {
  const usual = nodes.map(({ end, map, start }): BootNode => ({ start, end, map }));
  if (nodes.some(({ pageSize }) => pageSize !== undefined) && areNodes(usual)) yield { nodes: usual, script };
}

/** With one number of one command made simpler: the goal, the alignment, or the size. */
function* plainer({ nodes, script }: BootCase): Generator<BootCase> {
  for (const [at, command] of script.entries()) {
    for (const simpler of plainerCommands(command)) {
      yield { nodes, script: script.map((one, n) => (n === at ? simpler : one)) };
    }
  }
}

function* plainerCommands(command: BootCommand): Generator<BootCommand> {
  if (command.kind !== 'allocate') return;
  if (command.goal !== 0) yield { ...command, goal: byteAddress(0) };
  if (command.align > 1) yield { ...command, align: 1 };
  for (const size of [1, 4096]) if (size < command.size) yield { ...command, size };
}

/** Returns the ways to make a case simpler. */
export const simplerBoot = (): readonly Pass<BootCase>[] => [usualPages, fewerNodes, fewerPages, plainer];
