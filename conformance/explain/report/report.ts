/** An explanation as text. */
import { readAs, requestOf } from './words.ts';
import { CLAUSES } from '../../../spec/clauses.ts';
import { labelOf } from '../dump.ts';
import { show } from '../../show.ts';
import type { Explained, Fragmented } from '../explain.ts';
import type { Law } from '../laws.ts';
import type { Read } from '../read.ts';
import type { Ruled, Step, Tried } from '../judged.ts';

const stepLine = ({ clause, holds, text, what }: Step): string =>
  `    ${what.padEnd(8)} ${text.padEnd(46)} ${holds ? 'goes on' : 'refused'} (${clause})`;

const triedLines = ({ short, steps, zone }: Tried): readonly string[] => [
  `  ${zone}${short === 0 ? ': could give it' : `: short of ${short} ${short === 1 ? 'page' : 'pages'}`}`,
  ...steps.map(stepLine),
];

function ruledLines({ granted, held, rule, tried }: Ruled): readonly string[] {
  if (tried.length === 0) return [];
  const more = granted.filter((line) => line !== '');
  return [
    `held to: ${held}`,
    '',
    `the zones that it may use, by the rule of ${rule}, in pages`,
    ...tried.flatMap(triedLines),
    ...(more.length === 0 ? [] : ['', 'what would have granted it', ...more.map((line) => `  ${line}`)]),
  ];
}

function zoneLines({ dump }: Explained): readonly string[] {
  const { zones } = dump;
  if (zones.length === 0) return [];
  const rows = zones.map((zone) => {
    const { free, marks, present } = zone;
    const count = free === undefined ? '' : `${free} free`;
    const levels = marks === undefined ? '' : `marks ${marks.min}/${marks.low}/${marks.high}`;
    const size = present === undefined ? '' : `${present} present`;
    const words = [count, levels, size].filter((word) => word !== '').join(', ');
    return `  ${show(labelOf(zone, zones)).padEnd(16)} ${words}`.trimEnd();
  });
  return ['', 'zones, in pages', ...rows];
}

const MARK: Readonly<Record<Law['kept'], string>> = { holds: 'holds', apart: 'nearly', differs: 'differs' };

const lawLines = (laws: readonly Law[]): readonly string[] =>
  laws.length === 0
    ? []
    : [
        '',
        'laws',
        ...laws.map(({ clause, kept, says, zone }) => `  ${MARK[kept].padEnd(8)}${show(zone)}: ${says} (${clause})`),
      ];

/** Returns the fragmentation index as the kernel prints it, with three places. */
const indexOf = (thousandths: number): string => (thousandths / 1000).toFixed(3);

const WIDTH = 24;

function fragmentLines(fragmented: readonly Fragmented[]): readonly string[] {
  if (fragmented.length === 0) return [];
  const zones = [...new Set(fragmented.map(({ zone }) => zone))];
  const head = `order    blocks  free pages by order        unusable (FRAG-2)  index (FRAG-3)`;
  return zones.flatMap((zone) => {
    const rows = fragmented.filter((one) => one.zone === zone);
    const most = Math.max(1, ...rows.map(({ blocks, order }) => blocks * 2 ** order));
    return [
      '',
      `free blocks of ${show(zone)}`,
      `  ${head}`,
      ...rows.map(({ blocks, index, order, unusable }) => {
        const bar = '='.repeat(Math.round((blocks * 2 ** order * WIDTH) / most)).padEnd(WIDTH, '.');
        const share = `${(100 * unusable).toFixed(1)} %`;
        return `  ${String(order).padStart(5)} ${String(blocks).padStart(9)}  |${bar}|  ${share.padStart(17)}  ${indexOf(index).padStart(14)}`;
      }),
    ];
  });
}

/** Returns the sentences of the clauses that an explanation leans on. */
function clauseLines({ laws, ruled }: Explained): readonly string[] {
  const failing = (ruled?.tried ?? []).flatMap(({ steps }) =>
    steps.filter(({ holds }) => !holds).map(({ clause }) => clause),
  );
  const broken = laws.filter(({ kept }) => kept === 'differs').map(({ clause }) => clause);
  return [...new Set([...failing, ...broken])].flatMap((id) => ['', `  ${id}: ${CLAUSES[id].sentence}`]);
}

/** Returns an explanation as lines of text. */
export function report(explained: Explained, read: Read): string {
  const { because, fragmented, laws, ruled, verdict } = explained;
  return [
    ...readAs(explained, read),
    ...requestOf(explained),
    ...(ruled === undefined ? [] : ruledLines(ruled)),
    '',
    `verdict: ${verdict}`,
    `because: ${because}`,
    ...clauseLines(explained),
    ...zoneLines(explained),
    ...lawLines(laws),
    ...fragmentLines(fragmented),
  ].join('\n');
}
