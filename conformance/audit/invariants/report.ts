/** What an audit came to, as text and as records. */
import { show } from '../../show.ts';
import type { Audit, Held } from './audit.ts';

const told = ([one, other]: readonly [string, string]): string => `${one}; but ${other}`;

function tell({ clause, fails, idle, refuted, statement }: Held, looks: number): readonly string[] {
  const state = refuted !== undefined ? 'REFUTED' : (idle ?? `held ${looks.toLocaleString('en')} times`);
  return [
    `${clause}  ${state}`,
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
export function reportOf({ held, looks, parts, states }: Audit): string {
  const shown = parts.length === 0 ? 'nothing' : parts.join(', ');
  if (looks === 0) return NOTHING;
  const idle = held.filter((one) => one.idle !== undefined).length;
  return [
    ...held.flatMap((one) => [...tell(one, looks), '']),
    `${looks.toLocaleString('en')} looks, ${states.toLocaleString('en')} different states; shown: ${shown}`,
    `${held.length} invariants: ${held.length - idle} held or refuted, ${idle} not`,
  ].join('\n');
}

/** Returns a record for each invariant, and a summary. */
export function recordsOf({ held, judgement, looks, parts, states }: Audit): readonly object[] {
  const records = held.map((one) => ({ record: 'invariant', ...one }));
  return [...records, { record: 'audit', verdict: judgement.verdict, looks, states, shown: parts }];
}
