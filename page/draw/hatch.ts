/** The hatching of frames that are never granted, so that they are told apart without colour. */
import { h } from 'preact';
import type { ComponentChild } from 'preact';

/** Draws nothing itself: a pattern that the style sheet fills with. */
export function Hatch(): ComponentChild {
  const pattern = { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' };
  return h('defs', {}, h('pattern', pattern, h('path', { class: 'hatching', d: 'M1 0v6' })));
}
