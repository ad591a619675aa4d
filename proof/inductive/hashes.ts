import type { Operation } from './obligation.ts';

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
    clauses: 'e76c7791a20127918409bef79c6ea0e974686e6d80babb4b0c5690b1a7389d09',
    proof: '624a1b72971e10a02a33058a25c8fb2d468f4373c6619e57b7a8b28cef614464',
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
    clauses: '3ec5c117efde607d740af2d2988c5f1376a467e7844502ea2e7f2a9895f50a25',
    proof: '72d86b3e88c4ed7e2bddad56ec88a9f1830132f15b537a04a0699efec0445a1f',
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
