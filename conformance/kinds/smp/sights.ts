/** What is worth seeing in a run over several threads, in the order of reports. */
import type { Coverage } from '../../judge/coverage.ts';

export const SMP_SIGHTS = [
  'threads ready',
  'threads unsupported',
  'threads begun together',
  'call',
  'call while another was under way',
  'grant to a thread',
  'refusal to a thread',
  'free by a thread',
  'free of what another script was granted',
  'history with an order',
  'history undecided',
] as const;

export type SmpSight = (typeof SMP_SIGHTS)[number];

/** How often a run over several threads saw each of them. */
export type SmpCoverage = Coverage<SmpSight>;
