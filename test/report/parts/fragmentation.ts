/** The part about fragmentation: what the buddy system costs, measured while the report is made. */

import { COUNTED } from '../part.ts';
import { fragmentationPlot } from '../../../conformance/demo/plot.ts';
import { measured } from '../../../conformance/demo/fragmentation.ts';
import { read } from '../freshness.ts';
import type { Part } from '../part.ts';

const SEED = 1;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Returns the part about fragmentation. */
export function fragmentationPart(): Part {
  const found = measured(SEED);
  const { failures } = found;
  const orders = failures[0]?.shares ?? [];
  const rows = orders.map((_, of) => [String(of), ...failures.map(({ shares }) => percent(shares[of] ?? 0))]);
  const { moments, pages } = found.experiment;
  return {
    id: 'fragmentation',
    title: 'What the algorithm costs',
    about: `External fragmentation: the share of ${moments} moments at which a request failed though as many pages were free, in ${pages} pages, with the same requests for all. This judges the algorithm, not this implementation of it; \`grouped\` is no kernel’s code.`,
    state: COUNTED,
    read: read('src/buddy', 'conformance/demo'),
    blocks: [
      {
        kind: 'picture',
        svg: fragmentationPlot(found),
        words: 'Requests that fail though enough pages are free, by order; the table has the same figures.',
      },
      {
        kind: 'table',
        caption: 'Requests that fail, by order',
        heads: ['order', ...failures.map(({ name }) => name)],
        rows,
      },
    ],
  };
}
