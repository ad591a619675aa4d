/** What an audit came to, as text and as records. */
import { grouped, show } from '../../show.ts';
import { stateOf } from './story.ts';
import { verdictOf } from './audit.ts';
import type { Audit, Held } from './audit.ts';

const told = ([one, other]: readonly [string, string]): string => `${one}; but ${other}`;

function tell(one: Held, looks: number): readonly string[] {
  const { clause, fails, refuted, statement } = one;
  const [state, text] = stateOf(one, looks);
  return [
    `${clause}  ${state === 'refuted' ? 'REFUTED' : text}`,
    `    ${statement}`,
    ...(refuted === undefined ? [] : [`    ${show(refuted.place)}: ${show(told(refuted.facts))}`]),
    ...(fails === undefined || refuted !== undefined
      ? []
      : [
          `    it can fail: if ${fails.how}, ${show(fails.counterexample.place)}: ${show(told(fails.counterexample.facts))}`,
        ]),
  ];
}

const NOTHING = `Nothing was shown, and no invariant was held. An allocator shows its free blocks by a view: observe:free-count,
observe:free-blocks, observe:free-lists, observe:pair-bits (protocol/README.md).`;

/** Returns the report in lines of text, an invariant after the other. */
export function reportOf(audit: Audit): string {
  const { held, looks, parts, states } = audit;
  const verdict = verdictOf(audit);
  const judged = verdict === 'conforms' ? [] : [`verdict: ${verdict}; check says why, and shows a case`];
  if (looks === 0) return [NOTHING, ...judged].join('\n');
  const idle = held.filter((one) => one.idle !== undefined).length;
  return [
    ...held.flatMap((one) => [...tell(one, looks), '']),
    `${grouped(looks)} looks, ${grouped(states)} different states; shown: ${parts.join(', ')}`,
    `${held.length} invariants: ${held.length - idle} held or refuted, ${idle} not`,
    ...judged,
  ].join('\n');
}

/** Returns a record for each invariant, and a summary. */
export function recordsOf(audit: Audit): readonly object[] {
  const { held, looks, parts, states } = audit;
  const records = held.map((one) => ({ record: 'invariant', ...one }));
  return [...records, { record: 'summary', complete: true, verdict: verdictOf(audit), looks, states, shown: parts }];
}
