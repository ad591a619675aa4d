import { stray } from './bug.ts';

/**
 * Circular doubly linked lists threaded through one array: node n keeps its next at 2n and its previous at 2n + 1.
 * Frames are nodes by their index, list heads come after the last frame.
 * @clause LIST-2 @linux include/linux/list.h list_head
 * @departure LINKS a link is a number, not a pointer, and a node that is on no list has -1 where the kernel has NULL
 */
export type Links = Int32Array;

/** A link of a node that is on no list. */
const NULL = -1;

function read(links: Links, slot: number): number {
  const node = links[slot];
  if (node === undefined) stray('link', slot);
  return node;
}

/** @linux include/linux/list.h INIT_LIST_HEAD */
export function initListHead(links: Links, head: number): void {
  links[2 * head] = head;
  links[2 * head + 1] = head;
}

export function initUnlinked(links: Links, node: number): void {
  links[2 * node] = NULL;
  links[2 * node + 1] = NULL;
}

export function nextOf(links: Links, node: number): number {
  return read(links, 2 * node);
}

export function prevOf(links: Links, node: number): number {
  return read(links, 2 * node + 1);
}

/** Puts `node` first on the list of `head`. @clause LIST-1 @linux include/linux/list.h list_add */
export function listAdd(links: Links, node: number, head: number): void {
  const first = read(links, 2 * head);
  links[2 * first + 1] = node;
  links[2 * node] = first;
  links[2 * node + 1] = head;
  links[2 * head] = node;
}

/** Takes `node` off its list and clears its links. @clause LIST-1 @linux include/linux/list.h list_del */
export function listDel(links: Links, node: number): void {
  const next = read(links, 2 * node);
  const previous = read(links, 2 * node + 1);
  if (next === NULL || previous === NULL) stray('unlinked node', node);
  links[2 * next + 1] = previous;
  links[2 * previous] = next;
  links[2 * node] = NULL;
  links[2 * node + 1] = NULL;
}
