/** Answers in words, and why an answer is none that the operation can have. */
import { CLAUSE_OF, freeMisuse, nameOf, nameOfSized } from '../../../../spec/index.ts';
import { show } from '../../../show.ts';
import type { Buddy } from '../../../../spec/index.ts';
import type { Counterexample } from '../../../../protocol/index.ts';
import type { Operation, Request, Result } from '../case.ts';

/** An error that is no misuse, or what is no answer at all. */
type Stray = Extract<Result, { kind: 'error' | 'nonsense' }>;

const said = ({ detail }: Extract<Result, { kind: 'error' }>): string => (detail === '' ? '' : `: ${show(detail)}`);

/** Returns what was answered, in words. */
export function answered(result: Result): string {
  switch (result.kind) {
    case 'granted':
      return `frame ${result.head} was answered`;
    case 'rejected':
      return `it was rejected as ${result.misuse}`;
    case 'error':
      return `it was answered !${result.error}${said(result)}`;
    case 'nonsense':
      return `it was answered "${show(result.token)}"`;
    case 'exhausted':
      return 'it was refused';
    case 'done':
      return 'it was answered done';
  }
}

/** Returns the slots that an operation frees. */
function slotsOf(operation: Operation): readonly number[] {
  if (operation.kind === 'free-slots') return operation.slots;
  return operation.kind === 'free-slot' ? [operation.slot] : [];
}

/** Refutes an answer to a free of a slot that holds nothing. @clause USE-3 */
export const refuteNothing = (operation: Operation, result: Result): Counterexample => ({
  clause: 'USE-3',
  place: `freeing slot ${slotsOf(operation).join(' ')}`,
  facts: [answered(result), 'the slot holds nothing: nothing is to be done'],
});

function placeOf(command: Request): string {
  switch (command.kind) {
    case 'allocate':
      return `allocating order ${command.order}`;
    case 'free':
      return `freeing frame ${command.head}`;
    case 'resize':
      return `resizing to ${command.pages} frames`;
    case 'allocate-frames':
      return `allocating ${nameOfSized(command)}`;
    case 'free-frames':
      return `freeing frame ${command.run[0]}`;
    case 'free-blocks':
      return `freeing the blocks at frames ${command.blocks.map(({ head }) => head).join(' ')}`;
  }
}

/** Returns why an error, or what is no answer, cannot be: a grant that is no frame is misaligned. @clause TAKE-2 @clause USE-3 */
export function refuteResult(state: Buddy, command: Request, result: Stray): Counterexample {
  const place = placeOf(command);
  const misuse = command.kind === 'free' ? freeMisuse(state, command) : undefined;
  if (misuse !== undefined) {
    return { clause: CLAUSE_OF[misuse], place, facts: [answered(result), `it was misuse: ${misuse}`] };
  }
  if (result.kind === 'nonsense') {
    return { clause: 'USE-3', place, facts: [answered(result), 'that is no answer to this operation'] };
  }
  switch (result.error) {
    case 'no-frame':
      return {
        clause: command.kind === 'allocate' || command.kind === 'allocate-frames' ? 'TAKE-2' : 'USE-3',
        place,
        facts: [`what was granted is no frame${said(result)}`, 'a block begins at a frame, at a multiple of its size'],
      };
    case 'payload': {
      const whose = command.kind === 'free' ? `the ${nameOf(command)}` : 'an outstanding block';
      const facts = [
        `the contents of ${whose} were overwritten${said(result)}`,
        'it was outstanding, and only its owner writes to it',
      ] as const;
      return { clause: 'USE-3', place, facts };
    }
    case 'internal':
      return {
        clause: 'USE-3',
        place,
        facts: [`a check of the allocator itself failed${said(result)}`, 'the operation was legal'],
      };
  }
}
