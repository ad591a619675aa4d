/** The text of a file with a mutant in it. */
import type { Placed } from './ledger.js';

export const mutatedText = ({ becomes, from, source, to }: Placed): string =>
  source.slice(0, from) + becomes + source.slice(to);
