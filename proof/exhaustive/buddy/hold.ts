/** The invariants, held against every state of a census. */
import { Image, regionOf } from './image.ts';
import { allocatorIn } from './make.ts';
import { refute } from './difference.ts';
import { refuteAll, tell } from '../../../invariants/index.ts';
import { windowOf } from './window.ts';
import type { Stated } from './census.ts';

/** Puts a zone into every state and holds every invariant against it, once each; returns how many states there were. */
export function holdAll(census: Stated): number {
  const { kernel, arena } = census.ground;
  const region = regionOf(kernel, arena);
  const observation = allocatorIn(kernel, arena, region).observe();
  const window = windowOf(census.ground, census.tree);
  const { words } = new Image(kernel, arena, region);
  words.set(census.whole ?? []);
  for (let rank = 0; rank < census.tree.states; rank++) {
    window.scatter(census.words, rank * census.width, words);
    const [found] = refuteAll(observation);
    if (found !== undefined) refute(`state ${rank}`, 'looking', tell(found), 'every invariant holds');
  }
  return census.tree.states;
}
