/** Tests that what is asked of boot memory is said in words. */
import { askedOfBoot } from '../../../spec/index.ts';
import { byteAddress } from '../../../spec/unit.ts';
import { expect, test } from 'vitest';
import type { BootCommand } from '../../../protocol/index.ts';

const taken = (node: number | 'any'): BootCommand => ({
  kind: 'allocate',
  node,
  size: 100,
  align: 32,
  goal: byteAddress(4096),
});

test.each<[string, BootCommand]>([
  ['free 8192 bytes from address 4096 of node 1', { kind: 'free', node: 1, address: byteAddress(4096), size: 8192 }],
  ['reserve 1 bytes from address 0 of node 0', { kind: 'reserve', node: 0, address: byteAddress(0), size: 1 }],
  ['allocate 100 bytes of any node, aligned to 32, from address 4096 on', taken('any')],
  ['allocate 100 bytes of node 2, aligned to 32, from address 4096 on', taken(2)],
  ['retire node 3', { kind: 'retire', node: 3 }],
])('%s', (words, command) => {
  expect(askedOfBoot(command)).toBe(words);
});
