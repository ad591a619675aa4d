/** The names that are visible at a place of a function. */

import { Outside } from './outside.ts';
import type { Node } from 'ts-morph';

/** Parameters and variables, by the block that declares them. */
export class Scope {
  readonly #names = new Set<string>();
  readonly #around: Scope | undefined;

  constructor(around?: Scope) {
    this.#around = around;
  }

  has(name: string): boolean {
    return this.#names.has(name) || this.#around?.has(name) === true;
  }

  /** Declares a name. Refuses one that is visible already: in the form, a name has one meaning in a function. */
  declare(name: string, node: Node): void {
    if (this.has(name)) throw new Outside(node, `'${name}' is visible here already; give this one another name`);
    this.#names.add(name);
  }
}
