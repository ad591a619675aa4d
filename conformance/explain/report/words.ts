/** Requests and kernels in words. */
import { namesOf } from '../mask.ts';
import { counted, show } from '../../show.ts';
import type { Explained } from '../explain.ts';
import type { Family, Refusal } from '../dump.ts';
import type { Read } from '../read.ts';

const FAMILY: Readonly<Record<Family, string>> = {
  '2.4': 'Linux 2.4',
  '2.6': 'Linux 2.6',
  early: 'Linux 2.6 before 2.6.10',
  later: 'a later Linux',
  unknown: 'some Linux',
};

/** Returns which form a text was taken for, and how much of it says something. */
export function readAs({ dump, nth, of }: Explained, { beyond, lines, used }: Read): readonly string[] {
  const kernel = dump.version === undefined ? FAMILY[dump.family] : `${FAMILY[dump.family]} (${show(dump.version)})`;
  const size = dump.pageKb === 4 ? '' : `, pages of ${dump.pageKb} kB`;
  const rest = beyond === 0 ? '' : `, ${beyond} of them unread because they are too many`;
  return [
    `read as: ${dump.form} of ${kernel}${size}`,
    `         ${used} of ${counted(lines, 'line')} used, ${lines - used} left out${rest}`,
    ...(of > 1 ? [`         dump ${nth} of ${of}; --nth shows another`] : []),
  ];
}

const endingOf = ({ ending }: Refusal): string =>
  ending === 'killer' ? 'the out-of-memory killer was called' : 'it got none';

/** Returns the mask of a request in words. */
export function maskOf(mask: number | undefined, names: string | undefined, family: Family): string {
  if (mask === undefined) return 'a mask that was not printed';
  const meaning = names === undefined ? namesOf(mask, family) : show(names);
  const hex = `0x${mask.toString(16)}`;
  return meaning === undefined ? `mask ${hex}, whose bits differ from kernel to kernel` : `mask ${hex} (${meaning})`;
}

function sizeOf(order: number | undefined): string {
  if (order === undefined) return 'a block';
  return order === 0 ? 'order 0 (1 page)' : `order ${order}${order <= 30 ? ` (${2 ** order} pages)` : ''}`;
}

/** Returns who asked for what. */
export function requestOf({ asked, dump, wanted }: Explained): readonly string[] {
  if (wanted === undefined) return [];
  const { mask, order } = wanted;
  const { refusal } = dump;
  const size = sizeOf(order);
  const of = maskOf(mask, asked ? undefined : refusal?.names, dump.family);
  if (asked || refusal === undefined) return ['', `request: ${size}, ${of}, as you ask`];
  const task = refusal.task === '' ? 'a task' : show(refusal.task);
  return ['', `request: ${task} wanted ${size}, ${of}; ${endingOf(refusal)}`];
}
