/** Tests that no fault of an allocator that is known passes for a mutant which changes nothing. */
import { BOOT_SLIPS } from '../../fault/boot/slips.ts';
import { INERT_SLIPS } from '../../fault/buddy/slips/inert.ts';
import { LARGE_SLIPS } from '../../fault/buddy/slips/large.ts';
import { SLIPS } from '../../fault/buddy/slips/all.ts';
import { brokenBootBy, brokenBy } from '../../proof/broken.ts';
import { expect, test } from 'vitest';
import { BOOT_FILES, FILES, explore, exploreNodes } from './states.ts';
import { patience } from '../../arbitrary/campaign.ts';

const OF_A_ZONE = [...SLIPS, ...INERT_SLIPS, ...LARGE_SLIPS].filter(({ file }) => FILES.includes(file));

test.each(OF_A_ZONE.map((slip) => [slip.name, slip] as const))(
  'the exploration finds: %s',
  { timeout: 2 * patience },
  (_name, slip) => {
    expect(() => explore(brokenBy(slip))).toThrow();
  },
);

const OF_A_NODE = BOOT_SLIPS.filter(({ file }) => BOOT_FILES.includes(file));

test.each(OF_A_NODE.map((slip) => [slip.name, slip] as const))(
  'the exploration of boot memory finds: %s',
  { timeout: 2 * patience },
  (_name, slip) => {
    expect(() => exploreNodes(brokenBootBy(slip))).toThrow();
  },
);
