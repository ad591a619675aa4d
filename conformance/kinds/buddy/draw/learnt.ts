/** Which shapes a subject supports, as far as one lane of a search has seen it, so that it is not asked for others all the time. */
import { LANES } from '../../../judge/search/lanes.ts';
import type { Shape } from '../case.ts';

/** Arenas after which something is known; one case in so many has a shape of its own even then; the most shapes that are kept. */
const [ENOUGH, OWN_EVERY, MOST] = [4, 8, 64];

/** Remembers supported shapes, and which of them the cases of a lane were given instead of their own. */
export class Learnt {
  readonly #shapes: Shape[] = [];
  /** By case of the lane, the place of its shape among those above; -1 if its own was drawn. */
  readonly #given: number[] = [];
  #ready = 0;
  #unsupported = 0;
  #own: Shape | undefined;

  /** Decides on the shape of a case, which comes next in the lane: its own, unless most of those were unsupported. Once for each case. */
  decide(n: number, own: () => Shape): void {
    const nth = Math.floor(n / LANES);
    if (nth < this.#given.length) return;
    const isKnown = this.#shapes.length > 0 && this.#unsupported >= ENOUGH && this.#unsupported > this.#ready;
    const isGiven = isKnown && nth % OWN_EVERY !== 0;
    this.#given.push(isGiven ? nth % this.#shapes.length : -1);
    this.#own = isGiven ? undefined : own();
  }

  /** Returns the shape that a case was given instead of its own. */
  instead(n: number): Shape | undefined {
    return this.#shapes[this.#given[Math.floor(n / LANES)] ?? -1];
  }

  /** Takes whether the shape that was decided on last is supported; a shape that was given says nothing new. */
  learn(supported: boolean): void {
    if (this.#own === undefined) return;
    if (supported) this.#ready++;
    else this.#unsupported++;
    if (supported && this.#shapes.length < MOST) this.#shapes.push(this.#own);
    this.#own = undefined;
  }
}
