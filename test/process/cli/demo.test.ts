import { demoBoot, demoFirstFit } from '../../../conformance/index.ts';
import { demoBuddy } from '../../../conformance/demo/buddy.ts';
import { expect, test } from 'vitest';
import { patience } from '../../arbitrary/campaign.ts';
import { run } from '../command.ts';

test.each([
  ['buddy', demoBuddy],
  ['boot', demoBoot],
  ['first-fit', demoFirstFit],
])('USE-2 · the command prints the demonstration: %s', { timeout: patience }, async (name, draw) => {
  const { status, stderr, stdout } = await run(['demo', name]);
  expect([status, stderr, stdout]).toEqual([0, '', `${draw()}\n`]);
});
