/** A scripted boot memory and machine, for the test of the words in JavaScript. */
import { bootWords, machineWords } from './words.js';
import { serve } from './harness.js';

const boot = {
  reserve: (node, address, size) => (size > 4096 ? [Math.floor(address / 4096)] : node === 9 ? 'no-such-node' : []),
  free: (_node, address) => (address > 99 ? 'out-of-range' : undefined),
  allocate: (node, size, align, goal) => (size === 5 ? null : node === '*' ? 8192 : size + align + goal),
  retire: (node) => (node === 0 ? [1, 2, 5, 6, 7, 3] : 'retired'),
};

class Machine {
  constructor({ orders }) {
    this.next = orders;
  }
  allocatePages({ order, gfp, bound }, reclaim) {
    if (order === 3) return { frame: 'stalled', woken: true };
    if (order === 2) return { frame: reclaim() && reclaim() ? null : 77, woken: false };
    this.next++;
    return { frame: bound ? null : this.next, woken: gfp === 1 };
  }
  free = (_frame, order) => (order === 9 ? 'double-free' : undefined);
  getPage() {}
  kswapd(reclaim) {
    while (reclaim());
  }
  observe = () => ({ zones: [[this.next, true]] });
}

await serve({
  name: 'words',
  revision: '1',
  claims: [],
  features: ['boot', 'machine'],
  open(init) {
    if (init.boot) return bootWords(boot);
    return init.machine ? machineWords(new Machine(init.machine)) : { unsupported: 'no arena' };
  },
});
