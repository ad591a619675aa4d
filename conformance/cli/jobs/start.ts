/** How what is judged is started. */
import { referenceSubject } from '../../subjects/reference.ts';
import { startProcess } from '../../subjects/process.ts';
import type { Kernel } from '../../../protocol/index.ts';
import type { Start } from '../../judge/subject.ts';

/** Returns how what is judged is started: the command, or a reference. */
export const startOf = (command: readonly string[], { reference = '2.4' }: { readonly reference?: Kernel }): Start =>
  command.length > 0 ? () => startProcess(command) : () => Promise.resolve(referenceSubject(reference));
