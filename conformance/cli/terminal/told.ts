/** How far a run is, in one line of words. */
import { counted, grouped } from '../../show.ts';
import type { Look, Paint } from '../../judge/report/look.ts';
import type { Standing } from '../../judge/options.ts';

/** Some words of a line, and how they look. */
interface Part {
  readonly text: string;
  readonly paint?: Paint;
}

/** Returns seconds as minutes and seconds. */
const clock = (seconds: number): string => {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};

const leftOf = (left: number): readonly Part[] => (Number.isFinite(left) ? [{ text: `${clock(left)} left` }] : []);

/** Below this many seconds a rate means nothing yet. */
const SOON = 0.5;

/** Returns the parts of a line, what matters most first. */
function partsOf(
  { cases, coverage, found, kind, left, phase }: Standing,
  seconds: number,
  look: Look,
): readonly Part[] {
  const name = { text: kind.title, paint: look.strong };
  if (phase === 'shortens') {
    return [
      name,
      { text: `${found.join(', ')} found in ${counted(cases, 'case')}`, paint: look.bad },
      { text: 'looking for a shorter case' },
      ...leftOf(left),
      { text: 'Ctrl-C takes the one at hand', paint: look.faint },
    ];
  }
  const { counts, operations } = coverage;
  const seen = kind.sights.filter((sight) => (counts[sight] ?? 0) > 0).length;
  return [
    name,
    { text: counted(cases, 'case') },
    found.length === 0 ? { text: '0 found' } : { text: `found ${found.join(', ')}`, paint: look.bad },
    ...leftOf(left),
    ...(seconds < SOON ? [] : [{ text: `${grouped(operations / seconds)} ops/s` }]),
    { text: `seen ${seen} of ${kind.sights.length}`, paint: look.faint },
  ];
}

const BETWEEN = ' · ';

/**
 * Returns how far a run is in at most so many columns: a part for which there is no room is left out. `seconds`: for how long this
 * kind is being judged.
 */
export function tellLine(told: Standing, columns: number, seconds: number, look: Look): string {
  let room = columns + BETWEEN.length;
  return partsOf(told, seconds, look)
    .filter(({ text }) => {
      const fits = text.length + BETWEEN.length <= room;
      if (fits) room -= text.length + BETWEEN.length;
      return fits;
    })
    .map(({ paint, text }) => (paint === undefined ? text : paint(text)))
    .join(BETWEEN);
}
