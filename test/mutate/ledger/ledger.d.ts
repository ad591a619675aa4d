/** What tests use of the ledger. */
export interface Mutant {
  readonly file: string;
  readonly declaration: string;
  readonly at: number;
  readonly mutator: string;
  readonly was: string;
  readonly becomes: string;
}
export interface Evidence {
  readonly kind: 'types' | 'range' | 'states' | 'agreement';
  readonly says: string;
}
export interface Entry extends Mutant {
  readonly evidence: Evidence;
  readonly hash: string;
}
/** A mutant with the text of its declaration, and where it stands in its file. */
export interface Placed extends Mutant {
  readonly text: string;
  readonly source: string;
  readonly from: number;
  readonly to: number;
}
interface Place {
  readonly line: number;
  readonly column: number;
}
/** A mutant as Stryker reports it. */
export interface Raw {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: Place; readonly end: Place };
}
export const entries: () => readonly Entry[];
export const named: <R extends Raw>(file: string, source: string, mutants: readonly R[]) => readonly (R & Placed)[];
export const lookUp: (ledger: readonly Entry[]) => (mutant: Placed) => Entry | undefined;
export const entryOf: (mutant: Placed, evidence: Evidence) => Entry;
export const mutantOf: (
  entry: Entry,
  source: string | undefined,
) => { readonly mutant: Placed } | { readonly lost: string };
