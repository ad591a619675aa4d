/** What the playground asks of the script that explains what kernels print. */

/** Explains what a kernel printed of its memory, as text; undefined if the text has nothing of the kind. */
export type ExplainLog = (text: string) => string | undefined;
