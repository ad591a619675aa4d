/** What something that is played with shows: before its script, and after each operation of it. */

/** Something that carries a script out, and can be looked at in between. */
interface Running<Word, World> {
  readonly world: World;
  carryOut(word: Word): void;
}

/** Returns what is seen before the first operation, and after each. */
export const worldsAlong = <Word, World>(running: Running<Word, World>, run: readonly Word[]): readonly World[] => [
  running.world,
  ...run.map((word) => {
    running.carryOut(word);
    return running.world;
  }),
];
