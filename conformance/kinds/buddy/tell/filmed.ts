/** One case as the specification sees it, while a camera looks on. */
import { Oracle } from '../oracle.ts';
import { shoot } from './film.ts';
import type { Arena, Claims, Counterexample } from '../../../../protocol/index.ts';
import type { BuddyCoverage, Watch } from '../sights.ts';
import type { Camera } from '../../../judge/film/camera.ts';
import type { Operation, Request, Result } from '../case.ts';

/** An oracle whose every operation a camera takes down; one without a camera spends nothing on it. */
export class FilmedOracle extends Oracle {
  readonly #camera: Camera;

  constructor(camera: Camera, claims: Claims, arena: Arena, coverage: BuddyCoverage, watch?: Watch) {
    super(claims, arena, coverage, watch);
    this.#camera = camera;
  }

  override absorb(
    operation: Operation,
    result: Result,
    command: Request | undefined = this.commandOf(operation),
  ): Counterexample | undefined {
    const { claims, placed: before } = this;
    const found = super.absorb(operation, result, command);
    const after = this.placed;
    const slotAt = this.slots.slotAt.bind(this.slots);
    shoot(this.#camera, { before, after, claims, slotAt, operation, command, result, isWrong: found !== undefined });
    return found;
  }
}
