/** How many turns the loops of the mutated layers may take: a mutant that makes one endless is stopped by a count, not by a clock. */
const CHUNK = 2 ** 30;

/** What is left of the chunk in use, and how many whole ones there are besides: small numbers, as each turn counts one down. */
let left = CHUNK;
let chunks = Infinity;
let wanted = false;

/** Begins another chunk. Throws if there is none, and at each turn after that. */
function refill() {
  left = 0;
  wanted = chunks < 1;
  if (wanted) throw new Error('its loops take more turns than they may');
  chunks--;
  left = CHUNK - 1; // one is taken now
}

/** Is called at each turn of a loop. */
export function burn() {
  if (--left < 0) refill();
}

/** Lets loops take `turns` turns from now on, or any number of them. */
export function refuel(turns) {
  left = turns % CHUNK || 0;
  chunks = Math.floor(turns / CHUNK);
  wanted = false;
}

/** Returns how many turns are left. */
export const turnsLeft = () => chunks * CHUNK + left;

/** Reports whether a loop wanted more turns than it had. */
export const isEmpty = () => wanted;
