/** Limits of a reply's text, which are checked before it is parsed: its length, its depth, and the number of its values and names. */

/**
 * The longest line that is read, in bytes, whatever a hello asks for. Measured with replies at all four limits (lists, names,
 * strings, numbers, deep nesting), twenty in a row and nine under way: this process stays below 220 MiB.
 */
export const MAX_MAX_LINE: number = 4 * 2 ** 20;
/** The deepest nesting; the protocol's own replies have 4. Deeper ones overflow the stack of whoever walks through them. */
export const MAX_DEPTH = 32;
/** Most lists, objects and commas: two views of 250,000 blocks each fit. */
export const MAX_VALUES: number = 2 ** 19;
/** Most names in objects: V8 keeps a shape for each new one. A reply of the protocol has five, and one for each detail. */
export const MAX_NAMES: number = 2 ** 15;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const LIST = 91;
const LIST_END = 93;
const OBJECT = 123;
const OBJECT_END = 125;

/** Returns the position after the string that begins before `from`, or the text's end if it has none. */
function afterString(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (end - escapes > from && text.charCodeAt(end - escapes - 1) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end + 1;
  }
  return text.length;
}

/** Returns which limit a JSON text exceeds, if any. Takes time in proportion to its length; what is no JSON may pass. */
export function excessOf(text: string): string | undefined {
  let depth = 0;
  let values = 0;
  let names = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = afterString(text, at + 1) - 1;
    else if (code === LIST || code === OBJECT) {
      values++;
      if (++depth > MAX_DEPTH) return `nested more than ${MAX_DEPTH} deep`;
    } else if (code === LIST_END || code === OBJECT_END) depth--;
    else if (code === COMMA) values++;
    else if (code === COLON) names++;
    if (values > MAX_VALUES) return `more than ${MAX_VALUES} values`;
    if (names > MAX_NAMES) return `more than ${MAX_NAMES} names`;
  }
  return undefined;
}
