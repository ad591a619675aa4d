/** How often a run saw each thing that is worth seeing. */

/** What a run saw, or a part of it; counts that are 0 may be left out. */
export interface Seen {
  readonly counts: Readonly<Record<string, number>>;
  readonly operations: number;
  readonly refusals: number;
  readonly ready: number;
  readonly unsupported: number;
  readonly whyUnsupported: string;
  readonly leftOut: readonly string[];
}

/** The counts of one run, by what is seen; the names, and their order in reports, are the kind's. */
export class Coverage<S extends string = string> implements Seen {
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

  /** Adds what was seen elsewhere; a thing that is not worth seeing here does not count. */
  add({ counts, leftOut, operations, ready, refusals, unsupported, whyUnsupported }: Seen): void {
    const own: Record<string, number> = this.counts;
    for (const [sight, count] of Object.entries(counts)) {
      const before = own[sight];
      if (before !== undefined && count > 0) own[sight] = before + count;
    }
    this.operations += operations;
    this.refusals += refusals;
    this.ready += ready;
    this.unsupported += unsupported;
    if (whyUnsupported !== '') this.whyUnsupported = whyUnsupported;
    for (const operation of leftOut) this.leaveOut(operation);
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

/** Returns those things that a run must have seen once, and did not. */
export const neverSeen = <S extends string>(
  must: readonly S[],
  { counts }: Pick<Coverage<S>, 'counts'>,
): readonly Unseen[] => must.filter((sight) => counts[sight] === 0).map((sight) => ({ sight, seen: 0, wanted: 1 }));

/** Returns an unseen thing in words. */
export const tellUnseen = ({ sight, seen, wanted }: Unseen): string =>
  seen === 0 ? sight : `${sight} (${seen} of ${wanted})`;
