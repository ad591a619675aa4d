// One arena, what was granted of it, and how operations are carried out: the second half of oracle.go.

package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A slot is what an allocation was granted; frames is the number of frames of a sized one, or 0.
type slot struct {
	Block
	frames int64
}

// An opened is an arena, and what was granted of it.
type opened struct {
	allocator   Allocator
	memory      Memory         // of the feature payload, or nil
	allocations int64          // those that were refused count too
	slots       map[int64]slot // by number, as long as they hold something
}

func newOpened(allocator Allocator, features []string) *opened {
	arena := &opened{allocator: allocator, slots: map[int64]slot{}}
	for _, feature := range features {
		if feature == "payload" {
			arena.memory = allocator.(Memory)
		}
	}
	return arena
}

// Fills the memory of a slot's block with a tag of its own, or checks that it is there still.
func (arena *opened) tag(number int64, fill bool) error {
	one, tag := arena.slots[number], uint32(number+1)*0x9E3779B1
	count := one.frames
	if count == 0 {
		count = 1 << one.Order
	}
	for frame := one.Frame; arena.memory != nil && frame < one.Frame+count; frame++ {
		bytes := arena.memory.Memory(frame)
		for n := range bytes {
			wanted := byte(tag >> (8 * (n % 4)))
			if !fill && bytes[n] != wanted {
				return Wrong{"payload", fmt.Sprintf("frame %d of the block at frame %d", frame, one.Frame)}
			}
			bytes[n] = wanted
		}
	}
	return nil
}

// Notes an allocation, which counts as a slot whatever comes of it.
func (arena *opened) granted(order int, frames, frame int64, err error) (string, error) {
	number := arena.allocations
	arena.allocations++
	if err != nil {
		return "", err
	}
	arena.slots[number] = slot{Block{frame, order}, frames}
	return strconv.FormatInt(frame, 10), arena.tag(number, true)
}

// Returns the slot that holds a frame's block; -1 if none does.
func (arena *opened) holder(frame int64) int64 {
	for number, held := range arena.slots {
		if held.Frame == frame {
			return number
		}
	}
	return -1
}

// Frees a block; the slot that holds it, if one does, then holds nothing.
func (arena *opened) free(number int64, block Block) (err error) {
	held, ok := arena.slots[number]
	if ok && held.Order == block.Order {
		err = arena.tag(number, false)
	}
	if err == nil && held.frames > 0 {
		err = arena.allocator.(Sizer).FreeFrames(block.Frame, held.frames)
	} else if err == nil {
		err = arena.allocator.Free(block.Frame, block.Order)
	}
	if err == nil {
		delete(arena.slots, number)
	}
	return err
}

// Frees at once the blocks of those of some slots that hold one.
func (arena *opened) freeAll(wanted []int64) (err error) {
	var blocks []Block
	var numbers []int64
	for _, number := range wanted {
		if held, ok := arena.slots[number]; ok && held.frames == 0 && err == nil {
			err = arena.tag(number, false)
			blocks, numbers = append(blocks, held.Block), append(numbers, number)
		}
	}
	if err == nil && len(blocks) > 0 {
		err = arena.allocator.(Bulk).FreeAll(blocks)
	}
	for _, number := range numbers {
		if err == nil {
			delete(arena.slots, number)
		}
	}
	return err
}

func (arena *opened) operation(word string) (string, error) {
	n := make([]int64, 0, 4)
	for _, digits := range strings.Split(word[1:], ":") {
		number, _ := strconv.ParseInt(digits, 10, 64)
		n = append(n, number)
	}
	order := int(n[0])
	switch word[0] {
	case 'a':
		frame, err := arena.allocator.Allocate(order)
		return arena.granted(order, 0, frame, err)
	case 'r':
		frame, err := arena.allocator.(Ranger).AllocateIn(order, n[1], n[2])
		return arena.granted(order, 0, frame, err)
	case 'A':
		frame, err := arena.allocator.(Sizer).AllocateFrames(n[0], n[1])
		return arena.granted(0, n[0], frame, err)
	case 'z':
		return ".", arena.allocator.(Resizer).Resize(n[0])
	case 'b':
		return ".", arena.freeAll(n)
	case 'F':
		return ".", arena.free(arena.holder(n[0]), Block{n[0], int(n[1])})
	case 'f': // a slot that holds nothing is no mistake: shortening a case leaves such behind
		if held, ok := arena.slots[n[0]]; ok {
			return ".", arena.free(n[0], held.Block)
		}
		return ".", nil
	}
	return "", Refused // like any operation of a later day: the judge sends only what is declared
}

// Returns a result as the judge reads it, and its detail; an error of another type is a check that fired.
func told(result string, err error) (string, string) {
	wrong := Wrong{Kind: "internal"}
	if err == nil {
		return result, ""
	} else if errors.Is(err, Refused) {
		return "-", ""
	} else if !errors.As(err, &wrong) {
		wrong.Detail = err.Error()
	}
	return "!" + wrong.Kind, wrong.Detail
}

func (arena *opened) run(script string) reply {
	words, detail := strings.Split(script, " "), map[string]string{}
	for at, word := range words {
		result, said := told(arena.operation(word))
		words[at] = result
		if said != "" {
			detail[strconv.Itoa(at)] = said
		}
	}
	return reply{"ran": strings.Join(words, " "), "detail": detail}
}

func (arena *opened) observe(names []string) reply {
	views := reply{}
	for _, name := range names {
		switch name {
		case "free-count":
			views[name] = arena.allocator.(FreeCount).FreeCount()
		case "free-blocks":
			views[name] = arena.allocator.(Blocks).FreeBlocks()
		case "free-lists":
			views[name] = arena.allocator.(Lists).FreeLists()
		case "pair-bits":
			views[name] = arena.allocator.(Pairs).PairBits()
		}
	}
	return reply{"observed": views}
}
