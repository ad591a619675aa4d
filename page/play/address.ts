/** The state of the playground as the address of the page. */
import {
  MOST_ORDERS,
  MOST_PAGES,
  MOST_WORDS,
  areApart,
  arenaOf,
  badSize,
  isWhole,
  parseWord,
  wordOf,
} from './script.ts';
import { areZones, fromWords, toWords } from './zones/script.ts';
import { fromBootWords, isNode, toBootWords } from './boot/script.ts';
import { layout } from './layout.ts';
import { readCase } from './case/world.ts';
import type { Play, Run, Word } from './script.ts';
import type { BootPlay } from './boot/script.ts';
import type { CasePlay } from './case/script.ts';
import type { ZonesPlay } from './zones/script.ts';

/** What the playground shows: a buddy system, the zones of a machine, boot memory, or a saved case of the last two. */
export type State = Play | ZonesPlay | BootPlay | CasePlay;

export const START: Play = arenaOf(16, 5);

const numbers = (text: string): readonly number[] => text.split(',').map(Number);

const textOf = (runs: readonly Run[]): string => runs.map((run) => run.join(':')).join(',');

/** Returns the address of a state, from the # on. */
export function addressOf(state: State): string {
  if (state.kind === 'zones') {
    return `#zones=${state.zones.join(',')}&ratio=${state.ratio}&run=${toWords(state.run).join('+')}`;
  }
  if (state.kind === 'boot') return `#boot=${state.pages}&run=${toBootWords(state.run).join('+')}`;
  if (state.kind === 'case') return `#case=${encodeURIComponent(state.text)}`;
  const { free, orders, pages, reserved, run } = state;
  const kept = reserved.length === 0 ? '' : `&reserved=${textOf(reserved)}`;
  const arena = free === undefined ? `#pages=${pages}&orders=${orders}${kept}` : `#free=${free.join(',')}`;
  return `${arena}&run=${run.map(wordOf).join('+')}`;
}

/** Reads words with a space between; undefined if one of them is none, or if there are too many. */
function wordsOf(text: string): readonly Word[] | undefined {
  const words = text.split(/\s+/u).filter((one) => one !== '');
  const read = words.flatMap((one) => parseWord(one) ?? []);
  return read.length < words.length || read.length > MOST_WORDS ? undefined : read;
}

/** Returns the arena whose free lists begin with so many blocks; undefined if there is none. */
export function arenaWith(free: readonly number[]): Play | undefined {
  const isSane = isWhole(free.length, 1, MOST_ORDERS) && free.every((count) => isWhole(count, 0, MOST_PAGES));
  const laid = isSane ? layout(free) : { pages: 0, reserved: [] };
  return badSize(laid.pages, free.length) === undefined
    ? { kind: 'buddy', orders: free.length, free, run: [], ...laid }
    : undefined;
}

function arenaFrom(said: URLSearchParams): Play | undefined {
  const free = said.get('free');
  if (free !== null) return arenaWith(numbers(free));
  const [pages, orders] = [Number(said.get('pages') ?? START.pages), Number(said.get('orders') ?? START.orders)];
  if (badSize(pages, orders) !== undefined) return undefined;
  const runs = (said.get('reserved') ?? '').split(',').filter((one) => one !== '');
  const reserved = runs.map((one): Run => {
    const [first = NaN, count = NaN] = one.split(':').map(Number);
    return [first, count];
  });
  return areApart(reserved, pages) ? { ...arenaOf(pages, orders), reserved } : undefined;
}

function zonesFrom(said: URLSearchParams): ZonesPlay | undefined {
  const zones = numbers(said.get('zones') ?? '');
  const ratio = Number(said.get('ratio') ?? '8');
  const run = fromWords(said.get('run') ?? '');
  return run !== undefined && areZones(zones, ratio) ? { kind: 'zones', zones, ratio, run } : undefined;
}

function bootFrom(said: URLSearchParams): BootPlay | undefined {
  const pages = Number(said.get('boot'));
  const run = fromBootWords(said.get('run') ?? '');
  return run !== undefined && isNode(pages) ? { kind: 'boot', pages, run } : undefined;
}

function caseFrom(said: URLSearchParams): CasePlay | undefined {
  try {
    const read = readCase(JSON.parse(said.get('case') ?? ''));
    return typeof read === 'string' ? undefined : read;
  } catch {
    return undefined;
  }
}

/** Reads an address; one that says something wrong is that of the start. */
export function fromAddress(hash: string): State {
  const said = new URLSearchParams(hash.replace(/^#/u, ''));
  if (said.has('zones')) return zonesFrom(said) ?? START;
  if (said.has('case')) return caseFrom(said) ?? START;
  if (said.has('boot')) return bootFrom(said) ?? START;
  const arena = arenaFrom(said);
  const run = wordsOf(said.get('run') ?? '');
  return arena === undefined || run === undefined ? START : { ...arena, run };
}
