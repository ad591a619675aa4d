// Attaches the example, a small buddy system, to the judge: put your allocator in its place.
//
//	go build -o judged . && npx buddy-oracle check -- ./judged
//
// With -tags threads several threads use it under a lock: attach_threads.go.
package main

import "judged/example"

type attached struct {
	base   int64
	orders int
	buddy  *example.Buddy
}

func open(arena Arena) (Allocator, error) {
	reserved := make([]bool, arena.Pages)
	for _, run := range arena.Reserved {
		for frame := run[0]; frame < run[0]+run[1]; frame++ {
			reserved[frame-arena.Base] = true
		}
	}
	return attached{arena.Base, arena.Orders, example.NewBuddy(arena.Pages, arena.Orders, reserved)}, nil
}

func (a attached) framed(at int64) (int64, error) {
	if at < 0 {
		return 0, Refused
	}
	return a.base + at, nil
}

func (a attached) Allocate(order int) (int64, error) { return a.framed(a.buddy.Allocate(order)) }

func (a attached) Free(frame int64, order int) error {
	if misuse := a.buddy.Misuse(frame-a.base, order); misuse != "" {
		return Wrong{Kind: misuse}
	}
	a.buddy.Free(frame-a.base, order)
	return nil
}

func (a attached) FreeCount() int64          { return a.buddy.FreeCount() }
func (a attached) Memory(frame int64) []byte { return a.buddy.Memory(frame - a.base) }

func (a attached) FreeBlocks() [][]int64 {
	all := make([][]int64, a.orders)
	for order := range all {
		all[order] = a.buddy.Blocks(order)
		for n := range all[order] {
			all[order][n] += a.base
		}
	}
	return all
}

func (a attached) PairBits() []string {
	all := make([]string, a.orders-1)
	for order := range all {
		all[order] = a.buddy.PairBits(order)
	}
	return all
}

func (a attached) Resize(pages int64) error {
	if !a.buddy.Resize(pages) {
		return Refused
	}
	return nil
}

func (a attached) AllocateIn(order int, low, end int64) (int64, error) {
	return a.framed(a.buddy.AllocateIn(order, low-a.base, end-a.base))
}

func (a attached) AllocateFrames(frames, align int64) (int64, error) {
	return a.framed(a.buddy.AllocateFrames(frames, align))
}

func (a attached) FreeAll(blocks []Block) error {
	for _, block := range blocks {
		if err := a.Free(block.Frame, block.Order); err != nil {
			return err
		}
	}
	return nil
}

func (a attached) FreeFrames(frame, _ int64) error {
	a.buddy.FreeFrames(frame - a.base)
	return nil
}

var harness = Harness{
	Name:     "buddy in Go",
	Revision: "1",
	Claims: []string{"complete", "best-fit", "capacity", "misuse:double-free", "misuse:never-allocated",
		"misuse:inner-page", "misuse:misaligned", "misuse:wrong-order", "misuse:out-of-range"},
	Features: []string{"observe:free-count", "observe:free-blocks", "observe:pair-bits", "payload", "range", "resize", "sized", "bulk"},
	Open:     open,
}

func main() { Serve(harness) }
