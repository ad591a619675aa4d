/** Results as SARIF 2.1.0: a rule for each clause that was refuted, or for each way of not answering. */
import { bodyOf, headOf } from './results.ts';
import { createHash } from 'node:crypto';
import type { Result, Results } from './results.ts';

const ruleIdOf = ({ refuted, verdict }: Result): string => refuted?.clause ?? verdict;

/** What a rule says that is no clause. */
const OTHERWISE = 'The allocator answers every request, in the form of the protocol, and in the same way each time.';

const ruleOf = (result: Result): object => ({
  id: ruleIdOf(result),
  ...(result.refuted === undefined ? {} : { name: result.refuted.property }),
  shortDescription: { text: result.refuted?.sentence ?? OTHERWISE },
});

/** A name for a finding that stays the same as long as the rule and the case do. */
const fingerprint = (result: Result): string =>
  createHash('sha256')
    .update([result.kind, ruleIdOf(result), ...result.description].join('\n'))
    .digest('hex');

/** Returns a result; where in a source it is at fault nobody knows, so that it has the place in the arena alone. */
const resultOf = (result: Result, rules: readonly string[]): object => ({
  ruleId: ruleIdOf(result),
  ruleIndex: rules.indexOf(ruleIdOf(result)),
  kind: result.standing === 'open' ? 'review' : 'fail',
  level: result.standing === 'open' ? 'none' : 'error',
  message: { text: [headOf(result), ...bodyOf(result)].join('\n') },
  ...(result.refuted === undefined
    ? {}
    : {
        locations: [
          {
            logicalLocations: [
              { name: result.refuted.place, fullyQualifiedName: `${result.kind}/${result.refuted.place}` },
            ],
          },
        ],
      }),
  partialFingerprints: { 'case/v1': fingerprint(result) },
  properties: { subjectKind: result.kind, replay: result.replay },
});

/** Returns a log with one run. Results without a location are allowed, and counted in the run's properties. */
export function sarif({ results, seed, subject, verdict }: Results): object {
  const told = results.filter(({ standing }) => standing !== 'passed' && standing !== 'skipped');
  const rules = [...new Map(told.map((one) => [ruleIdOf(one), one])).values()];
  const ids = rules.map(ruleIdOf);
  const unplaced = told.filter(({ refuted }) => refuted === undefined).length;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'buddy-oracle', rules: rules.map(ruleOf) } },
        invocations: [{ executionSuccessful: told.every(({ standing }) => standing !== 'broken') }],
        results: told.map((one) => resultOf(one, ids)),
        columnKind: 'utf16CodeUnits',
        properties: { subject, verdict, seed, resultsWithoutLocation: unplaced },
      },
    ],
  };
}
