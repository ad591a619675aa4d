/** Every kind that the judge can judge. */
import { BOOT } from './boot/kind.ts';
import { BUDDY } from './buddy/kind.ts';
import { MACHINE } from './machine/kind.ts';
import { SMP } from './smp/kind.ts';
import { anyKind } from '../judge/kind.ts';
import type { AnyKind } from '../judge/kind.ts';

export const KINDS: readonly AnyKind[] = [anyKind(BUDDY), anyKind(BOOT), anyKind(MACHINE), anyKind(SMP)];
