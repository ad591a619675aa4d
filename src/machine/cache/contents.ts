// What is known of the contents of pages in the page cache: whether they are written, and whether they have buffers.
import { Field } from '../../words/field.ts';
import type { Buffers, Contents } from '../../../protocol/index.ts';
import type { CacheIndex } from '../../words/unit.ts';

const CONTENTS: readonly Contents[] = ['clean', 'dirty', 'writing'];
const BUFFERS: readonly Buffers[] = ['none', 'clean', 'dirty'];

/** For each page of the machine, whether it is written, and whether it has buffers. @linux include/linux/mm.h PG_dirty */
export class PageContents {
  readonly #contents: Field<CacheIndex, number>;
  readonly #buffers: Field<CacheIndex, number>;

  constructor(pages: number) {
    this.#contents = new Field(new Int32Array(pages));
    this.#buffers = new Field(new Int32Array(pages));
  }

  of(node: CacheIndex): Contents {
    return CONTENTS[this.#contents.get(node)] ?? 'clean';
  }

  set(node: CacheIndex, contents: Contents): void {
    this.#contents.put(node, CONTENTS.indexOf(contents));
  }

  buffersOf(node: CacheIndex): Buffers {
    return BUFFERS[this.#buffers.get(node)] ?? 'none';
  }

  setBuffers(node: CacheIndex, buffers: Buffers): void {
    this.#buffers.put(node, BUFFERS.indexOf(buffers));
  }
}
