/** The guided tour: stations of one sentence, one thing to try, and the state to begin in. */

/** One station. `address` is the state that it begins in. */
export interface Station {
  readonly title: string;
  readonly sentence: string;
  readonly task: string;
  readonly address: string;
}

export const TOUR: readonly Station[] = [
  {
    title: 'Halves and buddies',
    sentence: 'A block of order k has 2^k frames; its two halves are buddies, and only buddies are ever joined.',
    task: 'Allocate a block of order 3, and see which half is left.',
    address: '#pages=16&orders=5&run=',
  },
  {
    title: 'Splitting 16 frames',
    sentence:
      'To grant one frame out of 16, the block is halved four times, and each time one half goes to a free list.',
    task: 'Step back with the slider, and watch four halves become one block again.',
    address: '#pages=16&orders=5&run=a0',
  },
  {
    title: 'Freeing a page',
    sentence:
      'A freed block is joined with its buddy as long as the buddy is wholly free, and then the result with its own.',
    task: 'Free block #0 by a click on it: how often is it joined?',
    address: '#pages=16&orders=5&run=a0+a1+f1',
  },
  {
    title: 'Why one bit is enough',
    sentence:
      'The half that is being freed is in use for certain, so the one bit of the pair says whether the other half is free.',
    task: 'Free #0, then #1, and compare the bit above the pair before and after each.',
    address: '#pages=4&orders=3&run=a0+a0',
  },
  {
    title: 'Whose bit is it?',
    sentence: 'The bit belongs to the pair: it is 1 if exactly one half is wholly free, whichever half that is.',
    task: 'Free either of the two blocks: the same bit becomes 1.',
    address: '#pages=8&orders=4&run=a1+a1+a2',
  },
  {
    title: 'What the bit cannot see',
    sentence:
      'No code that reads the map alone can notice a block that is freed twice; here an owner table rejects it.',
    task: 'Read the last step: the second free of frame 15 is rejected, and nothing has changed.',
    address: '#pages=16&orders=5&run=a0+f0+F15:0',
  },
  {
    title: 'Fragmentation',
    sentence: 'Many frames may be free, and yet no two of them buddies: then a request for two frames is refused.',
    task: 'Allocate a block of order 1: eight frames are free, and it is refused.',
    address: '#pages=16&orders=5&run=a0+a0+a0+a0+a0+a0+a0+a0+a0+a0+a0+a0+a0+a0+a0+a0+f0+f2+f4+f6+f8+f10+f12+f14',
  },
  {
    title: 'Boot memory and its retirement',
    sentence:
      'Before there are free lists a bitmap has one bit for each page, and small requests share a page; in the end every free page is handed over.',
    task: 'Allocate 1,000 bytes four times: how many pages do they take? Then retire it, and see the free lists begin.',
    address: '#boot=64&run=a100',
  },
  {
    title: 'Zones and fallback',
    sentence:
      'A machine’s memory lies in zones; a request tries the zone that it wants, and then those below it: HighMem, Normal, DMA.',
    task: 'Read 16 pages of a file: how many come from HighMem, and how many from Normal, and why?',
    address: '#zones=48,96,160&ratio=8&run=r112',
  },
  {
    title: 'Three marks',
    sentence:
      'Each zone has three marks, min, low and high; a zone gives a page only if more stays free than the marks of all zones tried so far, summed up.',
    task: 'Read one page more: no zone exceeds the low marks any more, so that kswapd is woken, and from now on min counts.',
    address: '#zones=48,96,160&ratio=8&run=r112+r38',
  },
  {
    title: 'kswapd',
    sentence:
      'Woken when no zone exceeds the low marks, kswapd takes pages from the page cache, turn by turn, until a zone is above high.',
    task: 'Give kswapd a turn, and then another: after which does it sleep again?',
    address: '#zones=0,160,0&ratio=8&run=r112+r27',
  },
];
