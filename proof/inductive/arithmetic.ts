/** A law of the index arithmetic, in SMT-LIB: for all page numbers of 32 bits and all orders below 20. */
export interface Law {
  readonly says: string;
  /** The conditions, and what follows from them. */
  readonly given: readonly string[];
  readonly then: string;
}

const ALIGNED = '(= (bvand i (bvsub m #x00000001)) #x00000000)';
const OTHER = '(= (bvand j (bvsub m #x00000001)) #x00000000)';
const BUDDY = '(bvxor i m)';
const PARENT = '(bvand i (bvnot m))';
const pairOf = (index: string): string => `(bvlshr ${index} (bvadd o #x00000001))`;

/** The laws that the index arithmetic of src rests on: `index ^ (1 << order)`, `index >>> (order + 1)`, `index & ~(1 << order)`. */
export const LAWS: readonly Law[] = [
  {
    says: 'the buddy of a block is aligned',
    given: [ALIGNED],
    then: `(= (bvand ${BUDDY} (bvsub m #x00000001)) #x00000000)`,
  },
  { says: 'the buddy of the buddy is the block', given: [], then: `(= (bvxor ${BUDDY} m) i)` },
  { says: 'a block is not its own buddy', given: [], then: `(distinct ${BUDDY} i)` },
  { says: 'buddies have one bit', given: [], then: `(= ${pairOf('i')} ${pairOf(BUDDY)})` },
  {
    says: 'blocks that have one bit are buddies, or one block',
    given: [ALIGNED, OTHER, `(= ${pairOf('i')} ${pairOf('j')})`],
    then: `(or (= i j) (= j ${BUDDY}))`,
  },
  { says: 'buddies have one parent', given: [], then: `(= ${PARENT} (bvand ${BUDDY} (bvnot m)))` },
  {
    says: 'the parent is aligned to twice the size',
    given: [ALIGNED],
    then: `(= (bvand ${PARENT} (bvsub (bvshl m #x00000001) #x00000001)) #x00000000)`,
  },
  {
    says: 'the parent has the number of the pair',
    given: [],
    then: `(= (bvlshr ${PARENT} (bvadd o #x00000001)) ${pairOf('i')})`,
  },
  {
    says: 'the parent is the lower of the two',
    given: [],
    then: `(= ${PARENT} (ite (bvult i ${BUDDY}) i ${BUDDY}))`,
  },
  {
    says: 'the upper half of an aligned block begins where adding half its size leads, and is the buddy of the lower',
    given: ['(= (bvand i (bvsub (bvshl m #x00000001) #x00000001)) #x00000000)'],
    then: `(and (= (bvadd i m) ${BUDDY}) (bvult i (bvadd i m)))`,
  },
  {
    says: 'the mask of alignment is the negated size',
    given: [],
    then: '(= (bvand i (bvneg m)) (bvand i (bvnot (bvsub m #x00000001))))',
  },
  {
    says: 'a page lies in the block that clearing its low digits gives, and in no other of that order',
    given: [OTHER, '(bvult (bvsub i j) m)'],
    then: '(= j (bvand i (bvneg m)))',
  },
];

/** Returns a question in SMT-LIB: whether a law can fail. `without`: the number of a condition to leave out. */
export function smtOfLaw({ given, then }: Law, without?: number): string {
  return [
    '(set-logic QF_BV)',
    ...['i', 'j', 'o'].map((name) => `(declare-const ${name} (_ BitVec 32))`),
    '(define-fun m () (_ BitVec 32) (bvshl #x00000001 o))',
    '(assert (bvult o #x00000014))',
    ...given.filter((_, at) => at !== without).map((one) => `(assert ${one})`),
    `(assert (not ${then}))`,
    '(check-sat)',
    '',
  ].join('\n');
}
