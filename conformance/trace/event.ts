/** One event of a trace, in a record that is filled anew for each. */

/** What an event says happened. */
export const ALLOC = 1;
export const FREE = 2;
/** A block leaves the buddy system. */
export const OUT = 3;
/** A block enters the buddy system. */
export const IN = 4;
/** An event that says again what another has said, or nothing of who holds a page. */
export const ECHO = 5;

/** An event: frames are numbers that a double holds exactly. */
export interface TraceEvent {
  kind: number;
  pfn: number;
  order: number;
  cpu: number;
  /** Microseconds, or ticks of a counter. */
  time: number;
  /** Whether the clock is a counter, so that the order of lines is the order of events. */
  counter: boolean;
  /** The line of the text, from 1. */
  line: number;
  /** Whether the request got no page. */
  failed: boolean;
  /** What the event says of lists for each processor: 1 if the block went by way of one, 0 if not, -1 if it says nothing. */
  refill: number;
}

/** Returns an event that says nothing. */
export const noEvent = (): TraceEvent => ({
  kind: 0,
  pfn: 0,
  order: 0,
  cpu: 0,
  time: 0,
  counter: false,
  line: 0,
  failed: false,
  refill: -1,
});

/** Who is told what a trace says. The event is the same record each time. */
export interface Listener {
  event(event: TraceEvent): void;
  /** That events of a processor were lost before this line. */
  lost(cpu: number, line: number): void;
  /** That the buffer of a processor begins here. */
  started(line: number): void;
  /** The counts of a trace's header: entries that are there, and entries that were written. */
  entries(there: number, written: number): void;
}
