/** Stops at a bug of our own; a caller's mistake never comes here. The kernel's BUG(). */
export function bug(what: string): never {
  throw new Error(`bug in buddy-oracle: ${what}`);
}
