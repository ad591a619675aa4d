// Circular doubly linked lists, threaded through one array.
import { outOfRange } from './bug.ts';
import type { ListHead } from './unit.ts';

/** The links of a node that is on no list. */
const NULL = -1;

/**
 * Circular doubly linked lists threaded through one array: node n keeps its next node at 2n and its previous at 2n + 1.
 * Entries are pages, by their index; the heads of lists come after the last page.
 * @clause LIST-2 @linux include/linux/list.h list_head
 * @departure LINKS a link is a number, not a pointer, and a node that is on no list has -1 where the kernel has NULL
 */
export class Links<Entry extends number> {
  readonly links: Int32Array;

  constructor(links: Int32Array) {
    this.links = links;
  }

  /** Makes a list empty. @linux include/linux/list.h INIT_LIST_HEAD */
  initListHead(head: ListHead): void {
    this.links[2 * head] = head;
    this.links[2 * head + 1] = head;
  }

  /** Makes a node one that is on no list. */
  initUnlinked(node: Entry): void {
    this.links[2 * node] = NULL;
    this.links[2 * node + 1] = NULL;
  }

  /** Returns the node after `node`: the list's first entry, or the head itself if the list is empty, after its head. */
  nextOf(node: Entry | ListHead): number {
    return this.links[2 * node] ?? outOfRange('node', node);
  }

  /** Returns the node before `node`: the list's last entry, or the head itself if the list is empty, before its head. */
  prevOf(node: Entry | ListHead): number {
    return this.links[2 * node + 1] ?? outOfRange('node', node);
  }

  /** Puts `node` first on the list of `head`. @clause LIST-1 @linux include/linux/list.h list_add */
  listAdd(node: Entry, head: ListHead): void {
    const { links } = this;
    const first = links[2 * head] ?? outOfRange('list head', head);
    links[2 * first + 1] = node;
    links[2 * node] = first;
    links[2 * node + 1] = head;
    links[2 * head] = node;
  }

  /** Takes `node` off its list and clears its links. @clause LIST-1 @linux include/linux/list.h list_del */
  listDel(node: Entry): void {
    const { links } = this;
    const next = links[2 * node] ?? NULL;
    const previous = links[2 * node + 1] ?? NULL;
    if (next === NULL || previous === NULL) outOfRange('unlinked node', node);
    links[2 * next + 1] = previous;
    links[2 * previous] = next;
    links[2 * node] = NULL;
    links[2 * node + 1] = NULL;
  }
}
