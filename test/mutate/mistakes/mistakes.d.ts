/** What tests read of the mistakes. */
export const MISTAKES: readonly { readonly name: string; readonly at: readonly string[] }[];
