/** Process groups that end when this process does. */

/** Process groups that must not outlive this process, each by the id of its leader. */
const living = new Set<number>();

/** What ends this process unless somebody listens, and is sent from outside. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Sends a signal to all of an adopted group; to one that is gone, or not ours to signal, nothing is sent. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  if (!living.has(leader)) return; // by now the number may be another's
  try {
    process.kill(-leader, signal);
  } catch {
    // ESRCH: nobody is left. EPERM: those that are left have changed their user.
  }
}

function killAll(): void {
  for (const leader of living) signalGroup(leader, 'SIGKILL');
}

/** Dies of the signal, as this process would have without a listener, unless somebody else listens and decides. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  killAll();
  process.removeListener(signal, onSignal);
  process.kill(process.pid, signal);
}

/** Kills a group when this process ends, except by KILL, against which nothing helps. */
export function adopt(leader: number): void {
  living.add(leader);
  if (living.size > 1) return;
  process.on('exit', killAll);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

/** Kills what is left of a group whose leader has just exited, and forgets it. */
export function bury(leader: number): void {
  signalGroup(leader, 'SIGKILL');
  if (!living.delete(leader) || living.size > 0) return;
  process.removeListener('exit', killAll);
  for (const signal of SIGNALS) process.removeListener(signal, onSignal);
}
