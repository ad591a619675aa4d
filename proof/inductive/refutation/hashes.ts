/** The hashes of the certified clauses and proofs, as they were when they were checked. */

import type { Operation } from '../obligation.ts';

/** The clauses of an obligation and a proof that they cannot hold together, by their hashes (SHA-256), and which cadical made it. */
export interface Hashes {
  readonly operation: Operation;
  readonly top: number;
  readonly clauses: string;
  readonly proof: string;
  readonly by: string;
}

export const HASHES: readonly Hashes[] = [
  {
    operation: 'free',
    top: 4,
    clauses: '05e1e2697295d7cac668cc7f7932e1d8683c7db0487e0e601f6c2091350e124f',
    proof: '6a37c4bfc06138934a136a61cb44db86fce9c1cbc3d7cfaa05890c59d1c1a8c6',
    by: 'sc2021',
  },
  {
    operation: 'allocate',
    top: 4,
    clauses: 'd39b6cbb200407e901163a515ebd75f168e5718b024b92aba504fe52f9527886',
    proof: 'ec82df0a02a8280945d54695cccf178d502208556ca4a42d4634263ca9b10e5c',
    by: 'sc2021',
  },
  {
    operation: 'free',
    top: 5,
    clauses: 'ee08b36a6969db4211be4e387a63932dfdccde652c0bcf179937da972108df5a',
    proof: '4bd1e2d3fb697e5852e23dc5161b3f31e5d66d851ce92625252a3eaddafd48d6',
    by: 'sc2021',
  },
  {
    operation: 'allocate',
    top: 5,
    clauses: '4f0ebf2b4fd1d2fb15f27a5b5c6088fd7fd3e1aad64bca5a46a32a61d5536329',
    proof: '5d0598053def73ed39a3aabd6d4af759ee65f598e53cb5565e1ad6c0f94c2132',
    by: 'sc2021',
  },
];
