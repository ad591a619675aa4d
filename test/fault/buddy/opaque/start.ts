/** Allocators of another make, as subjects of the judge. */
import { objectSubject } from '../../../../conformance/subjects/object.ts';
import type { LiveSubject } from '../../../../conformance/judge/subject.ts';
import type { ObjectArena } from './buddy-sets.ts';
import type { RareFault } from './answers.ts';

/** Returns the allocator as the judge sees it: without its reports if it has no feature. */
const seen = (
  allocator: ReturnType<RareFault['open']>,
  features: RareFault['features'] = [],
): ReturnType<RareFault['open']> =>
  'unsupported' in allocator || features.length > 0
    ? allocator
    : {
        allocate: (order) => allocator.allocate(order),
        free: (frame, order) => allocator.free(frame, order),
      };

/** Returns how such an allocator is started. */
export const startingFault =
  ({ name, claims = ['complete'], features = [], open, usable }: Omit<RareFault, 'refutes' | 'most'>) =>
  (): LiveSubject => {
    const plan = { name, claims, features, open: (arena: ObjectArena) => seen(open(arena), features) };
    return objectSubject(usable === undefined ? plan : { ...plan, usable });
  };
