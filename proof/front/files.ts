/** The files of `src` that the form is read from. */

export const FACE = 'src/buddy/allocator.ts';
export const ZONE = 'src/buddy/zone.ts';
export const LISTS = 'src/words/list-head.ts';

/** The file of each class whose objects a zone is made of. */
export const CLASS_FILES: ReadonlyMap<string, string> = new Map([
  ['Zone', ZONE],
  ['Field', 'src/words/field.ts'],
  ['OwnerTable', 'src/buddy/owner.ts'],
]);
