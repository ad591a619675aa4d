/** What a kind of allocator brings with it, so that the one judge can judge it. */
import type { Claim, Claims, Clause } from '../../protocol/index.ts';
import type { Budget } from './budget.ts';
import type { Camera } from './film/camera.ts';
import type { Coverage, Unseen } from './coverage.ts';
import type { Failure, Feature, Hello, Subject } from './subject.ts';
import type { Finding } from './finding.ts';

/** What the cases of a run are drawn from; a list that is empty leaves the choice to the kind. */
export interface Sweep {
  readonly seed: number;
  /** Operations of a case, about. */
  readonly operations: number;
  readonly pages: readonly number[];
  readonly orders: readonly number[];
  readonly bases: readonly number[];
  readonly claims: Claims;
  readonly hello: Hello;
}

/** How a case is carried out. */
export interface How<F> {
  readonly hello: Hello;
  readonly claims: Claims;
  /** What is not judged: where that alone is wrong, a kind goes on with the case if it still knows what must come next. */
  readonly without?: ReadonlySet<string>;
  readonly coverage: Coverage;
  /** The most operations in a request, and between two looks at what a subject shows of itself. */
  readonly grain: number;
  /** A case that takes longer than this is broken off: nothing was found in it. */
  readonly budget: Budget;
  /** Takes the case as it was carried out, if nothing went wrong; choices that were left open are fixed in it. */
  readonly keep?: (carriedOut: F) => void;
  /** Takes every step down, for a film. */
  readonly camera?: Camera | undefined;
}

/** Where the cases of a search come from. They are numbered from 0, drawn in ascending sequence, and not all by one process. */
export interface Source<C> {
  /** Draws the n-th case; undefined at the end. What it depends on beside n is learnt from earlier cases of its lane alone. */
  draw(n: number): C | undefined;
  /** Returns the n-th case once more, after it was drawn; undefined if it is forgotten. */
  at(n: number): C | undefined;
  /** Takes whether the subject supports the n-th case; it may have been carried out elsewhere, and not been drawn here. */
  learn(n: number, supported: boolean): void;
  /** Returns what a run must have seen before its silence means anything, and has seen too little of. */
  unseen(coverage: Coverage): readonly Unseen[];
  /** What was gone through of all that there is, for a source that has an end. */
  readonly summary?: () => { readonly text: string; readonly record: object };
  /** Takes the records of parts that were gone through elsewhere, as if all were gone through here; says what is wrong with them. */
  readonly absorb?: (records: readonly unknown[]) => string | undefined;
}

/** A value of a saved case's form that cannot be one, and why. */
export interface BadCase {
  readonly kind: 'bad-case';
  readonly why: string;
}

export const badCase = (why: string): BadCase => ({ kind: 'bad-case', why });

/** Candidates for a smaller case, made from one that goes wrong; each is tried, the first that does as well is next. */
export type Pass<F> = (of: F) => Iterable<F>;

/**
 * Candidates that are made without regard to a case's own operations. Yields a case and is told whether the subject supports it.
 * `mayBe` says how large a case may still be worth trying.
 */
export type Elsewhere<C> = Generator<C, void, 'supported' | 'unsupported'>;

/**
 * A kind of allocator: the buddy system, boot memory, machines. `P` is what the kind asks its questions of, `C` a case as it is
 * drawn, `F` a case whose every operation is fixed: what is saved and replayed.
 */
export interface Kind<P extends object, C extends object, F extends C = C> {
  readonly name: string;
  /** What it is called in a report. */
  readonly title: string;
  /** The feature that a hello must have; undefined if every hello offers this kind. */
  readonly feature: Feature | 'threads:N' | undefined;
  /** All that is worth seeing, in the order of reports. */
  readonly sights: readonly string[];
  /** Claims that are judged on this kind. */
  readonly claims: readonly Claim[];
  /** Returns why claims cannot all hold, if some of them contradict each other. */
  readonly contradiction?: (claims: Claims) => string | undefined;
  /** Returns the clauses of these claims that nothing of what a subject shows could refute. */
  readonly notObservable?: (hello: Hello, claims: Claims, coverage: Coverage) => readonly Clause[];
  /** How often a case is carried out before it is said to be right, if chance decides too: once if it is left out. */
  readonly tries?: number;
  /** Returns what to ask, or undefined if the subject does not offer this kind. */
  connect(subject: Subject): P | undefined;
  /** Returns the cases of a search. */
  source(sweep: Sweep): Source<C>;
  /** Carries out a case; what went wrong first, or nothing. */
  run(port: P, of: C, how: How<F>): Promise<Finding<F> | undefined> | Finding<F> | undefined;
  /** Returns the features that a subject lacks or may lack, and without which some operations of a case cannot be carried out. */
  readonly needs?: (of: F, hello: Hello) => readonly Feature[];
  /** Returns how many operations a case has. */
  length(of: F): number;
  /** Returns a case without the operations [from, end). */
  without(of: F, from: number, end: number): F;
  /** Returns ways to simpler cases of the same operations: lower orders, smaller arenas, fewer zones. */
  simpler(sweep: Sweep): readonly Pass<F>[];
  /**
   * Other cases that may show the same, in fewer operations or on a smaller arena. The first are also gone through where no answer
   * came, before the case is shortened: something that is refuted there says more.
   */
  elsewhere(finding: Finding<F>, sweep: Sweep): readonly Elsewhere<C>[];
  /** A case that leaves a subject as learning what a fresh arena grants does; undefined if nothing is learnt. */
  primer(of: F): C | undefined;
  /** Returns a case as it is saved. */
  save(of: F): object;
  /** Reads a case out of a value that nobody vouches for; undefined if the value is of another kind. */
  parse(value: unknown): F | BadCase | undefined;
  /** Describes a case in lines of text. */
  describe(of: F): readonly string[];
}

/** A kind whose cases are of no further interest. */
export type AnyKind = Kind<object, object>;

/** Returns a kind, its cases being of no further interest. */
export const anyKind = <P extends object, C extends object, F extends C>(kind: Kind<P, C, F>): AnyKind =>
  kind as unknown as AnyKind;

/** Why a subject cannot be judged as a kind. */
export const lacks = ({ feature, name }: Pick<AnyKind, 'feature' | 'name'>): Failure => ({
  kind: 'no-start',
  how:
    feature === undefined
      ? `the subject offers no ${name}`
      : `the hello lacks the feature ${feature}, without which no ${name} case can be carried out`,
  stderr: '',
});

/** Why a subject cannot carry out cases that need some features; undefined if it can. */
export function lacksFor<F extends object>(
  { needs }: Pick<Kind<object, object, F>, 'needs'>,
  cases: readonly F[],
  hello: Hello,
): Failure | undefined {
  const feature = cases.flatMap((of) => needs?.(of, hello) ?? []).find((one) => !hello.features.has(one));
  if (feature === undefined) return undefined;
  const how = `the hello lacks the feature ${feature}, without which this case cannot be carried out`;
  return { kind: 'no-start', how, stderr: '' };
}

/** Returns the failure of a subject whose claims contradict each other as a kind sees them; undefined if they do not. */
export function contradicted({ contradiction }: Pick<AnyKind, 'contradiction'>, claims: Claims): Failure | undefined {
  const how = contradiction?.(claims);
  return how === undefined ? undefined : { kind: 'protocol-error', how, stderr: '' };
}
