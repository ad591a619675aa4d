import { Image, regionOf } from './image.ts';
import { allocatorIn } from './make.ts';
import { refute } from './difference.ts';
import { refuteAll, tell } from '../../../invariants/index.ts';
import type { Stated } from './census.ts';

/** Puts the words of every state into a zone and holds every invariant against it, once each; how many states there were. */
export function holdAll(census: Stated): number {
  const { kernel, arena } = census.ground;
  const region = regionOf(kernel, arena);
  const observation = allocatorIn(kernel, arena, region).observe();
  const { words } = new Image(kernel, arena, region);
  for (let rank = 0; rank < census.tree.states; rank++) {
    words.set(census.words.subarray(rank * census.width, (rank + 1) * census.width));
    const [found] = refuteAll(observation);
    if (found !== undefined) refute(`state ${rank}`, 'looking', tell(found), 'every invariant holds');
  }
  return census.tree.states;
}
