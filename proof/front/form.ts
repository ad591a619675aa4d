/** The form that the functions of `src` are read into: expressions, statements, functions, classes and modules. */

/** Where a piece of code is. */
export interface Place {
  readonly file: string;
  readonly line: number;
  /** The code itself, cut after 60 characters. */
  readonly text: string;
}

/** Operators of two numbers that give a number; all but `+ - * **` read and give 32 bits. */
export type Arithmetic = '+' | '-' | '*' | '**' | '&' | '|' | '^' | '<<' | '>>' | '>>>';

/** Operators of two values that give a truth value; all but `===` and `!==` compare numbers. */
export type Comparison = '<' | '>' | '<=' | '>=' | '===' | '!==';

/** A property of a record: a name with its value, or all properties of another record. */
export type Property =
  | { readonly kind: 'named'; readonly name: string; readonly value: Expression }
  | { readonly kind: 'spread'; readonly value: Expression };

/** What an expression does. */
export type Deed =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'this' }
  /** A parameter or a variable. */
  | { readonly kind: 'local'; readonly name: string }
  /** A name of the module: its own, an imported one, or one of the language. */
  | { readonly kind: 'global'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'element'; readonly of: Expression; readonly index: Expression }
  | { readonly kind: 'negate' | 'complement' | 'not'; readonly operand: Expression }
  | {
      readonly kind: 'arithmetic';
      readonly operator: Arithmetic;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'comparison';
      readonly operator: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** The right side is evaluated only if the left one does not decide. */
  | { readonly kind: '&&' | '||' | '??'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'choice'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'call'; readonly callee: Expression; readonly values: readonly Expression[] }
  | { readonly kind: 'record'; readonly properties: readonly Property[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] };

/** An expression, and where it is. */
export type Expression = Deed & { readonly at: Place };

/** What a statement does. `++`, `+=` and the like are read as what they mean. */
export type Act =
  | { readonly kind: 'assign'; readonly name: string; readonly value: Expression }
  | { readonly kind: 'write'; readonly array: Expression; readonly index: Expression; readonly value: Expression }
  | { readonly kind: 'evaluate'; readonly value: Expression }
  | { readonly kind: 'if'; readonly condition: Expression; readonly yes: Block; readonly no: Block }
  /** `next` is carried out after each round, after a `continue` too. */
  | { readonly kind: 'while'; readonly condition: Expression; readonly body: Block; readonly next: Block }
  | { readonly kind: 'each'; readonly name: string; readonly of: Expression; readonly body: Block }
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' }
  | { readonly kind: 'return'; readonly value: Expression }
  | { readonly kind: 'throw'; readonly message: Expression };

/** A statement, and where it is. */
export type Statement = Act & { readonly at: Place };

export type Block = readonly Statement[];

export interface Parameter {
  readonly name: string;
  /** The value that stands in for one that is not given. */
  readonly otherwise: Expression | undefined;
}

/** A function or a method. */
export interface Method {
  readonly name: string;
  readonly module: string;
  readonly parameters: readonly Parameter[];
  readonly body: Block;
  /** The comment before it, without tags, in one line; empty if there is none. */
  readonly comment: string;
}

export interface ClassForm {
  readonly name: string;
  readonly module: string;
  readonly base: string | undefined;
  readonly methods: ReadonlyMap<string, Method>;
}

/** What a name of a module stands for. */
export type Meaning =
  | { readonly kind: 'method'; readonly method: Method }
  | { readonly kind: 'class'; readonly form: ClassForm }
  | { readonly kind: 'constant'; readonly module: string; readonly value: Expression }
  | { readonly kind: 'import'; readonly module: string; readonly name: string };

/** One file. */
export interface Module {
  readonly path: string;
  readonly names: ReadonlyMap<string, Meaning>;
  /** What of the file lies outside the subset: functions, classes and constants, each with its first objection. */
  readonly outside: readonly Objection[];
}

/** A piece of code that cannot be read, and what to write instead. */
export interface Objection {
  /** The function, method or constant that it is in. */
  readonly within: string;
  /** The first and the last line of that. */
  readonly span: readonly [number, number];
  readonly at: Place;
  readonly instead: string;
}

/** Returns a place as a compiler prints it. */
export const printPlace = ({ file, line, text }: Place): string => `${file}:${line}: ${text}`;
