// The port to what holds the files of the page cache: pages and their buffers are written through it.
import type { Pfn } from '../../../protocol/index.ts';

/** Where the contents of pages are written to before their memory is used for something else. */
export interface BackingStore {
  /**
   * Enters the filesystem to write a dirty page. Returns whether it is written already; if not, `endPageIo` says later that it
   * is. @linux include/linux/fs.h writepage
   */
  writePage(frame: Pfn): boolean;
  /** Waits until a page that is being written is written. @linux include/linux/pagemap.h wait_on_page */
  waitOnPage(frame: Pfn): void;
  /** Starts to write the dirty buffers of a page. Returns whether they are written already. @linux fs/buffer.c sync_page_buffers */
  writeBuffers(frame: Pfn): boolean;
}

/** A store that writes at once. */
export const PROMPT_STORE: BackingStore = {
  writePage: () => true,
  waitOnPage: () => undefined,
  writeBuffers: () => true,
};
