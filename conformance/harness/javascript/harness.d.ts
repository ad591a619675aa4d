/** The types of harness.js, which attaches a page allocator to buddy-oracle, the judge. */

/** The frames [base, base + pages), in blocks of the orders 0 to orders - 1; `reserved` are never to be handed out. */
export interface Arena {
  readonly base: number;
  readonly pages: number;
  readonly orders: number;
  readonly reserved: readonly (readonly [first: number, count: number])[];
}

/** How a free can be misuse; or the contents of a block have changed, or a check of the allocator's own fired. */
export type Kind =
  | 'double-free'
  | 'never-allocated'
  | 'inner-page'
  | 'misaligned'
  | 'wrong-order'
  | 'out-of-range'
  | 'payload'
  | 'internal'
  | 'no-frame';

/** What can be seen of an allocator. */
export interface Views {
  readonly 'free-count'?: number;
  readonly 'free-blocks'?: readonly (readonly number[])[];
  readonly 'free-lists'?: readonly (readonly number[])[];
  readonly 'pair-bits'?: readonly string[];
}

/** An allocator: what is optional comes with a feature of its own. */
export interface Allocator {
  readonly usable?: readonly (readonly [first: number, count: number])[] | 'probe';
  allocate(order: number): number | null | undefined;
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a class whose free returns nothing fits
  free(frame: number, order: number): Kind | undefined | void;
  observe?(views: readonly string[]): Views;
  memory?(frame: number): Uint8Array;
  resize?(pages: number): boolean;
  allocateIn?(order: number, low: number, end: number): number | null | undefined;
  allocateFrames?(frames: number, align: number): number | null | undefined;
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- as above
  freeFrames?(frame: number, frames: number): Kind | undefined | void;
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- as above
  freeAll?(blocks: readonly (readonly [frame: number, order: number])[]): Kind | undefined | void;
}

/** An allocator, what it is held to, and which of the optional members it has. */
export interface Harness {
  readonly name: string;
  readonly revision: string;
  readonly claims: readonly string[];
  readonly features: readonly string[];
  open(arena: Arena): Allocator | { readonly unsupported: string } | { readonly failed: string };
}

/** An operation that was not done, thrown: what kind of error it is, and details in words. */
export class Wrong extends Error {
  readonly kind: Kind;
  readonly detail: string;
  constructor(kind: Kind, detail?: string);
}

/** Serves until the judge says goodbye or is gone, and ends the process. */
export function serve(harness: Harness): Promise<never>;
