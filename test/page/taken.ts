/** What the playground takes a text of the buddy system for. */
import { START } from '../../page/play/address.ts';
import { read } from '../../page/play/read/read.ts';
import type { Play } from '../../page/play/script.ts';
import type { Read } from '../../page/play/read/reading.ts';

/** Returns what a text was read as. Throws if it could not be read, or is of another kind. */
export function taken(text: string): Read & { readonly play: Play } {
  const reading = read(text, START);
  if (reading.kind === 'unread') throw new Error(reading.why);
  const { play } = reading;
  if (play.kind !== 'buddy') throw new Error(`taken for ${reading.as}`);
  return { ...reading, play };
}
