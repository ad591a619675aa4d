/** An explanation as records, for programs. */
import { labelOf } from '../dump.ts';
import type { Explained } from '../explain.ts';
import type { Read } from '../read.ts';

/** Returns the records of an explanation; the last one is the summary. */
export function records(explained: Explained, { beyond, lines, refusals, used }: Read): readonly object[] {
  const { because, dump, fragmented, laws, nth, of, ruled, verdict, wanted } = explained;
  const { zones, ...rest } = dump;
  return [
    { record: 'read', ...rest, lines, used, leftOut: lines - used, unread: beyond, refusals, dump: nth, dumps: of },
    ...zones.map((zone) => ({ record: 'zone', zone: labelOf(zone, zones), ...zone })),
    ...(wanted === undefined ? [] : [{ record: 'request', ...wanted }]),
    ...(ruled?.tried ?? []).map((tried) => ({ record: 'tried', ...tried })),
    ...laws.map((law) => ({ record: 'law', ...law })),
    ...fragmented.map((one) => ({ record: 'fragmentation', ...one })),
    {
      record: 'summary',
      complete: beyond === 0,
      verdict,
      because: [because],
      form: dump.form,
      kernel: dump.family,
      ...(ruled === undefined || ruled.rule === ''
        ? {}
        : { rule: ruled.rule, held: ruled.held, granted: ruled.granted.filter((line) => line !== '') }),
    },
  ];
}
