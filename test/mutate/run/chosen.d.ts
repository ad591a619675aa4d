/** What tests use of the choice of files. */
export const allFiles: () => readonly string[];
export const filesLike: (pattern: string) => readonly string[];
export const filesSince: (ref: string) => readonly string[];
export const filesBy: (files: readonly string[], text: string, lines: number) => readonly string[];
export const commit: () => string;
