/** How long a harness may take. */
import type { Limits } from '../judge/subject.ts';

/** What the contract says: protocol/README.md. */
export const LIMITS: Limits = { start: 10_000, request: 2_000, operation: 1, goodbye: 1_000 };

/** Returns how long a request of that many operations may take. */
export const requestLimit = ({ operation, request }: Limits, operations: number): number =>
  request + operation * operations;
