const PLAIN = /^[\w@%+=:,./-]+$/;

/** Words as a POSIX shell reads them back. */
export const shellWords = (words: readonly string[]): string =>
  words.map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
