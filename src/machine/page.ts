// A page of a machine: the count of its users, and its address.
import { pfn, virtualAddress } from '../words/unit.ts';
import type { Count, Page } from '../words/unit.ts';
import type { Field } from '../words/field.ts';
import type { Pfn, VirtualAddress, ZoneName } from '../../protocol/index.ts';

/** The counts of users of a zone's pages. */
export type PageCounts = Field<Page, Count>;

/** The address at which the kernel sees page 0. @linux include/asm-i386/page.h PAGE_OFFSET */
export const PAGE_OFFSET = 0xc0000000;

/** Sets the number of a page's users. @clause PAGE-1 @linux include/linux/mm.h set_page_count */
export function setPageCount(counts: PageCounts, page: Page, users: Count): void {
  counts.put(page, users);
}

/** Adds a user to a page. @clause PAGE-4 @linux include/linux/mm.h get_page */
export function getPage(counts: PageCounts, page: Page): void {
  counts.add(page, 1);
}

/** Returns the number of a page's users. @clause PAGE-3 @linux include/linux/mm.h page_count */
export const pageCount = (counts: PageCounts, page: Page): Count => counts.get(page);

/** Takes a user from a page. Returns whether that was the last. @clause PAGE-2 @linux include/linux/mm.h put_page_testzero */
export function putPageTestzero(counts: PageCounts, page: Page): boolean {
  counts.add(page, -1);
  return counts.get(page) === 0;
}

/** Returns the kernel's address of a page; undefined for one of HighMem. @clause PAGE-6 @linux include/linux/mm.h page_address */
export function pageAddress(zone: ZoneName, frame: Pfn, pageSize: number): VirtualAddress | undefined {
  return zone === 'HighMem' ? undefined : virtualAddress(PAGE_OFFSET + frame * pageSize);
}

/** Returns the frame at an address, which may be in no zone. @clause PAGE-6 @linux include/asm-i386/page.h virt_to_page */
export const virtToFrame = (address: VirtualAddress, pageSize: number): Pfn =>
  pfn(Math.floor((address - PAGE_OFFSET) / pageSize));
