/** One state of a film, as text or as a picture: what the command imports. */
import { projector } from '../film/reel.ts';
import { svgOf } from './svg.ts';
import { textOf } from './text.ts';
import type { Film, Stills } from '../../protocol/index.ts';

/** The style sheet of the picture, put in by the build. */
declare const STYLE: string;

/** Returns the state after a number of steps in text. */
export const text: Stills['text'] = (film: Film, step: number, across: number): string =>
  textOf(film, step, projector(film)(step), across);

/** Returns the state after a number of steps as SVG. */
export const svg: Stills['svg'] = (film: Film, step: number): string => svgOf(film, step, projector(film)(step), STYLE);
