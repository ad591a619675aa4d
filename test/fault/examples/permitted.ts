/** Mutants of the example allocators that survive because what they do is permitted, each with the reason. */

/** A change of one line of an example, which nothing that is claimed forbids. */
export interface Permitted {
  readonly language: string;
  /** The line, without the spaces around it. */
  readonly line: string;
  /** What is changed in it, and into what; '' if it is dropped. */
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

const MAY_REFUSE = 'a resize may be refused also where nothing would be cut off';
const ANY_BLOCK = 'which free block is taken is not claimed';

const JS_CUT = 'const isCut = [...this.size].some(([at, frames]) => at + frames > pages);';
const JS_RESERVED =
  'if (isCut || this.reserved.some(([first, count]) => first + count > this.base + pages)) return false;';
const GO_LEAST = 'if other < block {';

export const PERMITTED: readonly Permitted[] = [
  { language: 'javascript', line: JS_CUT, from: '>', to: '>=', reason: MAY_REFUSE },
  { language: 'javascript', line: JS_RESERVED, from: '>', to: '>=', reason: MAY_REFUSE },
  {
    language: 'javascript',
    line: 'this.size.delete(at);',
    from: 'this.size.delete(at)',
    to: '',
    reason: `the size of a block that is free is looked at by resize alone, and ${MAY_REFUSE}`,
  },
  {
    language: 'javascript',
    line: 'for (const at of blocks) if (at + 2 ** order > pages && blocks.delete(at)) cut.push(at);',
    from: '>',
    to: '>=',
    reason: 'a block that ends where the arena will is given back frame by frame: the same blocks become free',
  },
  {
    language: 'javascript',
    line: "'free-blocks': this.blocks.map((blocks) => [...blocks].map((at) => this.base + at).sort((a, b) => a - b)),",
    from: '-',
    to: '+',
    reason: 'free blocks are compared as a set: in which sequence they are shown is the harness’s',
  },
  {
    language: 'javascript',
    line: "'pair-bits': Array.from({ length: this.orders - 1 }, (_, order) => bits(order)),",
    from: '1',
    to: '0',
    reason: 'there is no pair of the top order, and nothing to compare a row beyond the others with',
  },
  {
    language: 'python',
    line: 'if any(at + frames > pages for at, frames in self.size.items()) or any(at >= pages for at in self.reserved):',
    from: '>',
    to: '>=',
    reason: MAY_REFUSE,
  },
  {
    language: 'c++',
    line: 'if (!sizes.empty() && sizes.rbegin()->first + sizes.rbegin()->second > wanted) return false;',
    from: '>',
    to: '>=',
    reason: MAY_REFUSE,
  },
  {
    language: 'c++',
    line: 'for (Index at = wanted; at < pages; at++)',
    from: '<',
    to: '<=',
    reason:
      'one element beyond the reserved is read: a sanitizer shows that, and no answer; a resize that it refuses may be refused',
  },
  { language: 'go', line: GO_LEAST, from: 'other < block', to: 'true', reason: ANY_BLOCK },
  { language: 'go', line: GO_LEAST, from: 'other < block', to: 'false', reason: ANY_BLOCK },
  { language: 'go', line: 'block = other', from: 'block = other', to: '', reason: ANY_BLOCK },
  {
    language: 'rust',
    line: 'let is_cut = self.size.iter().any(|(at, frames)| at + frames > pages) || self.reserved.iter().any(|&at| at >= pages);',
    from: '>',
    to: '>=',
    reason: MAY_REFUSE,
  },
];
