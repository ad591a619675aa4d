/** The head of a film: the verdict, and the two facts that cannot both hold. */
import { h } from 'preact';
import type { Film } from '../../protocol/index.ts';
import type { ComponentChild } from 'preact';

function refutation({ refuted }: Film): ComponentChild {
  if (refuted === undefined) return null;
  const { clause, facts, place, property, sentence } = refuted;
  return h(
    'div',
    { class: 'refutation' },
    h('p', { class: 'clause' }, h('b', {}, clause), ` ${property}, refuted at ${place}`),
    h(
      'p',
      { class: 'facts' },
      h('span', { class: 'fact' }, facts[0]),
      h('span', { class: 'but' }, 'but'),
      h('span', { class: 'fact' }, facts[1]),
    ),
    h('p', { class: 'sentence' }, sentence),
  );
}

/** Draws the verdict and its reason. */
export function Verdict({ film }: { readonly film: Film }): ComponentChild {
  const isGood = film.refuted === undefined && film.failure === undefined;
  return h(
    'header',
    { class: isGood ? 'verdict good' : 'verdict bad' },
    h('p', { class: 'what' }, `${film.title}, as the specification sees it`),
    h('h1', {}, film.subject, ' ', h('em', {}, film.verdict)),
    refutation(film),
    film.failure === undefined
      ? null
      : h('div', { class: 'refutation' }, h('p', { class: 'facts' }, h('span', { class: 'fact' }, film.failure))),
  );
}
