/** What tests use of the count of turns. */
export const burn: () => void;
export const refuel: (turns: number) => void;
export const turnsLeft: () => number;
export const isEmpty: () => boolean;
