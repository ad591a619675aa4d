import { MISTAKES, mutatorOf } from './mistakes/mistakes.js';

/** What each operator on bits is mistaken for; Stryker itself has `~`, `&=`, `|=`, `<<=` and `>>=`, and none of these. */
const BITWISE = { '&': ['|'], '|': ['&'], '^': ['&', '|'], '^=': ['&=', '|='] };
const SHIFT = { '<<': ['>>'], '>>': ['<<'], '>>>': ['<<'], '>>>=': ['<<='] };
/** Apart from the other shifts: these differ at negative numbers and at 2^31 alone. */
const SIGNED = { '>>': ['>>>'], '>>>': ['>>'], '>>>=': ['>>='], '>>=': ['>>>='] };

const hasOperator = (path) => path.isBinaryExpression() || path.isAssignmentExpression();

const swap = (name, siblings, copy) => ({
  name,
  *mutate(path) {
    if (!hasOperator(path)) return;
    for (const operator of siblings[path.node.operator] ?? []) yield { ...copy(path.node), operator };
  },
});

const literal = (value) => ({ type: 'NumericLiteral', value });
const number = (value) =>
  value < 0 ? { type: 'UnaryExpression', operator: '-', prefix: true, argument: literal(-value) } : literal(value);

/** A name of a property is no number that is reckoned with. */
const isName = ({ key, parent }) => key === 'key' && parent.computed !== true;

const numberLiteral = {
  name: 'NumberLiteral',
  *mutate(path) {
    if (!path.isNumericLiteral() || isName(path)) return;
    yield number(path.node.value + 1);
    yield number(path.node.value - 1);
  },
};

/** Our own mutators, in the form of Stryker's; `copy` clones a node. */
export const mutatorsWith = (copy) => [
  swap('BitwiseOperator', BITWISE, copy),
  swap('ShiftOperator', SHIFT, copy),
  swap('SignedShift', SIGNED, copy),
  numberLiteral,
  ...MISTAKES.map((mistake) => mutatorOf(mistake, copy)),
];
