/** How often a run saw each thing that is worth seeing. */

/** The counts of one run, by what is seen; the names, and their order in reports, are the kind's. */
export class Coverage<S extends string = string> {
  readonly counts: Record<S, number>;
  /** Operations that were judged. */
  operations = 0;
  /** Refusals among them. */
  refusals = 0;
  /** Cases that the subject took on, and cases whose arena it does not support. */
  ready = 0;
  unsupported = 0;
  /** Why the last of those is unsupported. */
  whyUnsupported = '';
  /** The first operations that were not sent, because what they would show is not claimed. */
  readonly leftOut: string[] = [];

  constructor(sights: readonly S[]) {
    this.counts = Object.fromEntries(sights.map((sight) => [sight, 0])) as Record<S, number>;
  }

  /** Adds what was seen elsewhere. */
  add(other: Coverage<S>): void {
    for (const [sight, count] of Object.entries(other.counts) as [S, number][]) {
      if (count > 0) this.counts[sight] += count;
    }
    this.operations += other.operations;
    this.refusals += other.refusals;
    this.ready += other.ready;
    this.unsupported += other.unsupported;
    if (other.whyUnsupported !== '') this.whyUnsupported = other.whyUnsupported;
    for (const operation of other.leftOut) this.leaveOut(operation);
  }

  /** Operations judged, of which at most a fifth are refusals. */
  get judged(): number {
    return this.operations - Math.max(0, this.refusals - Math.floor(this.operations / 5));
  }

  /** Notes an operation that is not sent. */
  leaveOut(operation: string): void {
    if (this.leftOut.length < MOST_LEFT_OUT) this.leftOut.push(operation);
  }

  /** Notes a case that the subject does not support. */
  refuse(why: string): void {
    this.unsupported++;
    this.whyUnsupported = why;
  }
}

const MOST_LEFT_OUT = 20;

/** Something that a run must have seen, and has seen too little of. */
export interface Unseen {
  readonly sight: string;
  readonly seen: number;
  readonly wanted: number;
}

/** Returns an unseen thing in words. */
export const tellUnseen = ({ sight, seen, wanted }: Unseen): string =>
  seen === 0 ? sight : `${sight} (${seen} of ${wanted})`;
