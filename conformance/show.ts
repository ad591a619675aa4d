/** Text as it is shown, on any terminal, in any report: text from outside, and how many there are of something. */

/** What does not print, or changes how its neighbours do: controls, C1, bidirectional marks, line ends, lone surrogates. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The longest text that is shown whole, in UTF-16 code units. */
const SHOWN = 200;

const escaped = (text: string): string =>
  text.replace(HIDDEN, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);

/** Returns the first 200 characters of a text on one line, with what does not print as \u{...}. */
export function show(text: string): string {
  if (text.length <= SHOWN) return escaped(text);
  const splits = /[\ud800-\udbff]/.test(text.charAt(SHOWN - 1)); // a surrogate pair is not cut in two
  return `${escaped(text.slice(0, splits ? SHOWN - 1 : SHOWN))}...`;
}

/** Returns all lines of a text, with what does not print as \u{...}; tabs stay, and so do ends of lines, as line feeds. */
export const showLines = (text: string): string =>
  text.replaceAll('\r\n', '\n').replace(/[^\n\t]+/gu, (line) => escaped(line));

/** Returns a number, rounded, with its thousands apart. */
export const grouped = (n: number): string => Math.round(n).toLocaleString('en-US');

/** Returns a text as a picture or a file of XML has it. */
export const inMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Returns a number of things in words: `1 case`, `1,200 cases`. */
export const counted = (count: number, what: string): string => `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;
