import { isRetired, lastOffset, lastPos, startPfn } from './data.ts';
import { pfn } from '../words/unit.ts';
import type { BootNodeObservation, BootObservation, Pfn } from '../../protocol/index.ts';
import type { BootmemData } from './data.ts';

/** One node's state read as an observation: live, and it writes nothing. */
class NodeObservation implements BootNodeObservation {
  readonly start: Pfn;
  readonly end: Pfn;
  readonly map: Pfn;
  readonly bits: ArrayLike<number>;
  readonly #bdata: BootmemData;

  constructor(bdata: BootmemData) {
    this.start = pfn(startPfn(bdata));
    this.end = pfn(bdata.nodeLowPfn);
    this.map = pfn(startPfn(bdata) + bdata.mapPage);
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

/** All nodes' states read as an observation. */
export function observeBootmem(nodes: readonly BootmemData[]): BootObservation {
  return { nodes: nodes.map((bdata) => new NodeObservation(bdata)) };
}
