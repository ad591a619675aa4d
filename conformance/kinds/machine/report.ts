import { CLAUSES } from '../../../spec/index.ts';
import { MACHINE_SIGHTS } from './coverage.ts';
import { failureLines, refutation, shellReplay } from '../../judge/report.ts';
import { saveMachine } from './saved.ts';
import { show } from '../../wire/requests.ts';
import type { MachineFinding, MachineJudgement } from './judge.ts';

function argument({ case: of, what, words }: MachineFinding, command: readonly string[]): readonly string[] {
  const saved = saveMachine(of.machine, words);
  const target = command.length === 0 ? [] : ['--', ...command];
  const head = what.kind === 'refuted' ? refutation(what.counterexample) : failureLines(what);
  return [
    ...head,
    '',
    'the case, as short as it could be made',
    `  ${JSON.stringify({ machine: of.machine.nodes.map(({ zones }) => zones) })}`,
    `  ${words.join(' ')}   (${of.script.length} operations)`,
    '',
    'replay it',
    `  ${shellReplay(saved, target)}`,
  ];
}

/** The whole verdict over machines in text. */
export function reportMachine(judged: MachineJudgement, command: readonly string[]): string {
  const { cases, failure, finding, hello, missing, sightings, verdict } = judged;
  const { counts, operations } = sightings;
  const name = hello === undefined ? 'the harness' : show(`${hello.name} ${hello.revision}`.trimEnd());
  const rows = MACHINE_SIGHTS.filter((sight) => counts[sight] > 0);
  return [
    `${name}: ${verdict === 'conforms' && missing.length > 0 ? 'inconclusive: nothing found, but too little seen' : verdict}`,
    '',
    ...(hello === undefined ? [] : [`judged over machines: ${['always', ...hello.claims].join(', ')}`, '']),
    `${cases} cases, ${operations} operations`,
    ...rows.map((sight) => `${String(counts[sight]).padStart(11)}  ${sight}`),
    ...(finding === undefined ? [] : ['', ...argument(finding, command)]),
    ...(finding === undefined && failure !== undefined ? ['', ...failureLines(failure)] : []),
    ...(missing.length === 0 ? [] : ['', `the run ended before it had seen: ${missing.join(', ')}`]),
  ].join('\n');
}

/** The last record of `--json`. */
export function summaryMachine(of: MachineJudgement): Record<string, unknown> {
  const { cases, failure, finding, missing, seed, sightings, verdict } = of;
  const refuted = finding?.what.kind === 'refuted' ? finding.what.counterexample : undefined;
  const how = finding === undefined ? failure?.how : finding.what.kind === 'refuted' ? undefined : finding.what.how;
  return {
    record: 'summary',
    complete: true,
    verdict,
    ...(refuted === undefined
      ? {}
      : { property: CLAUSES[refuted.clause].property, clause: refuted.clause, place: refuted.place }),
    seed,
    cases,
    ops: sightings.operations,
    ...(finding === undefined ? {} : { case: saveMachine(finding.case.machine, finding.words) }),
    ...(refuted === undefined ? (how === undefined ? {} : { because: [how] }) : { because: refuted.facts }),
    ...(missing.length === 0 ? {} : { missing }),
    sometimes: sightings.counts,
  };
}
