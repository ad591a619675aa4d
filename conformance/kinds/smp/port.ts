/** What the judge asks of an allocator that several threads use at once. */
import { PipedBuddy } from '../buddy/port.ts';
import { encodeThreads, parseThreads } from './wire.ts';
import { probe } from '../buddy/drive/open-piped.ts';
import { capacityOf } from '../../wire/requests.ts';
import { isFailure } from '../../judge/subject.ts';
import { requestLimit } from '../../wire/limits.ts';
import type { Failure, Hello, Opened, PipedSubject, Subject } from '../../judge/subject.ts';
import type { Run } from '../../../protocol/index.ts';
import type { Shape } from '../buddy/case.ts';
import type { Stamped, ThreadScript } from './wire.ts';

/** An arena that threads can use, and the frames that it hands out. */
export type SmpOpened = Opened<{ readonly kind: 'ready'; readonly usable: readonly Run[] | 'all' }>;

/** An allocator that several threads use at once. */
export interface SmpPort {
  /** Starts a new case: everything granted before is forgotten. */
  open(shape: Shape): Promise<SmpOpened | Failure>;
  /** Has each script carried out by a thread of its own, all at once; the results come after the last of them has ended. */
  run(scripts: readonly ThreadScript[]): Promise<readonly (readonly Stamped[])[] | Failure>;
}

/** Returns how many threads an allocator takes at once; 0 if it does not offer that. */
export const threadsOf = ({ features }: Pick<Hello, 'features'>): number =>
  Math.max(0, ...[...features].map((one) => (one.startsWith('threads:') ? Number(one.slice(8)) : 0)));

/** Returns how many operations a round may have, over all threads: a result takes up to two lines' share of an operation. */
export const mostOperations = ({ maxBatch, maxLine }: Pick<Hello, 'maxBatch' | 'maxLine'>): number =>
  Math.min(maxBatch, Math.floor(capacityOf(maxLine) / 2));

/** Opens an arena; one that is to be probed is probed, and opened again. */
async function open(buddy: PipedBuddy, shape: Shape): Promise<SmpOpened | Failure> {
  const opened = await buddy.open(shape);
  if (isFailure(opened) || opened.kind !== 'ready') return opened;
  if (opened.usable !== 'probe') return { kind: 'ready', usable: opened.usable };
  const usable = await probe(buddy, shape);
  if (isFailure(usable)) return usable;
  const again = await buddy.open(shape);
  return isFailure(again) || again.kind !== 'ready' ? again : { kind: 'ready', usable };
}

function pipedThreads(subject: PipedSubject): SmpPort {
  const buddy = new PipedBuddy(subject);
  return {
    open: (shape) => open(buddy, shape),
    run: (scripts) => {
      const counts = scripts.map(({ length }) => length);
      return subject.ask({
        what: 'run',
        encode: (id) => encodeThreads(id, scripts),
        parse: (reply) => parseThreads(reply, counts),
        limit: requestLimit(subject.limits, scripts.flat().length),
      });
    },
  };
}

/** Returns a subject as one that several threads use; undefined if it does not offer that. */
export function connectThreads(subject: Subject): SmpPort | undefined {
  if (subject.kind === 'live') return subject.ports['smp'] as SmpPort | undefined;
  return threadsOf(subject.hello) > 0 ? pipedThreads(subject) : undefined;
}
