/** A saved case of boot memory or on a machine, step by step, as a film draws it. */
import { Fragment, h } from 'preact';
import { useMemo } from 'preact/hooks';
import { Controls } from '../../film/controls.ts';
import { Ground } from '../../draw/ground.ts';
import { Legend } from '../../draw/legend.ts';
import { caseWorldsOf } from './world.ts';
import type { CasePlay } from './script.ts';
import type { ComponentChild } from 'preact';
import type { Playing } from '../../film/controls.ts';

/** Draws a case after some of its steps. */
export function Case({ play, playing }: { readonly play: CasePlay; readonly playing: Playing }): ComponentChild {
  const worlds = useMemo(() => caseWorldsOf(play), [play]);
  const world = worlds[playing.step];
  if (world === undefined) return null;
  return h(
    Fragment,
    {},
    h(Controls, playing),
    h(
      'div',
      { class: 'answer short' },
      h(
        'p',
        { class: 'said', 'aria-live': 'polite' },
        world.asked === '' ? '' : `${world.asked}: `,
        h('b', {}, world.said.join('; ')),
      ),
      h('p', { class: 'agrees' }, world.agrees ? 'src and spec agree on every answer' : 'src and spec do not agree'),
    ),
    h(
      'div',
      { class: world.rows.length > 1 ? 'grounds several' : 'grounds' },
      world.rows.map((row) => h(Ground, { key: row.ground.name, row, mark: undefined })),
    ),
    h(Legend, { kind: play.begin.of }),
  );
}
