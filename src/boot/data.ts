// One node of boot memory: what describes it, and the layout of its state in a region.
import { Bitmap } from '../words/bitmap.ts';
import { Field } from '../words/field.ts';
import { PAGE_SIZE, pageSizeOf } from '../words/page-size.ts';
import { byteAddress, pfn } from '../words/unit.ts';
import type { BootNode, ByteAddress, Pfn } from '../../protocol/index.ts';
import type { NodePage } from '../words/unit.ts';
import type { Region } from '../buddy/region.ts';

const WORD = 4;
const COUNTERS = 3;

/**
 * One node's boot memory: what describes it, and its state in a region.
 * @linux include/linux/bootmem.h bootmem_data
 * @departure BOOT-REGION the map and the counters lie in a region; the kernel's map lies in the memory that it maps, of which we have none
 */
export interface BootmemData {
  /** The physical address of the first page. */
  readonly nodeBootStart: ByteAddress;
  /** Bytes in a page. */
  readonly pageSize: number;
  /** The page frame number after the last page's. */
  readonly nodeLowPfn: Pfn;
  /** The first page of the map, and the page after its last. */
  readonly mapPage: NodePage;
  readonly mapEnd: NodePage;
  /** One bit per page, 1 if it is taken. */
  readonly nodeBootmemMap: Bitmap;
  /** 0: the page in which the last grant ended; 1: the offset at which it ended there, 0 for the page's end; 2: 1 once the node is retired. */
  readonly counters: Field<number, number>;
}

/** Returns the number of pages, of a size, that a map of `pages` pages takes. @linux mm/bootmem.c bootmem_bootmap_pages */
export function bootmemBootmapPages(pages: number, pageSize: number = PAGE_SIZE): number {
  return Math.ceil(Math.ceil(pages / 8) / pageSize);
}

const mapWordsOf = ({ start, end }: BootNode): number => Math.ceil((end - start) / 32);

/** Returns the number of bytes that the state of these nodes takes, a multiple of 4. */
export function bootmemBytes(nodes: readonly BootNode[]): number {
  return nodes.reduce((sum, node) => sum + WORD * (COUNTERS + mapWordsOf(node)), 0);
}

/** Returns the nodes over the state that a region holds. Precondition: the region has `bootmemBytes(nodes)` bytes. */
export function carveBootmem(nodes: readonly BootNode[], region: Region): readonly BootmemData[] {
  let at = region.byteOffset;
  const next = (words: number): Int32Array => {
    const array = new Int32Array(region.buffer, at, words);
    at += WORD * words;
    return array;
  };
  return nodes.map((node) => ({
    nodeBootStart: byteAddress(node.start * pageSizeOf(node)),
    pageSize: pageSizeOf(node),
    nodeLowPfn: node.end,
    mapPage: node.map - node.start,
    mapEnd: node.map - node.start + bootmemBootmapPages(node.end - node.start, pageSizeOf(node)),
    counters: new Field(next(COUNTERS)),
    nodeBootmemMap: new Bitmap(next(mapWordsOf(node))),
  }));
}

/** Returns the page frame number of a node's first page. */
export const startPfn = ({ nodeBootStart, pageSize }: BootmemData): Pfn => pfn(nodeBootStart / pageSize);

/** Returns the page after a node's last, which is also the number of its pages; the kernel's `eidx`. */
export const endPage = (bdata: BootmemData): NodePage => bdata.nodeLowPfn - startPfn(bdata);

export const lastPos = ({ counters }: BootmemData): NodePage => counters.get(0);
export const lastOffset = ({ counters }: BootmemData): number => counters.get(1);
export const isRetired = ({ counters }: BootmemData): boolean => counters.get(2) !== 0;

/** Records where the last grant ended: in page `pos`, at `offset`, 0 for the page's end. */
export function setLast({ counters }: BootmemData, pos: NodePage, offset: number): void {
  counters.put(0, pos);
  counters.put(1, offset);
}

export function setRetired({ counters }: BootmemData, retired: boolean): void {
  counters.put(2, Number(retired));
}
