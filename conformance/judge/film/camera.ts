/** Takes a run down step by step, as a reel that a film is made of. */
import type { FilmChange, FilmGround, FilmStep, Reel } from '../../../protocol/index.ts';

/** What a reel begins with: the rows of frames, and what they hold before the first step. */
export type Opening = Pick<Reel, 'grounds' | 'start'>;

/** A camera that lets some steps pass and takes down those after them. */
export class Camera {
  #left: number;
  readonly #skip: number;
  #grounds: readonly FilmGround[] = [];
  #start: readonly FilmChange[] = [];
  readonly #steps: FilmStep[] = [];

  /** `skip`: how many steps are not taken down. */
  constructor(skip: number) {
    this.#skip = skip;
    this.#left = skip;
  }

  /** Takes one step down. `opening` says what was there before it, and is asked once. */
  shoot(opening: () => Opening, step: () => FilmStep): void {
    if (this.#left > 0) {
      this.#left--;
      return;
    }
    if (this.#steps.length === 0) {
      const { grounds, start } = opening();
      this.#grounds = grounds;
      this.#start = start;
    }
    this.#steps.push(step());
  }

  /** Returns what was taken down. */
  get reel(): Reel {
    return { grounds: this.#grounds, start: this.#start, skipped: this.#skip - this.#left, steps: this.#steps };
  }
}
