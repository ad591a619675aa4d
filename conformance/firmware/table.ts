/** A table of memory, as firmware reported it, with what else a text says of the machine before it boots. */

/** A range of a table, in bytes; the end is no longer in it. */
export interface Entry {
  readonly from: number;
  readonly end: number;
  /** Memory that can be used; all else is reserved, whatever it is called. */
  readonly usable: boolean;
  /** What the table calls it. */
  readonly type: string;
}

/** Memory that is in use when boot memory begins. */
export interface Kept {
  readonly name: string;
  readonly from: number;
  readonly end: number;
}

/** Where a table comes from. `user`: a map that somebody gave on the kernel's command line. */
export type Source = 'e820' | 'e801' | 'BIOS-88' | 'EFI' | 'user' | 'JSON';

/** What the kernel itself printed of the sizes that follow, in pages, to be compared. */
export interface Printed {
  readonly totalPages?: number;
  readonly zones?: readonly number[];
  /** What was free at the end of boot, in kB. */
  readonly free?: number;
  /** Pages that were reserved twice, in their order. */
  readonly twice: readonly number[];
}

/** A text as a table. */
export interface Table {
  readonly source: Source;
  readonly entries: readonly Entry[];
  /** Bytes in a page. */
  readonly pageSize: number;
  /** Usable memory ends here at the latest (`mem=`). */
  readonly limit: number;
  readonly image: { readonly from: number; readonly end: number };
  /** Whether the text says how large the image is. */
  readonly isImageKnown: boolean;
  readonly kept: readonly Kept[];
  readonly printed: Printed;
  /** Lines that were read, of all that are not empty. */
  readonly used: number;
  readonly lines: number;
}
