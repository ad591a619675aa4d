/** Pages of a page cache, as the specification's tests write them. */

import { pfn } from '../../../spec/unit.ts';
import type { CachedPage } from '../../../protocol/index.ts';

/** A page that is clean, has no buffers and was not used lately, but for what is said of it. */
export const page = (head: number, more: Partial<CachedPage> = {}): CachedPage => ({
  head: pfn(head),
  referenced: false,
  contents: 'clean',
  buffers: 'none',
  ...more,
});
