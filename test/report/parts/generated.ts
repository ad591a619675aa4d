/** The parts whose tables the audits generate: rooms by layers, orders by evidence, recordings, departures. */

import { COUNTED, counted } from '../part.ts';
import { comparedPart } from '../../audit/generated/recorded.ts';
import { departurePart } from '../../audit/generated/linux-table.ts';
import { linksIn, tableIn, unlinked } from '../markdown.ts';
import { ordersPart } from '../../audit/generated/evidence.ts';
import { read } from '../freshness.ts';
import { roomsPart } from '../../audit/generated/rooms.ts';
import type { Entry, Part } from '../part.ts';
import type { Tree } from '../../audit/tree.ts';

/** Returns how many files, and folders of tests, a room has in each layer. */
export function layersPart(tree: Tree): Part {
  const { heads, rows } = tableIn(roomsPart(tree));
  const numbers = rows.map(([room = '', ...cells]) => [room, ...cells.map((cell) => String(linksIn(cell) || ''))]);
  return {
    id: 'layers',
    title: 'Rooms by layers',
    about:
      'A layer says what kind of statement a file makes: `spec` what is right, `src` how Linux does it, `invariants` what always holds, `conformance` is the judge. A room says what it is about. The numbers are files, and for `test` folders. Only types are shared between layers, so that one mistake cannot be made in two of them; an audit refuses every other import.',
    state: COUNTED,
    read: read('protocol', 'spec', 'src', 'invariants', 'conformance/kinds'),
    blocks: [{ kind: 'table', caption: 'Files by room and layer', heads: ['room', ...heads.slice(1)], rows: numbers }],
  };
}

/** Returns which evidence meets which order. */
export async function ordersReport(): Promise<Part> {
  return {
    id: 'orders',
    title: 'Which orders were met',
    about:
      'A split is a grant that halves a block of the order, a join a free that makes one. Lockstep compares both allocators with the specification after each command; recordings are of the kernels themselves; a shift by s goes through every state of 16 × 2^s pages in the orders s to s + 4.',
    state: COUNTED,
    read: read('test/lockstep', 'test/trace', 'src/buddy', 'conformance/kinds/buddy'),
    blocks: [{ ...tableIn(await ordersPart(), 'Orders by evidence'), isWords: true }],
  };
}

/** Returns what was compared with the kernels' own code. */
export const recordingsPart = (): Part => ({
  id: 'recordings',
  title: 'What the kernels themselves did',
  about:
    'The allocator code of two Linux kernels was compiled into an ordinary program and given random commands; every step is replayed against `src` and `spec`.',
  state: COUNTED,
  read: read('test/trace/recordings'),
  blocks: [tableIn(comparedPart(), 'Recorded steps')],
});

/** A row of the generated table as an entry; paths are from the project's root. */
function departureOf([id = '', why = '', at = '', file = '', tests = '']: readonly string[]): Entry {
  const named = unlinked(tests)
    .split(' ')
    .filter((test) => test !== '');
  const paths = named.map((test) => `\`test/${test}.test.ts\``).join(' ');
  return {
    id,
    name: '',
    text: `${why.slice(0, 1).toUpperCase()}${why.slice(1)}.`,
    facts: [
      ['code', `${at} in \`src/${unlinked(file)}.ts\``],
      ['tests', named.length === 0 ? 'no test is named after it' : paths],
    ],
  };
}

/** Returns where `src` differs from the kernel on purpose. */
export function departuresPart(tree: Tree): Part {
  const entries = tableIn(departurePart(tree)).rows.map(departureOf);
  const untested = entries.filter(({ facts }) => facts.some(([, value]) => value.startsWith('no test'))).length;
  return {
    id: 'departures',
    title: 'Where it departs from the kernel',
    about: `In ${entries.length} places the reference implementation differs from Linux on purpose. Each is tagged where the code is; those of boot memory must be in the name of a test. No test is named after ${untested} others.`,
    state: COUNTED,
    read: read('src'),
    blocks: [
      { kind: 'heading', text: counted(entries.length, 'departure') },
      { kind: 'entries', entries },
    ],
  };
}
