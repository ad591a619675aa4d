/** A formula, or its negation: the number of a node times two, and one more where it is negated. */
export type Literal = number;

export const TRUE: Literal = 0;
export const FALSE: Literal = 1;

export const not = (literal: Literal): Literal => literal ^ 1;

/** What a node is: the constant, a variable, two formulas under one connective, or a choice between two by a third. */
export type Node =
  | { readonly kind: 'true' }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'and'; readonly left: Literal; readonly right: Literal }
  | { readonly kind: 'xor'; readonly left: Literal; readonly right: Literal }
  | { readonly kind: 'if'; readonly condition: Literal; readonly left: Literal; readonly right: Literal };

/** Returns the formulas that a node is made of. */
export function partsOf(node: Node): readonly Literal[] {
  if (node.kind === 'and' || node.kind === 'xor') return [node.left, node.right];
  return node.kind === 'if' ? [node.condition, node.left, node.right] : [];
}

/** More literals than there ever are: two of them are one key. */
const MOST_LITERALS = 2 ** 26;

/** Propositional formulas, each kept once. */
export class Formulas {
  readonly nodes: Node[] = [{ kind: 'true' }];
  readonly #known = new Map<string | number, Literal>();

  #keep(key: string | number, node: Node): Literal {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const literal = 2 * this.nodes.length;
    this.nodes.push(node);
    this.#known.set(key, literal);
    return literal;
  }

  variable(name: string): Literal {
    return this.#keep(name, { kind: 'variable', name });
  }

  and(one: Literal, other: Literal): Literal {
    const [left, right] = one < other ? [one, other] : [other, one];
    if (left === FALSE || left === not(right)) return FALSE;
    if (left === TRUE || left === right) return right;
    return this.#keep(left * MOST_LITERALS + right, { kind: 'and', left, right });
  }

  or(one: Literal, other: Literal): Literal {
    return not(this.and(not(one), not(other)));
  }

  xor(one: Literal, other: Literal): Literal {
    const sign = (one ^ other) & 1;
    const [left, right] = one < other ? [one & ~1, other & ~1] : [other & ~1, one & ~1];
    if (left === right) return sign === 0 ? FALSE : TRUE;
    if (left === TRUE) return right ^ sign ^ 1;
    return this.#keep(-left * MOST_LITERALS - right, { kind: 'xor', left, right }) ^ sign;
  }

  /** One formula if a condition holds, another if it does not. */
  choice(condition: Literal, one: Literal, other: Literal): Literal {
    if (condition === TRUE || one === other) return one;
    if (condition === FALSE) return other;
    if ((condition & 1) === 1) return this.choice(not(condition), other, one);
    if (one === not(other)) return not(this.xor(condition, one));
    if (one === TRUE || one === condition) return this.or(condition, other);
    if (one === FALSE || one === not(condition)) return this.and(not(condition), other);
    if (other === TRUE || other === not(condition)) return this.or(not(condition), one);
    if (other === FALSE || other === condition) return this.and(condition, one);
    const sign = one & 1;
    const [left, right] = [one ^ sign, other ^ sign];
    return this.#keep(`${condition} ${left} ${right}`, { kind: 'if', condition, left, right }) ^ sign;
  }

  implies(one: Literal, other: Literal): Literal {
    return this.or(not(one), other);
  }

  iff(one: Literal, other: Literal): Literal {
    return not(this.xor(one, other));
  }

  all(literals: readonly Literal[]): Literal {
    return literals.reduce((sum, literal) => this.and(sum, literal), TRUE);
  }

  any(literals: readonly Literal[]): Literal {
    return literals.reduce((sum, literal) => this.or(sum, literal), FALSE);
  }

  atMostOne(literals: readonly Literal[]): Literal {
    return this.all(literals.flatMap((one, n) => literals.slice(n + 1).map((other) => not(this.and(one, other)))));
  }

  /** The nodes that formulas are made of, those below first. */
  below(roots: readonly Literal[]): readonly number[] {
    const needed = new Set<number>();
    const waiting = roots.map((root) => root >> 1);
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (needed.has(at)) continue;
      needed.add(at);
      const node = this.nodes[at];
      if (node !== undefined) for (const part of partsOf(node)) waiting.push(part >> 1);
    }
    return [...needed].toSorted((one, other) => one - other);
  }
}
