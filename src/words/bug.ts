// How the code stops at a bug of its own: the only errors that are thrown.

/** Throws at a bug of this project; a caller's mistake never leads here. The kernel's BUG(). */
export function bug(what: string): never {
  throw new Error(`bug in buddy-oracle: ${what}`);
}

/** Throws because a number is out of range. The message is composed here rather than by the caller: hot code stays small. */
export function outOfRange(what: string, n: number): never {
  return bug(`${what} ${n}`);
}
