import { failureLines, refutation, shellReplay } from '../../judge/report.ts';
import { saveBoot } from './case.ts';
import type { BootJudgement } from './judge.ts';

/** What a run of boot memory came to, in words. */
export function bootReport(judgement: BootJudgement, target: readonly string[]): string {
  const { cases, finding, missing, seen, verdict } = judgement;
  const rows = Object.entries(seen).map(([kind, count]) => `${count.toLocaleString('en-US').padStart(11)}  ${kind}`);
  const lines = [`boot memory: ${verdict}`, '', `${cases.toLocaleString('en-US')} cases`, ...rows];
  if (missing.length > 0) lines.push('', `the budget ended before the run had seen: ${missing.join(', ')}`);
  if (finding === undefined) return lines.join('\n');
  const saved = saveBoot(finding.case);
  const { what } = finding;
  const argued = what.kind === 'refuted' ? refutation(what.counterexample) : failureLines(what);
  const replay = `  ${shellReplay(saved, target)}`;
  return [...lines, '', ...argued, '', 'the shortest case found', `  ${saved.run}`, '', 'replay it', replay].join('\n');
}

/** What the last record of `--json` says of boot memory. */
export function bootSummary({ cases, finding, missing, seen, verdict }: BootJudgement): Record<string, unknown> {
  const refuted = finding?.what.kind === 'refuted' ? finding.what.counterexample : undefined;
  return {
    verdict,
    ...(refuted === undefined ? {} : { clause: refuted.clause, place: refuted.place, because: refuted.facts }),
    cases,
    ...(finding === undefined ? {} : { case: saveBoot(finding.case) }),
    ...(missing.length === 0 ? {} : { missing }),
    sometimes: seen,
  };
}
