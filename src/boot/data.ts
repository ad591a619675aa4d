import { Bitmap } from '../words/bitmap.ts';
import { Field } from '../words/field.ts';
import type { BootNode } from '../../protocol/index.ts';
import type { Region } from '../buddy/region.ts';

/** Bytes in a page. @linux include/asm-i386/page.h PAGE_SIZE */
export const PAGE_SIZE = 4096;

const WORD = 4;
const COUNTERS = 3;

/**
 * One node's boot memory: what describes it, and its state in a region.
 * @linux include/linux/bootmem.h bootmem_data
 * @departure BOOT-REGION the map and the counters lie in a region; the kernel's map lies in the memory that it maps, of which we have none
 */
export interface BootmemData {
  /** Physical address of the first page. */
  readonly nodeBootStart: number;
  /** The page frame number behind the last page. */
  readonly nodeLowPfn: number;
  /** The page that the map begins in, and that behind it, counted from the node's first. */
  readonly mapPage: number;
  readonly mapEnd: number;
  /** A bit for each page, 1 where it is taken. */
  readonly nodeBootmemMap: Bitmap;
  /** The page that the last grant ended in, counted from the node's first; the offset in it, 0 for its end; 1 once retired. */
  readonly counters: Field;
}

/** Pages that a map of so many pages takes. @linux mm/bootmem.c bootmem_bootmap_pages */
export function bootmemBootmapPages(pages: number): number {
  return Math.ceil(Math.ceil(pages / 8) / PAGE_SIZE);
}

const mapWordsOf = ({ start, end }: BootNode): number => Math.ceil((end - start) / 32);

/** Bytes that the state of these nodes takes, a multiple of 4. */
export function bootmemBytes(nodes: readonly BootNode[]): number {
  return nodes.reduce((sum, node) => sum + WORD * (COUNTERS + mapWordsOf(node)), 0);
}

/** The nodes over the state that a region holds, which is large enough for them. */
export function carveBootmem(nodes: readonly BootNode[], region: Region): readonly BootmemData[] {
  let at = region.byteOffset;
  const next = (words: number): Int32Array => {
    const array = new Int32Array(region.buffer, at, words);
    at += WORD * words;
    return array;
  };
  return nodes.map((node) => ({
    nodeBootStart: node.start * PAGE_SIZE,
    nodeLowPfn: node.end,
    mapPage: node.map - node.start,
    mapEnd: node.map - node.start + bootmemBootmapPages(node.end - node.start),
    counters: new Field(next(COUNTERS)),
    nodeBootmemMap: new Bitmap(next(mapWordsOf(node))),
  }));
}

export const startPfn = ({ nodeBootStart }: BootmemData): number => nodeBootStart / PAGE_SIZE;

/** The number of pages; the kernel's `eidx`. */
export const pagesOf = (bdata: BootmemData): number => bdata.nodeLowPfn - startPfn(bdata);

export const lastPos = ({ counters }: BootmemData): number => counters.get(0);
export const lastOffset = ({ counters }: BootmemData): number => counters.get(1);
export const isRetired = ({ counters }: BootmemData): boolean => counters.get(2) !== 0;

export function setLast({ counters }: BootmemData, pos: number, offset: number): void {
  counters.put(0, pos);
  counters.put(1, offset);
}

export function setRetired({ counters }: BootmemData, retired: boolean): void {
  counters.put(2, retired ? 1 : 0);
}
