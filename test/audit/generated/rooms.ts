/** The generated table of rooms by layers in ARCHITECTURE.md, and the audit of rooms' names. */

import type { Finding, Tree } from '../tree.ts';
import { filesOf } from '../tree.ts';
import { table } from './clause-table.ts';

/** The rooms, each above those before it. */
export const ROOMS = ['words', 'buddy', 'smp', 'boot', 'machine', 'machine26'] as const;
export type Room = (typeof ROOMS)[number];

/** The folders that are divided into rooms. */
export const HOUSES = ['spec', 'src', 'invariants', 'conformance/kinds'] as const;

/** The folders of test that are divided into rooms. */
const TESTS = ['law', 'lockstep', 'unit', 'fault', 'trace'] as const;

const isRoom = (name: string): name is Room => ROOMS.some((room) => room === name);

const stemOf = (path: string): string => path.replace(/^.*\//u, '').replace(/\.ts$/u, '');

const links = (paths: readonly string[]): string => paths.map((path) => `[${stemOf(path)}](${path})`).join(' ');

/** Returns the paths of the files in a room of a folder; without a room, those beside its rooms. */
const inRoom = (paths: readonly string[], house: string, room: Room | undefined): readonly string[] =>
  paths.filter((path) => {
    if (!path.startsWith(`${house}/`)) return false;
    const rest = path.slice(house.length + 1);
    return room === undefined ? !rest.includes('/') : rest.startsWith(`${room}/`);
  });

/** Returns the table of rooms by layers. */
export function roomsPart(tree: Tree): string {
  const paths = filesOf(tree).map(([path]) => path);
  const rows = [undefined, ...ROOMS].map((room) => {
    const protocol = paths.filter((path) =>
      room === undefined
        ? /^protocol\/[^/]+$/u.test(path) && !isRoom(stemOf(path)) && stemOf(path) !== 'index'
        : path === `protocol/${room}.ts`,
    );
    const houses = HOUSES.map((house) => links(inRoom(paths, house, room).filter((path) => stemOf(path) !== 'index')));
    const tests = TESTS.filter((test) => room !== undefined && inRoom(paths, `test/${test}`, room).length > 0);
    return [
      room ?? 'all rooms',
      links(protocol),
      ...houses,
      tests.map((test) => `[${test}](test/${test}/${room ?? ''})`).join(' '),
    ];
  });
  return table(['', 'protocol', ...HOUSES, 'test'], rows);
}

/** Reports folders that are named after no room. */
export const auditRooms = (tree: Tree): readonly Finding[] =>
  HOUSES.flatMap((house) => {
    const folders = filesOf(tree)
      .map(([path]) => path)
      .filter((path) => path.startsWith(`${house}/`))
      .map((path) => path.slice(house.length + 1).split('/'))
      .filter(({ length }) => length > 1)
      .map(([folder = '']) => folder);
    const strange = [...new Set(folders)].filter((folder) => !isRoom(folder));
    return strange.map((folder) => ({
      place: `${house}/${folder}`,
      what: `is no room: name it after one of ${ROOMS.join(', ')}`,
    }));
  });
