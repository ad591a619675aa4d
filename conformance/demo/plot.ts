/** The shares of failed requests by order as a picture: an SVG that needs nothing else, light and dark. */
import { inMarkup } from '../show.ts';
import type { Failures, Measured } from './fragmentation.ts';

const [WIDTH, HEIGHT] = [720, 420];
const [LEFT, RIGHT, TOP, BOTTOM] = [64, 176, 56, 56];

/** How each line looks: no two differ by colour alone. */
const LOOKS: readonly (readonly [dash: string, marker: string])[] = [
  ['', 'M-4 -4h8v8h-8z'],
  ['7 4', 'M0 -5.5l5 9h-10z'],
  ['2 4', 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z'],
  ['10 3 2 3', 'M0 -6l6 6l-6 6l-6 -6z'],
];

const STYLE = `
svg { color-scheme: light dark; font: 13px system-ui, sans-serif; }
.paper { fill: #ffffff; } text { fill: #1c1b19; } .axis { stroke: #dcd6cb; } .faint { fill: #645f57; }
.line { fill: none; stroke-width: 2; } .line, .mark { stroke: #2b5797; } .mark { fill: #ffffff; stroke-width: 1.5; }
.n1 .line, .n1 .mark { stroke: #b3261e; } .n2 .line, .n2 .mark { stroke: #b35c00; } .n3 .line, .n3 .mark { stroke: #23714b; }
@media (prefers-color-scheme: dark) {
  .paper, .mark { fill: #1e2024; } text { fill: #ece9e3; } .axis { stroke: #3a3c42; } .faint { fill: #a8a49b; }
  .line, .mark { stroke: #9cc0f0; } .n1 .line, .n1 .mark { stroke: #ff9a8f; } .n2 .line, .n2 .mark { stroke: #ffb45c; }
  .n3 .line, .n3 .mark { stroke: #86d3a8; }
}`;

const round = (n: number): number => Math.round(n * 10) / 10;

/** Where an order and a share lie. */
const xOf = (of: number, orders: number): number => round(LEFT + (of * (WIDTH - LEFT - RIGHT)) / (orders - 1));
const yOf = (share: number): number => round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM));

/** Draws the line of one contender, with its name in the legend. */
function lineOf({ name, shares }: Failures, n: number): string {
  const [dash = '', marker = ''] = LOOKS[n % LOOKS.length] ?? [];
  const points = shares.map((share, of) => [xOf(of, shares.length), yOf(share)] as const);
  const path = points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('');
  const marks = points.map(
    ([x, y], of) =>
      `<path class="mark" d="${marker}" transform="translate(${x} ${y})"><title>${inMarkup(name)}, order ${of}: ${(100 * (shares[of] ?? 0)).toFixed(1)} %</title></path>`,
  );
  const [x, y] = [WIDTH - RIGHT + 20, TOP + 10 + 24 * n];
  return [
    `<g class="n${n}">`,
    `<path class="line" d="${path}" stroke-dasharray="${dash}"/>`,
    ...marks,
    `<path class="line" d="M${x} ${y}h34" stroke-dasharray="${dash}"/>`,
    `<path class="mark" d="${marker}" transform="translate(${x + 17} ${y})"/>`,
    `<text x="${x + 42}" y="${y + 4}">${inMarkup(name)}</text>`,
    '</g>',
  ].join('');
}

function axes(orders: number): readonly string[] {
  const right = WIDTH - RIGHT;
  const rows = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<path class="axis" d="M${LEFT} ${yOf(share)}H${right}"/><text class="faint" x="${LEFT - 8}" y="${yOf(share) + 4}" text-anchor="end">${100 * share} %</text>`,
  );
  const columns = Array.from(
    { length: orders },
    (_, of) =>
      `<text class="faint" x="${xOf(of, orders)}" y="${HEIGHT - BOTTOM + 20}" text-anchor="middle">${of}</text>`,
  );
  const middle = (LEFT + right) / 2;
  return [
    ...rows,
    ...columns,
    `<text x="${middle}" y="${HEIGHT - 14}" text-anchor="middle">order of the request</text>`,
  ];
}

/** Returns the picture of an experiment. */
export function fragmentationPlot({ experiment, failures }: Measured): string {
  const { pages, seed } = experiment;
  const title = 'Requests that fail though enough pages are free, by order';
  const said = failures
    .map(({ name, shares }) => `${name}: ${shares.map((share) => `${(100 * share).toFixed(1)} %`).join(', ')}`)
    .join('; ');
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img">`,
    `<title>${title}</title><desc>${inMarkup(said)}</desc><style>${STYLE}</style>`,
    `<rect class="paper" width="${WIDTH}" height="${HEIGHT}"/>`,
    `<text x="${LEFT}" y="28" font-size="15" font-weight="600">${title}</text>`,
    `<text class="faint" x="${LEFT}" y="46">${pages} pages, seed ${seed}</text>`,
    ...axes(failures[0]?.shares.length ?? 2),
    ...failures.map(lineOf),
    '</svg>',
  ].join('\n')}\n`;
}
