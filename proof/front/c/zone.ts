/** The members of the source's objects, in C: which are arrays, which are numbers, and which a kernel has not. */

import { UNSAID, code } from './printed.ts';
import { snake } from './name.ts';
import type { Kernel } from '../../../protocol/index.ts';
import type { ObjectClass, Printed } from './printed.ts';

/** The number of elements of each array of a zone, by kernel; undefined if the kernel has no such array. */
const LENGTHS: Readonly<Record<Kernel, Readonly<Record<string, string | undefined>>>> = {
  '2.4': { counters: '1', links: '2 * (zone->pages + zone->orders)', map: 'zone->map_words' },
  '2.6': {
    counters: '1 + zone->orders',
    links: '2 * (zone->pages + zone->orders)',
    buddyFlag: 'zone->pages',
    privateOrder: 'zone->pages',
  },
};

const FIELDS = ['counters', 'buddyFlag', 'privateOrder'];
const ARRAYS = ['links', 'map'];

function memberOfZone(name: string, text: string, kernel: Kernel): Printed | undefined {
  const length = LENGTHS[kernel][name];
  if (name === 'base') return code('int64_t', `${text}->base`);
  if (name === 'orders' || name === 'pages' || name === 'offset') return code('int32_t', `${text}->${name}`);
  if (name === 'owners') return { kind: 'object', class: 'OwnerTable', text };
  if (name === 'firstBits')
    return { kind: 'elements', type: 'int32_t', text: `${text}->first_bits`, length: undefined };
  if (!FIELDS.includes(name) && !ARRAYS.includes(name)) return undefined;
  if (length === undefined) return UNSAID;
  const member = `${text}->${snake(name)}`;
  return FIELDS.includes(name)
    ? { kind: 'object', class: 'Field', text: member, length }
    : { kind: 'elements', type: 'int32_t', text: member, length };
}

/** Returns a field of an object; undefined if the object has none of this name. */
export function fieldOf(
  of: { readonly class: ObjectClass; readonly text: string; readonly length?: string },
  name: string,
  kernel: Kernel,
): Printed | undefined {
  switch (of.class) {
    case 'Allocator':
      return name === '#zone' ? { kind: 'object', class: 'Zone', text: of.text } : undefined;
    case 'Zone':
      return memberOfZone(name, of.text, kernel);
    case 'OwnerTable':
      if (name !== 'bytes') return undefined;
      return { kind: 'elements', type: 'int8_t', text: `${of.text}->owners`, length: `${of.text}->pages` };
    case 'Field':
      return name === 'words' ? { kind: 'elements', type: 'int32_t', text: of.text, length: of.length } : undefined;
  }
}
