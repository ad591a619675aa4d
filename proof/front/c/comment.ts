/** Comments in C. */

const MOST_COLUMNS = 116;

/** What the source calls otherwise. */
const inC = (text: string): string =>
  text.replaceAll(/\bundefined\b/gu, 'BUDDY_NO_MISUSE').replaceAll(/\bNONE\b/gu, 'BUDDY_NONE');

/** Returns a text as the lines of a comment; none for no text. */
export function wrapped(text: string): readonly string[] {
  if (text === '') return [];
  const lines = [''];
  for (const word of inC(text).split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length + 4 > MOST_COLUMNS) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.map((line, n) => `${n === 0 ? '/* ' : ' * '}${line}${n === lines.length - 1 ? ' */' : ''}`);
}
