/** Pictures as text: what is drawn for a browser, written as a file that stands alone. */
import type { ComponentChild, VNode } from 'preact';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What no XML may hold, not even escaped. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** Returns a text as markup shows it; what no XML may hold becomes U+FFFD. */
export const escaped = (text: string): string =>
  text.replaceAll(FORBIDDEN, '\ufffd').replaceAll(/[&<>"]/gu, (one) => ENTITIES[one] ?? '');

/** Properties that are no attributes. */
const OURS = new Set(['children', 'key', 'ref', 'class']);

const isNode = (child: unknown): child is VNode<Record<string, unknown>> =>
  typeof child === 'object' && child !== null && 'type' in child && 'props' in child;

/** Returns the attributes of an element; what listens to clicks has no meaning in a file. */
function attributes({ class: styled, ...props }: Readonly<Record<string, unknown>>): string {
  const named = Object.entries(props).filter(([name]) => !OURS.has(name) && !name.startsWith('on'));
  return [...(styled === undefined || styled === '' ? [] : [['class', styled] as const]), ...named]
    .flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [` ${name}="${escaped(String(value))}"`] : [],
    )
    .join('');
}

/** Returns what is drawn as markup. Its components hold no state: each is a function of its properties. */
export function markup(child: ComponentChild): string {
  if (Array.isArray(child)) return child.map((one) => markup(one as ComponentChild)).join('');
  if (typeof child === 'string' || typeof child === 'number') return escaped(String(child));
  if (!isNode(child)) return '';
  const { props, type } = child;
  if (typeof type !== 'string') return markup((type as (of: typeof props) => ComponentChild)(props));
  const inner = markup(props.children);
  return inner === '' ? `<${type}${attributes(props)}/>` : `<${type}${attributes(props)}>${inner}</${type}>`;
}

/** Returns how high a drawn picture is, in pixels; 0 if that is not in it. */
export function heightOf(child: ComponentChild): number {
  const height = isNode(child) ? child.props['height'] : 0;
  return typeof height === 'number' ? height : 0;
}

/** Returns the pictures among what is drawn. */
export const picturesIn = (child: ComponentChild): readonly ComponentChild[] =>
  (Array.isArray(child) ? (child as ComponentChild[]) : [child]).filter((one) => isNode(one) && one.type === 'svg');
