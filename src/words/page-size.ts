// The size of a page on i386.

/** Bytes in a page. @linux include/asm-i386/page.h PAGE_SIZE */
export const PAGE_SIZE = 4096;
