/** How a text looks: which words stand out, and how wide a picture may be. */

/** Makes a text stand out, or returns it as it is. */
export type Paint = (text: string) => string;

/** What a text is drawn with. `columns`: the widest line of a picture, in characters. */
export interface Look {
  readonly good: Paint;
  readonly bad: Paint;
  readonly warn: Paint;
  readonly strong: Paint;
  readonly faint: Paint;
  readonly columns: number;
}

const asItIs: Paint = (text) => text;

/** Characters that a frame of a picture takes, and those beside a line of frames: indentation, and the number of its first frame. */
const [FRAME, BESIDE] = [2, 13];

/** The number of frames in a line of a picture if nothing is known of who reads it. */
const USUAL_FRAMES = 64;

/** Plain text, for files, pipes and errors. */
export const PLAIN: Look = {
  good: asItIs,
  bad: asItIs,
  warn: asItIs,
  strong: asItIs,
  faint: asItIs,
  columns: FRAME * USUAL_FRAMES + BESIDE,
};

/** Returns how many frames a line of a picture has: a power of two, so that no line begins inside a block that fits in one. */
export const framesAcross = (columns: number): number =>
  Math.min(1024, Math.max(8, 2 ** Math.floor(Math.log2(Math.max(FRAME, columns - BESIDE) / FRAME))));
