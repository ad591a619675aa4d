import { stray } from './bug.ts';

/** A link of a node that is on no list. */
const NULL = -1;

/**
 * Circular doubly linked lists threaded through one array: node n keeps its next at 2n and its previous at 2n + 1.
 * Frames are nodes by their index, list heads come after the last frame.
 * @clause LIST-2 @linux include/linux/list.h list_head
 * @departure LINKS a link is a number, not a pointer, and a node that is on no list has -1 where the kernel has NULL
 */
export class Links {
  readonly words: Int32Array;

  constructor(words: Int32Array) {
    this.words = words;
  }

  /** @linux include/linux/list.h INIT_LIST_HEAD */
  initListHead(head: number): void {
    this.words[2 * head] = head;
    this.words[2 * head + 1] = head;
  }

  initUnlinked(node: number): void {
    this.words[2 * node] = NULL;
    this.words[2 * node + 1] = NULL;
  }

  nextOf(node: number): number {
    return this.linkAt(2 * node);
  }

  prevOf(node: number): number {
    return this.linkAt(2 * node + 1);
  }

  /** Puts `node` first on the list of `head`. @clause LIST-1 @linux include/linux/list.h list_add */
  listAdd(node: number, head: number): void {
    const { words } = this;
    const first = this.nextOf(head);
    words[2 * first + 1] = node;
    words[2 * node] = first;
    words[2 * node + 1] = head;
    words[2 * head] = node;
  }

  /** Takes `node` off its list and clears its links. @clause LIST-1 @linux include/linux/list.h list_del */
  listDel(node: number): void {
    const { words } = this;
    const next = this.nextOf(node);
    const previous = this.prevOf(node);
    if (next === NULL || previous === NULL) stray('unlinked node', node);
    words[2 * next + 1] = previous;
    words[2 * previous] = next;
    words[2 * node] = NULL;
    words[2 * node + 1] = NULL;
  }

  /** What a slot of the array holds: two for each node. */
  linkAt(slot: number): number {
    const node = this.words[slot];
    if (node === undefined) stray('link', slot);
    return node;
  }
}
