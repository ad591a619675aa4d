/** The names of the source in C. */

/** Returns a name with its words apart: `listAdd` as `list_add`. */
export const snake = (name: string): string =>
  name.replace(/^#/u, '').replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);

/** Returns a constant's name: `double-free` as `BUDDY_DOUBLE_FREE`. */
export const constantName = (name: string): string => `BUDDY_${name.toUpperCase().replaceAll('-', '_')}`;

/** What stands before the names of a class's methods, beside `buddy_`. */
const CLASS_WORDS: Readonly<Partial<Record<string, string>>> = { Field: 'field_', OwnerTable: 'owner_' };

/** Returns the name of a function, or of a method of a class. */
export const functionName = (method: string, owner: string | undefined): string =>
  `buddy_${CLASS_WORDS[owner ?? ''] ?? ''}${snake(method)}`;
