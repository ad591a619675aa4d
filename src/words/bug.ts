/** Stops at a bug of our own; a caller's mistake never comes here. The kernel's BUG(). */
export function bug(what: string): never {
  throw new Error(`bug in buddy-oracle: ${what}`);
}

/** A number where none like it may come. Its text is made here, not where it is called: hot code stays small. */
export function stray(what: string, n: number): never {
  return bug(`${what} ${n}`);
}
