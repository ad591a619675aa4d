// Reads the state of boot memory as an observation: the abstraction function of boot memory.
import { isRetired, lastOffset, lastPos, startPfn } from './data.ts';
import { pfn } from '../words/unit.ts';
import type { BootNodeObservation, BootObservation, Pfn } from '../../protocol/index.ts';
import type { BootmemData } from './data.ts';

class NodeObservation implements BootNodeObservation {
  readonly start: Pfn;
  readonly end: Pfn;
  readonly map: Pfn;
  readonly pageSize: number;
  readonly bits: ArrayLike<number>;
  readonly #bdata: BootmemData;

  constructor(bdata: BootmemData) {
    this.start = startPfn(bdata);
    this.end = bdata.nodeLowPfn;
    this.map = pfn(startPfn(bdata) + bdata.mapPage);
    this.pageSize = bdata.pageSize;
    this.bits = bdata.nodeBootmemMap.words;
    this.#bdata = bdata;
  }

  get lastPos(): number {
    return lastPos(this.#bdata);
  }

  get lastOffset(): number {
    return lastOffset(this.#bdata);
  }

  get retired(): boolean {
    return isRetired(this.#bdata);
  }
}

/** Returns all that boot memory holds, which changes as boot memory does; it cannot be written to. */
export function observeBootmem(nodes: readonly BootmemData[]): BootObservation {
  return { nodes: nodes.map((bdata) => new NodeObservation(bdata)) };
}
