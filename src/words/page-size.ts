// The size of a page: on i386, and where it is another.
import type { Paged } from '../../protocol/index.ts';

/** Bytes in a page. @linux include/asm-i386/page.h PAGE_SIZE */
export const PAGE_SIZE = 4096;

/** Returns the bytes in a page of a node or of a machine. */
export const pageSizeOf = (of: Paged): number => of.pageSize ?? PAGE_SIZE;
