/** Each invariant by itself: asked after every call, whatever the others have said by then. */
import { invariants, refuteAll } from '../../../invariants/index.ts';
import type { Invariant } from '../../../invariants/index.ts';
import type { Clause, Observation } from '../../../protocol/index.ts';

/** What an invariant is known by: some clauses have two. */
export interface Known {
  readonly clause: Clause;
  readonly statement: string;
}

/** What the invariants said of one allocator. */
export class Alone {
  /** Calls that were made so far. */
  calls = 0;
  /** How often the allocator gave no answer: it threw, or a loop did not end. */
  stops = 0;
  /** By statement, the calls after which an invariant was refuted first. */
  readonly #refuted = new Map<string, number>();

  /** Asks those of some invariants that were not refuted yet. */
  ask<Seen>(invariants: readonly Invariant<Seen>[], seen: Seen): void {
    for (const { refute, statement } of invariants) {
      if (!this.#refuted.has(statement) && refute(seen) !== undefined) this.#refuted.set(statement, this.calls);
    }
  }

  /** Asks all of a zone's invariants of one moment; the zone is read once for all of them. */
  askZone(zone: Observation): void {
    const found = refuteAll(zone).map(({ clause }) => clause);
    for (const { clause, statement } of invariants) {
      if (found.includes(clause) && !this.#refuted.has(statement)) this.#refuted.set(statement, this.calls);
    }
  }

  /** Returns the calls after which an invariant was refuted; undefined if it never was. */
  callsUntil({ statement }: Known): number | undefined {
    return this.#refuted.get(statement);
  }
}
