/**
 * Callers that choose late what they ask: where the steps of calls part, as before that they are the same, whatever is asked.
 *
 * They part at the first word that is no lock's and no processor's. The specification hears of the call only then. It may take effect
 * in fewer orders than one that was made earlier, so what is right here is right if callers choose at once.
 */

import { printed } from '../calls.ts';
import { together } from '../steps.ts';
import { waitingWords } from '../site.ts';
import type { Asked, Step } from '../steps.ts';
import type { World } from '../state.ts';

/** The beginnings of calls of a world: there is one for the same calls of a processor. */
class Beginnings {
  readonly #world: World;
  readonly #words: ReadonlySet<number>;
  readonly #known = new Map<string, Step>();
  /** By processor and list: so that calls are not printed again for the same list. */
  readonly #byList = [0, 1].map(() => new WeakMap<readonly Asked[], Step>());

  constructor(world: World) {
    const { site } = world.calls;
    this.#world = world;
    this.#words = new Set(waitingWords(site));
  }

  of(processor: number, commands: readonly Asked[]): Step {
    const known = this.#byList[processor]?.get(commands);
    if (known !== undefined) return known;
    const key = `${processor} ${commands.map(printed).join()}`;
    const step = this.#known.get(key) ?? this.#anew(processor, commands);
    this.#known.set(key, step);
    this.#byList[processor]?.set(commands, step);
    return step;
  }

  #anew(processor: number, commands: readonly Asked[]): Step {
    const choices = commands.map((command) => ({ command, step: this.#world.calls.first(processor, command) }));
    return together(choices, this.#words);
  }
}

/** Returns a world whose callers choose late what they ask. */
export function choosingLate(world: World): World {
  const beginnings = new Beginnings(world);
  return { ...world, beginAny: (processor, commands) => beginnings.of(processor, commands) };
}
