/** The reply to a hello: what a harness says of itself. */

import { malformed } from './fields.ts';
import { MAX_MAX_LINE } from './bounds.ts';
import { MAX_BATCH, MAX_LINE, capacityOf } from './requests.ts';
import { fieldOf, mustBe, numberAt, objectAt, parsed, textAt, textsAt } from './fields.ts';
import { show } from '../show.ts';
import type { Fields } from './fields.ts';
import type { Parsed } from '../judge/subject.ts';
import type { Claim } from '../../protocol/index.ts';
import type { Feature, Hello } from '../judge/subject.ts';

/** A line shorter than this has no room for the smallest case. */
const MIN_MAX_LINE = 1024;
/** Most claims, and most features; this judge knows a dozen of each. */
const MAX_NAMES = 256;

const CLAIMS: Readonly<Record<Claim, true>> = {
  complete: true,
  'best-fit': true,
  'placement:linux-2.4': true,
  'placement:linux-2.6': true,
  capacity: true,
  misuse: true,
  'misuse:out-of-range': true,
  'misuse:wrong-order': true,
  'misuse:misaligned': true,
  'misuse:inner-page': true,
  'misuse:double-free': true,
  'misuse:never-allocated': true,
  'misuse:payload': true,
  'misuse:internal': true,
};

/** How many threads a harness runs at once: 2 to 64. */
const THREADS = /^threads:(?:[2-9]|[1-5]\d|6[0-4])$/u;

const FEATURES: Readonly<Record<Exclude<Feature, `threads:${number}`>, true>> = {
  'observe:free-count': true,
  'observe:free-blocks': true,
  'observe:free-lists': true,
  'observe:pair-bits': true,
  payload: true,
  'align:absolute': true,
  range: true,
  resize: true,
  sized: true,
  bulk: true,
  boot: true,
  'boot:misuse': true,
  'boot:page-size': true,
  machine: true,
  'observe:zones': true,
};

const isClaim = (name: string): name is Claim => Object.hasOwn(CLAIMS, name);
const isFeature = (name: string): name is Feature => Object.hasOwn(FEATURES, name) || THREADS.test(name);

export type Greeting =
  { readonly kind: 'hello'; readonly hello: Hello } | { readonly kind: 'refuse'; readonly why: string };

/** What a harness says of itself in words; all of it is made fit to be shown. */
function parseNames(hello: Fields): Parsed<Pick<Hello, 'name' | 'revision' | 'language'>> {
  const name = textAt('hello.', hello, 'name');
  if (name.kind === 'malformed') return name;
  const revision = textAt('hello.', hello, 'revision', '');
  if (revision.kind === 'malformed') return revision;
  const language = textAt('hello.', hello, 'language', '');
  if (language.kind === 'malformed') return language;
  return parsed({ name: show(name.value), revision: show(revision.value), language: show(language.value) });
}

/** What it claims and has; what this judge does not know of either is kept apart, fit to be shown. */
function parseAbilities(hello: Fields): Parsed<Pick<Hello, 'claims' | 'features' | 'unknown'>> {
  const claims = textsAt('hello.', hello, 'claims', MAX_NAMES);
  if (claims.kind === 'malformed') return claims;
  const features = textsAt('hello.', hello, 'features', MAX_NAMES);
  if (features.kind === 'malformed') return features;
  const strange = [
    ...claims.value.filter((claim) => !isClaim(claim)),
    ...features.value.filter((feature) => !isFeature(feature)),
  ];
  return parsed({
    claims: new Set(claims.value.filter(isClaim)),
    features: new Set(features.value.filter(isFeature)),
    unknown: strange.map(show),
  });
}

/** How much it takes at a time: `maxLine` is at most 4 MiB, and `maxBatch` no more than always fits in such a line. */
function parseLimits(hello: Fields): Parsed<Pick<Hello, 'maxBatch' | 'maxLine'>> {
  const batch = numberAt('hello.', hello, 'maxBatch', { least: 1, absent: MAX_BATCH });
  if (batch.kind === 'malformed') return batch;
  const line = numberAt('hello.', hello, 'maxLine', { least: MIN_MAX_LINE, absent: MAX_LINE });
  if (line.kind === 'malformed') return line;
  const maxLine = Math.min(line.value, MAX_MAX_LINE);
  return parsed({ maxBatch: Math.min(batch.value, capacityOf(maxLine)), maxLine });
}

/** Reads the reply to a hello. */
export function parseHello(reply: unknown): Parsed<Greeting> {
  const outer = objectAt('the reply', reply);
  if (outer.kind === 'malformed') return outer;
  const refuse = textAt('', outer.value, 'refuse', '');
  if (refuse.kind === 'malformed') return refuse;
  if (fieldOf(outer.value, 'refuse') !== undefined) return parsed({ kind: 'refuse', why: show(refuse.value) });
  const said = fieldOf(outer.value, 'hello');
  if (said === undefined) return malformed('neither "hello" nor "refuse"');
  const hello = objectAt('hello', said);
  if (hello.kind === 'malformed') return hello;
  const version = fieldOf(hello.value, 'version');
  if (version !== 1) return mustBe('hello.version', '1', version);
  const names = parseNames(hello.value);
  if (names.kind === 'malformed') return names;
  const abilities = parseAbilities(hello.value);
  if (abilities.kind === 'malformed') return abilities;
  const limits = parseLimits(hello.value);
  if (limits.kind === 'malformed') return limits;
  return parsed({ kind: 'hello', hello: { ...names.value, ...abilities.value, ...limits.value } });
}
