/** All slips that show in any memory. */

import { BIT_SLIPS } from './bit.ts';
import { FACE_SLIPS } from './face.ts';
import { MARK_SLIPS } from './mark.ts';
import { PLACE_SLIPS } from './place.ts';
import type { Slip } from '../slip.ts';

/** Every allocator broken on purpose that shows it in any memory. */
export const SLIPS: readonly Slip[] = [...BIT_SLIPS, ...PLACE_SLIPS, ...MARK_SLIPS, ...FACE_SLIPS];
