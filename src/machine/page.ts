import { virtualAddress } from '../words/unit.ts';
import type { Field } from '../words/field.ts';
import type { Pfn, VirtualAddress, ZoneName } from '../../protocol/index.ts';

/** @linux include/asm-i386/page.h PAGE_SIZE */
export const PAGE_SIZE = 4096;

/** Where low memory begins among the kernel's addresses. @linux include/asm-i386/page.h PAGE_OFFSET */
export const PAGE_OFFSET = 0xc0000000;

/** @clause PAGE-1 @linux include/linux/mm.h set_page_count */
export function setPageCount(counts: Field, page: number, users: number): void {
  counts.put(page, users);
}

/** One more user. @clause PAGE-4 @linux include/linux/mm.h get_page */
export function getPage(counts: Field, page: number): void {
  counts.add(page, 1);
}

/** How many users a page has. @clause PAGE-3 @linux include/linux/mm.h page_count */
export const pageCount = (counts: Field, page: number): number => counts.get(page);

/** One user less; whether that was the last. @clause PAGE-2 @linux include/linux/mm.h put_page_testzero */
export function putPageTestzero(counts: Field, page: number): boolean {
  counts.add(page, -1);
  return counts.get(page) === 0;
}

/** Where the kernel sees a page; undefined for one of HighMem. @clause PAGE-6 @linux include/linux/mm.h page_address */
export function pageAddress(zone: ZoneName, frame: Pfn): VirtualAddress | undefined {
  return zone === 'HighMem' ? undefined : virtualAddress(PAGE_OFFSET + frame * PAGE_SIZE);
}

/** The frame at an address, which may lie in no zone. @clause PAGE-6 @linux include/asm-i386/page.h virt_to_page */
export const virtToFrame = (address: VirtualAddress): number => Math.floor((address - PAGE_OFFSET) / PAGE_SIZE);
