/** Ctrl-C: the first one ends the search, and what it found is shown; the second one ends the process. */
import { INTERRUPTED } from './output.ts';

/** Returns a signal that is aborted by the first interrupt. */
export function onInterrupt(): AbortSignal {
  const stop = new AbortController();
  process.on('SIGINT', () => {
    if (stop.signal.aborted) process.exit(INTERRUPTED);
    stop.abort();
  });
  return stop.signal;
}
