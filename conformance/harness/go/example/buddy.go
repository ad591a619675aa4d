// Package example is a buddy system whose free blocks are kept in sets: small, and a pattern for an allocator of yours.
package example

import (
	"sort"
	"strings"
)

// FrameBytes is how many bytes of each frame there are.
const FrameBytes = 16

// Buddy counts blocks from 0.
type Buddy struct {
	pages    int64
	blocks   []map[int64]bool // the free blocks of each order
	head     []int64          // of each frame, the first one of the outstanding block that it lies in, or -1
	size     map[int64]int64  // frames of each outstanding block
	freed    map[int64]bool   // frames that headed a block which was freed
	reserved []bool
	bytes    []byte
}

// NewBuddy makes a buddy system of which all frames are free but the reserved ones.
func NewBuddy(pages int64, orders int, reserved []bool) *Buddy {
	b := &Buddy{pages: pages, reserved: reserved, head: make([]int64, pages), size: map[int64]int64{},
		freed: map[int64]bool{}, bytes: make([]byte, pages*FrameBytes), blocks: make([]map[int64]bool, orders)}
	for order := range b.blocks {
		b.blocks[order] = map[int64]bool{}
	}
	for at := range b.head {
		b.head[at] = -1
	}
	b.giveSingly(0, pages)
	return b
}

// Makes a block free; it joins its buddy as long as that is free too.
func (b *Buddy) give(at int64, order int) {
	for ; order < len(b.blocks)-1 && b.blocks[order][at^1<<order]; order++ {
		delete(b.blocks[order], at^1<<order)
		at &^= 1 << order
	}
	b.blocks[order][at] = true
}

func (b *Buddy) giveSingly(first, end int64) {
	for at := first; at < end; at++ {
		if !b.reserved[at] {
			b.give(at, 0)
		}
	}
}

// Takes a block out of a larger free one; what is left of that stays free.
func (b *Buddy) carve(at int64, order int, block int64, larger int) int64 {
	delete(b.blocks[larger], block)
	for larger > order {
		larger--
		if upper := block + 1<<larger; at >= upper {
			b.blocks[larger][block] = true
			block = upper
		} else {
			b.blocks[larger][upper] = true
		}
	}
	return at
}

func (b *Buddy) hold(at, frames int64) int64 {
	for frame := at; frame < at+frames; frame++ {
		b.head[frame] = at
	}
	b.size[at] = frames
	return at
}

func (b *Buddy) drop(at int64) int64 {
	frames := b.size[at]
	for frame := at; frame < at+frames; frame++ {
		b.head[frame] = -1
	}
	delete(b.size, at)
	b.freed[at] = true
	return frames
}

func (b *Buddy) take(order int) int64 {
	for larger := order; larger < len(b.blocks); larger++ {
		for block := range b.blocks[larger] {
			for other := range b.blocks[larger] { // the lowest: the order of a map is another each time
				if other < block {
					block = other
				}
			}
			return b.carve(block, order, block, larger)
		}
	}
	return -1
}

// Allocate returns a block, or -1 if there is none.
func (b *Buddy) Allocate(order int) int64 {
	at := b.take(order)
	if at < 0 {
		return at
	}
	return b.hold(at, 1<<order)
}

// Free frees a block that is outstanding.
func (b *Buddy) Free(at int64, order int) {
	b.drop(at)
	b.give(at, order)
}

// Misuse returns what misuse it would be to free a block, or "" if it is legal.
func (b *Buddy) Misuse(at int64, order int) string {
	switch {
	case order >= len(b.blocks) || at < 0 || at+1<<order > b.pages:
		return "out-of-range"
	case b.head[at] == at && b.size[at] != 1<<order:
		return "wrong-order"
	case b.head[at] == at:
		return ""
	case at%(1<<order) != 0:
		return "misaligned"
	case b.head[at] >= 0:
		return "inner-page"
	case b.freed[at]:
		return "double-free"
	}
	return "never-allocated"
}

// AllocateIn returns a block within [low, end), or -1.
func (b *Buddy) AllocateIn(order int, low, end int64) int64 {
	for larger := order; larger < len(b.blocks); larger++ {
		for _, block := range b.Blocks(larger) {
			first, last := block, block+1<<larger
			if low > first {
				first = low
			}
			if end < last {
				last = end
			}
			if at := (first + 1<<order - 1) >> order << order; at+1<<order <= last {
				return b.hold(b.carve(at, order, block, larger), 1<<order)
			}
		}
	}
	return -1
}

// AllocateFrames returns that many frames, or -1; the rest of the block is given back.
func (b *Buddy) AllocateFrames(frames, align int64) int64 {
	order := 0
	for 1<<order < frames || 1<<order < align {
		order++
	}
	at := b.take(order)
	if at < 0 {
		return at
	}
	b.hold(at, frames)
	b.giveSingly(at+frames, at+1<<order)
	return at
}

// FreeFrames frees what AllocateFrames returned.
func (b *Buddy) FreeFrames(at int64) { b.giveSingly(at, at+b.drop(at)) }

// Resize reports whether there are that many pages now.
func (b *Buddy) Resize(pages int64) bool {
	for at := pages; at < b.pages; at++ {
		if b.head[at] >= 0 || b.reserved[at] {
			return false
		}
	}
	var cut []int64
	for order, blocks := range b.blocks {
		for at := range blocks {
			if at+1<<order > pages {
				delete(blocks, at)
				cut = append(cut, at)
			}
		}
	}
	for _, at := range cut {
		b.giveSingly(at, pages)
	}
	b.giveSingly(b.pages, pages)
	b.pages = pages
	return true
}

// FreeCount returns how many frames are free.
func (b *Buddy) FreeCount() int64 {
	var count int64
	for order, blocks := range b.blocks {
		count += int64(len(blocks)) << order
	}
	return count
}

// Blocks returns the free blocks of an order, ascending.
func (b *Buddy) Blocks(order int) []int64 {
	all := make([]int64, 0, len(b.blocks[order]))
	for at := range b.blocks[order] {
		all = append(all, at)
	}
	sort.Slice(all, func(i, j int) bool { return all[i] < all[j] })
	return all
}

// PairBits returns, for each pair of an order, 1 if exactly one half is on the list.
func (b *Buddy) PairBits(order int) string {
	var bits strings.Builder
	for at := int64(0); at < b.pages; at += 2 << order {
		if b.blocks[order][at] != b.blocks[order][at+1<<order] {
			bits.WriteByte('1')
		} else {
			bits.WriteByte('0')
		}
	}
	return bits.String()
}

// Memory returns the bytes of a frame.
func (b *Buddy) Memory(at int64) []byte { return b.bytes[at*FrameBytes : (at+1)*FrameBytes] }
