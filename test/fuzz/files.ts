/** Hostile case files: cases of every kind, twisted as text, as structure, as numbers and as size. */

import { KINDS } from '../../conformance/kinds/all.ts';
import { claimsOf } from '../../conformance/judge/terms.ts';
import { referenceSubject } from '../../conformance/subjects/reference.ts';
import { twisted } from './replies.ts';
import type { AnyKind } from '../../conformance/judge/kind.ts';
import type { Random } from './random.ts';

/** Numbers that are a bound of something, or just beyond one. */
const NUMBERS: readonly [string, ...string[]] = [
  ...['0', '1', '2', '3', '7', '8', '15', '16', '30', '31', '32', '63', '64', '254', '255', '256', '1023', '4096'],
  ...['65535', '1048576', '1048577', '2147483647', '4294967296', '4503599627370496', '9007199254740991'],
  ...['9007199254740992', '-1', '1.5', '1e3', '01', '1e99'],
] as unknown as [string, ...string[]];

const WORDS: readonly [string, ...string[]] = [
  ...['a0', 'a3', 'a31', 'a32', 'f0', 'f7', 'F0:0', 'F3:1', 'F9007199254740991:255', 'k', 'g0', 'p0:0', 'A0:0:496:0'],
  ...[
    'N0:1:32:0',
    'bt0',
    'br0:0:4096',
    'bf0:0:4096',
    'ba*:100:32:0',
    'ba0:4096:4096:0',
    'x',
    '',
    'a',
    'F1',
    'a-1',
    '\u202e',
  ],
] as unknown as [string, ...string[]];

/** Returns some cases of a kind as they are saved, drawn from its own source. */
function savedCases(kind: AnyKind): readonly object[] {
  const { hello } = referenceSubject('2.4');
  const claims = claimsOf(hello, { claim: [], noClaim: [] });
  const source = kind.source({ seed: 1, operations: 12, pages: [], orders: [], bases: [], claims, hello });
  const cases = Array.from({ length: 40 }, (_, n) => source.draw(n));
  return cases.flatMap((one) => (one === undefined ? [] : saveOf(kind, one)));
}

/** Returns a drawn case as it is saved; nothing if choices of it are still open. */
function saveOf(kind: AnyKind, of: object): readonly object[] {
  try {
    const saved = kind.save(of);
    return JSON.stringify(saved).length < 4000 ? [saved] : [];
  } catch {
    return [];
  }
}

/** The cases by kind: each kind is drawn as often, however few of its cases are fixed. */
const SOUND: readonly (readonly object[])[] = KINDS.map(savedCases);

/** Draws a kind, and one of its cases. */
function soundOne(random: Random): object {
  const cases = SOUND[random.below(SOUND.length)] ?? [];
  return cases[random.below(cases.length)] ?? {};
}

/** Returns a saved case in which a number or a word of the script is another. */
function changed(random: Random, saved: object): string {
  let text = JSON.stringify(saved);
  for (let edits = 1 + random.below(3); edits > 0; edits--) {
    const numbers = [...text.matchAll(/\d+/gu)];
    const at = numbers[random.below(Math.max(1, numbers.length))];
    if (at !== undefined) text = text.slice(0, at.index) + random.of(NUMBERS) + text.slice(at.index + at[0].length);
    if (!random.once(2)) continue;
    const words = Array.from({ length: random.below(6) }, () => random.of(WORDS)).join(' ');
    text = text.replace(/"run":"/u, () => `"run":"${words} `);
  }
  return text;
}

/** Returns a saved case as text in which a piece was cut out, doubled, or put elsewhere. */
function torn(random: Random, saved: object): string {
  const text = JSON.stringify(saved);
  const [at, length] = [random.below(text.length), random.size(8)];
  const piece = text.slice(at, at + length);
  return random.of([
    text.slice(0, at) + text.slice(at + length),
    text.slice(0, at) + piece + text.slice(at),
    piece + text,
    text.slice(0, at),
  ]);
}

/** Returns a file: mostly nearly a case, seldom far from one. */
export function hostileFile(random: Random): string {
  const [saved, other] = [soundOne(random), soundOne(random)];
  switch (random.below(8)) {
    case 0:
      return JSON.stringify(twisted(random, saved) ?? null);
    case 1:
      return torn(random, saved);
    case 2:
      return JSON.stringify({ ...saved, before: random.once(3) ? [twisted(random, other)] : [other] });
    case 3:
      return `{"record":"kind"}\n${JSON.stringify({ record: 'summary', case: random.once(3) ? twisted(random, saved) : saved })}\n`;
    case 4:
      return JSON.stringify({ ...saved, run: `${random.of(WORDS)} `.repeat(random.size(12)) });
    default:
      return changed(random, saved);
  }
}
