/** What a text says of the kernel that printed it. */

/** Words that only kernels with migrate types per block, CMA or managed pages print. */
const LATER =
  /\bmanaged:\d|\bfree_cma:|\bboost:\d|\breserved_highatomic:|\d\*\d+kB \([A-Z]+\)|\bfree_pcp:|\blocal_pcp:/u;

/** Reports whether a dump is of a kernel with other rules than 2.6.24's. */
export const isLater = (text: string): boolean => LATER.test(text);

const VERSION = /(?:Linux version |[Tt]ainted:? (?:[A-Z -]{0,40} )?)\(?v?(\d\.\d{1,3}(?:\.\d{1,3})?[\w.+~-]{0,40})/u;

/** Returns the first version that a kernel names in a text. */
export function versionIn(text: string): { readonly version?: string } {
  const version = VERSION.exec(text)?.[1];
  return version === undefined ? {} : { version };
}

/** Returns the sums of memory after a dump, in pages. */
export function sumsIn(text: string): { readonly ram?: number; readonly highmem?: number } {
  const ram = /\b(\d{1,12}) pages of RAM/u.exec(text)?.[1];
  const highmem = /\b(\d{1,12}) pages of HIGHMEM/u.exec(text)?.[1];
  return {
    ...(ram === undefined ? {} : { ram: Number(ram) }),
    ...(highmem === undefined ? {} : { highmem: Number(highmem) }),
  };
}
