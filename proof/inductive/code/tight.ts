/** Questions that must be answered with no: the invariant is supposed but for one part, and then something else goes wrong. */

import { PARTS } from './state.ts';
import { TINY } from './shapes.ts';
import { operationsOf } from './call.ts';
import { stepQuestion } from './step.ts';
import type { Decide } from './decide.ts';
import type { PartOfInvariant } from './state.ts';
import type { Program } from '../../front/program.ts';
import type { ZoneShape } from '../../../src/index.ts';

/** Parts that a kernel's zones do not have. */
const FOREIGN: Readonly<Record<ZoneShape['kernel'], readonly PartOfInvariant[]>> = {
  '2.4': ['flags', 'marked orders'],
  '2.6': ['map'],
};

/** What the goals are called that a part still holds after a step: those fail without it whatever the code does. */
const OWN: Readonly<Record<PartOfInvariant, RegExp>> = {
  owners: /^$/u,
  blocks: /^(?:a block at page|page \d+ is in one block)/u,
  lists: /^the list of page/u,
  firsts: /^(?:the first of list|what comes on list)/u,
  map: /^word of the map/u,
  flags: /^the mark of page/u,
  'marked orders': /^the marked order of page/u,
};

/** Returns a picture of how an operation goes wrong without a part of the invariant; undefined if none does. */
async function failure(
  decide: Decide,
  program: Program,
  shape: ZoneShape,
  part: PartOfInvariant,
): Promise<string | undefined> {
  for (const operation of operationsOf(shape)) {
    const question = stepQuestion(program, shape, operation, part);
    const goals = question.goals.filter(({ name }) => !OWN[part].test(name));
    const { failed } = await decide({ ...question, goals });
    if (failed !== undefined) return `without ${part}: ${failed.picture}`;
  }
  return undefined;
}

/** Returns a picture of how the code of each kernel goes wrong without each part of the invariant. Throws if it does not. */
export async function failures(decide: Decide, program: Program): Promise<readonly string[]> {
  const pictures: string[] = [];
  for (const shape of TINY) {
    for (const part of PARTS.filter((one) => !FOREIGN[shape.kernel].includes(one))) {
      const picture = await failure(decide, program, shape, part);
      if (picture === undefined) throw new Error(`${shape.kernel}: this part of the invariant is not needed: ${part}`);
      pictures.push(picture);
    }
  }
  return pictures;
}
