/** What is worth seeing in a run over boot memory, in the order of reports. */
import type { Coverage } from '../../judge/coverage.ts';

export const BOOT_SIGHTS = [
  'boot memory ready',
  'boot memory unsupported',
  'granted',
  'exhausted',
  'done',
  'warned',
  'retired',
  'rejected',
  'pages of another size',
  'boot memory compared',
  'zone compared',
  'invariants held',
] as const;

export type BootSight = (typeof BOOT_SIGHTS)[number];

/** How often a run over boot memory saw each of them. */
export type BootCoverage = Coverage<BootSight>;
