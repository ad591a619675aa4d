/** Tests of the exploration of boot memory: counts by closed forms, and slips that it stops at. */

import { ALL, FEWER, bootGround, bootGrounds, bootStatesOf } from '../../proof/exhaustive/boot/ground.ts';
import { BOOT_SLIPS } from '../fault/boot/slips.ts';
import { Refuted } from '../../proof/exhaustive/buddy/difference.ts';
import { brokenBootBy } from './broken.ts';
import { describe, expect, test } from 'vitest';
import { exploreBoot } from '../../proof/exhaustive/boot/boot.ts';
import type { BootTally, CreateBoot } from '../../proof/exhaustive/boot/boot.ts';

const stepsOf = ({ steps }: BootTally): number => Object.values(steps).reduce((sum, count) => sum + count, 0);

describe('how many states there are by their words', () => {
  test('a node of one page, which holds the map: it is taken or free, and nothing is granted', () => {
    expect(bootGrounds(1, ALL).map(bootStatesOf)).toEqual([2, 2]);
  });

  test('of two pages, counted by hand', () => {
    // Four with no rest, twice where the map lies first, as the last grant then ended in page 1 or nowhere; and two for each rest.
    const [first, second] = bootGrounds(2, FEWER);
    expect([first, second].map((ground) => ground?.offsets)).toEqual([
      [0, 1, 2048],
      [0, 1, 2048],
    ]);
    expect([first, second].map((ground) => ground && bootStatesOf(ground))).toEqual([8 + 4, 4 + 4]);
  });
});

test.each([
  ['1', bootGrounds(1, ALL)],
  ['2', bootGrounds(2, ALL)],
  ['3', bootGrounds(3, FEWER)],
] as const)(
  'BOOT-2, BOOT-3, BOOT-10, BOOT-12, FIT-1, FIT-2, FIT-3, RETIRE-1, RETIRE-3 · every state of a node of %s pages, everything asked in each',
  (_pages, grounds) => {
    for (const ground of grounds) {
      const tally = exploreBoot(ground);
      expect([tally.states, tally.images]).toEqual([bootStatesOf(ground), bootStatesOf(ground)]);
      expect(stepsOf(tally)).toBeGreaterThanOrEqual(tally.states * ground.commands.length);
      expect(tally.steps.retired).toBeGreaterThan(0);
    }
  },
);

test('RETIRE-1, RETIRE-3 · a node of one page is retired where its map is reserved, into either zone, and not where it is free', () => {
  // Two states, and three sets of zones of which two wait. Of what is asked of a node that is retired, all is rejected.
  const [tally] = bootGrounds(1, ALL).map((ground) => exploreBoot(ground));
  expect(tally?.steps.retired).toBe(2);
});

test('with each taken byte part of the state there are more states, and the words are the same', () => {
  for (const ground of bootGrounds(2, FEWER, 'bytes')) {
    const { images, states } = exploreBoot(ground);
    expect(images).toBe(bootStatesOf(ground));
    expect(states).toBeGreaterThan(images);
  }
});

/** What no single node of less than 32 pages shows. */
const ELSEWHERE: readonly string[] = [
  'the search goes on after the end of the node',
  'the node initialised first is tried first',
];

/** What stops by itself, before it has answered wrong. */
const STOPS: Readonly<Record<string, string>> = {
  'the search does not go on after an occupied page': 'an endless loop',
  'the page of a map that is not reserved is handed over twice': 'a frame that a zone waits for is not taken',
};

/** Small nodes of which one refutes whatever can be seen in one node. */
function exploreSmall(create?: CreateBoot): void {
  for (const ground of [bootGround(0, 2, 0, ALL, 'words'), bootGround(3, 3, 1, ALL, 'words')]) {
    exploreBoot(ground, create);
  }
  for (const ground of [bootGround(3, 4, 0, FEWER, 'words'), bootGround(0, 4, 1, FEWER, 'words')]) {
    exploreBoot(ground, create);
  }
}

test.each(BOOT_SLIPS.filter(({ name }) => !ELSEWHERE.includes(name)).map((slip) => [slip.name, slip] as const))(
  'a broken copy of src is refuted: %s',
  (_name, slip) => {
    const create = brokenBootBy(slip);
    expect(() => exploreSmall(create)).toThrow(STOPS[slip.name] ?? /^.* in pages .*, but it must be/u);
  },
);

test('a refutation names the state, the step, and two facts that cannot both hold', () => {
  const slip = BOOT_SLIPS.find(({ name }) => name === 'what is packed is not aligned');
  const create = brokenBootBy(slip);
  const explore = (): unknown => exploreBoot(bootGround(0, 2, 0, ALL, 'words'), create);
  expect(explore).toThrow(Refuted);
  expect(explore).toThrow(
    /^allocate .* in pages 0\.\.2 with the map at 0, taken .*: granted \d+, but it must be granted \d+$/u,
  );
});

test('the sound copy is not refuted', () => {
  expect(() => exploreSmall(brokenBootBy())).not.toThrow();
});
