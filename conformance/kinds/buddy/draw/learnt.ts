/** Which shapes a subject supports, as far as a run has seen it, so that it is not asked for others all the time. */
import type { Shape } from '../case.ts';

/** Arenas after which something is known; one case in so many has a shape of its own even then; the most shapes that are kept. */
const [ENOUGH, OWN_EVERY, MOST] = [16, 8, 64];

/** Remembers supported shapes, and which of them the cases of a run were given instead of their own. */
export class Learnt {
  readonly #shapes: Shape[] = [];
  /** By case, the place of its shape among those above; -1 if its own was drawn. */
  readonly #given: number[] = [];
  #ready = 0;
  #unsupported = 0;
  #own: Shape | undefined;

  /** Decides on the shape of the n-th case: its own, unless most of those were unsupported. */
  draw(n: number, own: () => Shape): void {
    const isKnown = this.#shapes.length > 0 && this.#unsupported >= ENOUGH && this.#unsupported > this.#ready;
    const given = isKnown && n % OWN_EVERY !== 0;
    this.#given[n] = given ? n % this.#shapes.length : -1;
    this.#own = given ? undefined : own();
  }

  /** Returns the shape that the n-th case was given instead of its own. */
  instead(n: number): Shape | undefined {
    return this.#shapes[this.#given[n] ?? -1];
  }

  /** Takes whether the last shape is supported; a shape that was given says nothing new. */
  learn(supported: boolean): void {
    if (this.#own === undefined) return;
    if (supported) this.#ready++;
    else this.#unsupported++;
    if (supported && this.#shapes.length < MOST) this.#shapes.push(this.#own);
  }
}
