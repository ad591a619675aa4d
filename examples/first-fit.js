// @ts-check
/** An allocator behind a pipe, in JavaScript: it takes the first aligned run of free frames. */
import { serve } from '../conformance/harness/javascript/harness.js'; // copy that file next to yours

await serve({
  name: 'aligned first fit',
  revision: '1',
  claims: ['complete'],
  features: [],
  open({ base, pages, orders, reserved }) {
    const taken = new Uint8Array(pages);
    for (const [first, count] of reserved) taken.fill(1, first - base, first - base + count);
    return {
      allocate(order) {
        const size = 2 ** order;
        if (order >= orders) return null;
        for (let at = 0; at + size <= pages; at += size) {
          if (taken.subarray(at, at + size).includes(1)) continue;
          taken.fill(1, at, at + size);
          return base + at;
        }
        return null;
      },
      free(frame, order) {
        taken.fill(0, frame - base, frame - base + 2 ** order);
      },
    };
  },
});
