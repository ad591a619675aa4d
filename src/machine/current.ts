// Who calls: which task runs now, so that what it asks for while it reclaims is still asked by it, and on a processor of which node.
import { newTask } from './reclaim.ts';
import type { NodeId } from '../../protocol/index.ts';
import type { Task } from './reclaim.ts';

/**
 * The task that runs. A call from outside is made by a task of its own. A call that comes while memory is reclaimed is made by
 * the task that reclaims: it keeps its flags, and so it passes over the watermarks and does not reclaim again.
 * @clause WATER-4 @clause PASS-4 @linux include/asm-i386/current.h current
 */
export class Current {
  #task: Task | undefined;
  #node: NodeId;
  readonly #stopped: () => void;

  /** `node`: that of the processor that runs unless `runOn` says otherwise. `stopped` is called if a bug stops a call. */
  constructor(node: NodeId, stopped: () => void) {
    this.#node = node;
    this.#stopped = stopped;
  }

  /** The node of the processor that runs. */
  get node(): NodeId {
    return this.#node;
  }

  /** Runs `call` as the current task, or as a new one if no task runs; the task has `flags` besides its own meanwhile. */
  run<Result>(flags: number, call: (task: Task) => Result): Result {
    const task = this.#task ?? newTask(0);
    const before = task.flags;
    task.flags |= flags;
    try {
      return this.switchTo(task, call);
    } finally {
      task.flags = before;
    }
  }

  /** Runs `call` as another task, and goes back to the one that ran before. */
  switchTo<Result>(task: Task, call: (task: Task) => Result): Result {
    const previous = this.#task;
    this.#task = task;
    try {
      return call(task);
    } catch (error) {
      this.#stopped();
      throw error;
    } finally {
      this.#task = previous;
    }
  }

  /** Runs `call` on a processor of a node, and goes back to the node before. @clause NODE-5 */
  runOn<Result>(node: NodeId, call: () => Result): Result {
    const previous = this.#node;
    this.#node = node;
    try {
      return call();
    } finally {
      this.#node = previous;
    }
  }
}
