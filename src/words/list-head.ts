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
  readonly links: Int32Array;

  constructor(links: Int32Array) {
    this.links = links;
  }

  /** @linux include/linux/list.h INIT_LIST_HEAD */
  initListHead(head: number): void {
    this.links[2 * head] = head;
    this.links[2 * head + 1] = head;
  }

  initUnlinked(node: number): void {
    this.links[2 * node] = NULL;
    this.links[2 * node + 1] = NULL;
  }

  nextOf(node: number): number {
    return this.links[2 * node] ?? stray('node', node);
  }

  prevOf(node: number): number {
    return this.links[2 * node + 1] ?? stray('node', node);
  }

  /** Puts `node` first on the list of `head`. @clause LIST-1 @linux include/linux/list.h list_add */
  listAdd(node: number, head: number): void {
    const { links } = this;
    const first = links[2 * head] ?? stray('list head', head);
    links[2 * first + 1] = node;
    links[2 * node] = first;
    links[2 * node + 1] = head;
    links[2 * head] = node;
  }

  /** Takes `node` off its list and clears its links. @clause LIST-1 @linux include/linux/list.h list_del */
  listDel(node: number): void {
    const { links } = this;
    const next = links[2 * node] ?? NULL;
    const previous = links[2 * node + 1] ?? NULL;
    if (next === NULL || previous === NULL) stray('unlinked node', node);
    links[2 * next + 1] = previous;
    links[2 * previous] = next;
    links[2 * node] = NULL;
    links[2 * node + 1] = NULL;
  }
}
