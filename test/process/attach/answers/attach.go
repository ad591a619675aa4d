// An allocator that answers by a script, for the test of the harness in Go.
package main

import "errors"

var bytesOf [8192][4]byte

type scripted struct {
	base, next, reserved int64
}

type probed struct{ *scripted }

func (probed) Probe() {}

type bounded struct{ *scripted }

func (bounded) Usable() [][2]int64 { return [][2]int64{{8, 2}, {12, 1}} }

func (s *scripted) Allocate(order int) (int64, error) {
	switch order {
	case 0:
		s.next++
		return s.next - 1, nil
	case 2:
		return 0, Wrong{"internal", "list \"2\" is broken"}
	case 3:
		return 0, Wrong{"no-frame", "byte 4097"}
	case 4:
		bytesOf[s.next-1][2] ^= 1
	case 7:
		return s.reserved, nil
	}
	return 0, Refused
}

func (s *scripted) Free(frame int64, order int) error {
	switch order {
	case 0:
		return nil
	case 9:
		return Wrong{Kind: "wrong-order"}
	}
	return Wrong{"double-free", "twice"}
}

func (s *scripted) FreeCount() int64          { return 7 }
func (s *scripted) FreeBlocks() [][]int64     { return [][]int64{{1, 2}, {s.base}} }
func (s *scripted) FreeLists() [][]int64      { return [][]int64{{2, 1}, {s.base}} }
func (s *scripted) PairBits() []string        { return []string{"01"} }
func (s *scripted) Memory(frame int64) []byte { return bytesOf[frame][:] }

func (s *scripted) Resize(pages int64) error {
	if pages == 4 {
		return nil
	}
	return Refused
}

func (s *scripted) AllocateIn(order int, low, end int64) (int64, error) {
	if low+int64(order) < end {
		return low + int64(order), nil
	}
	return 0, Refused
}

func (s *scripted) AllocateFrames(frames, align int64) (int64, error) { return frames + align, nil }

func (s *scripted) FreeFrames(frame, frames int64) error {
	if frame == 7 && frames == 3 {
		return nil
	}
	return Wrong{Kind: "wrong-order"}
}

func open(arena Arena) (Allocator, error) {
	one := &scripted{base: arena.Base, next: arena.Base}
	for _, run := range arena.Reserved {
		one.reserved += 100*run[0] + run[1]
	}
	switch arena.Pages {
	case 1:
		return nil, Unsupported("no \"single\" frame")
	case 2:
		return nil, errors.New("panic")
	case 3:
		return probed{one}, nil
	case 5:
		return bounded{one}, nil
	}
	return one, nil
}

func main() {
	Serve(Harness{"a \"scripted\" one", "1", []string{"complete", "best-fit"}, []string{"observe:free-count", "payload"}, open})
}
