// Attaches a page allocator written in Go to buddy-oracle, the judge: hand a Harness to Serve in main, and run
//
//	npx buddy-oracle check -- ./your-program
//
// Never print on stdout, it belongs to the replies; stderr is yours and ends up in the report. Let it panic: a crash is
// a verdict, and the judge names the operation. One process serves thousands of arenas, one after the other.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Arena is the frames [Base, Base+Pages), in blocks of the orders 0 to Orders-1. Frames include the base; they are
// never byte addresses. The runs of {first frame, count} in Reserved are never to be handed out.
type Arena struct {
	Base, Pages int64
	Orders      int
	Reserved    [][2]int64
}

// Allocator is what every allocator can do. An error that is Refused is a refusal, and one that is Wrong says that
// nothing was done; order may be Orders or more, which is to be refused.
type Allocator interface {
	Allocate(order int) (frame int64, err error)
	Free(frame int64, order int) error
}

// Block is a block that was granted.
type Block struct {
	Frame int64
	Order int
}

// What an allocator can do besides, each with the feature of that name. Usable returns what can be handed out, if that
// is not all but the reserved; Probe lets the judge find out.
type (
	Usable    interface{ Usable() [][2]int64 }
	Probe     interface{ Probe() }
	FreeCount interface{ FreeCount() int64 }          // observe:free-count
	Blocks    interface{ FreeBlocks() [][]int64 }     // observe:free-blocks, by order and ascending
	Lists     interface{ FreeLists() [][]int64 }      // observe:free-lists, by order and from head to tail
	Pairs     interface{ PairBits() []string }        // observe:pair-bits, by order below the top
	Memory    interface{ Memory(frame int64) []byte } // payload: the bytes of a granted frame
	Resizer   interface{ Resize(pages int64) error }  // resize: the arena is [Base, Base+pages), or Refused
	Ranger    interface {                             // range: a block within [low, end)
		AllocateIn(order int, low, end int64) (int64, error)
	}
	Sizer interface { // sized: that many frames, from a multiple of align on; and frees them
		AllocateFrames(frames, align int64) (int64, error)
		FreeFrames(frame, frames int64) error
	}
	Bulk    interface{ FreeAll(blocks []Block) error } // bulk: frees several blocks at once
	Threads interface {
		Threads(scripts []string) []string
	} // threads:N: RunThreads, of threads.go
)

// Refused is the error of a request that is refused.
var Refused = errors.New("refused")

// Wrong is the error of an operation that was not done: "double-free" or another misuse; "internal", a check of the
// allocator's own that fired; "no-frame", a grant that is no frame at all. Detail is in your words.
type Wrong struct{ Kind, Detail string }

func (wrong Wrong) Error() string { return wrong.Kind + " " + wrong.Detail }

// Unsupported is the error of Open if there is no such arena; any other says that making it failed.
type Unsupported string

func (why Unsupported) Error() string { return string(why) }

// Harness is an allocator, what it is held to, and which of the optional methods it has.
type Harness struct {
	Name, Revision   string
	Claims, Features []string
	Open             func(Arena) (Allocator, error) // forgets the arena before
}

// A slot is what an allocation was granted; frames is the number of frames of a sized one, or 0.
type slot struct {
	frame, frames int64
	order         int
	held          bool
}

// An arenaState is one arena, and what was granted of it.
type arenaState struct {
	allocator Allocator
	memory    Memory
	slots     []slot
	holder    map[int64]int // which slot holds a frame, until it is freed
}

// Fills the memory of a slot's block with a tag of its own, or checks that it is there still.
func (arena *arenaState) tag(number int, fill bool) error {
	one := arena.slots[number]
	tag, frames := uint32(number+1)*0x9E3779B1, one.frames
	if frames == 0 {
		frames = 1 << one.order
	}
	for frame := one.frame; frame < one.frame+frames; frame++ {
		bytes := arena.memory.Memory(frame)
		for n := range bytes {
			if wanted := byte(tag >> (8 * (n % 4))); fill {
				bytes[n] = wanted
			} else if bytes[n] != wanted {
				return Wrong{"payload", fmt.Sprintf("frame %d of the block at frame %d", frame, one.frame)}
			}
		}
	}
	return nil
}

// Notes an allocation, which counts as a slot whatever comes of it.
func (arena *arenaState) granted(order int, frames, frame int64, err error) (string, error) {
	arena.slots = append(arena.slots, slot{frame, frames, order, err == nil})
	if err != nil {
		return "", err
	}
	number := len(arena.slots) - 1
	arena.holder[frame] = number
	if arena.memory != nil {
		return strconv.FormatInt(frame, 10), arena.tag(number, true)
	}
	return strconv.FormatInt(frame, 10), nil
}

func (arena *arenaState) free(frame int64, order int) (string, error) {
	number, held := arena.holder[frame]
	if held && arena.memory != nil && arena.slots[number].order == order {
		if err := arena.tag(number, false); err != nil {
			return "", err
		}
	}
	var err error
	if held && arena.slots[number].frames > 0 {
		err = arena.allocator.(Sizer).FreeFrames(frame, arena.slots[number].frames)
	} else {
		err = arena.allocator.Free(frame, order)
	}
	if held && err == nil {
		arena.slots[number].held = false
		delete(arena.holder, frame)
	}
	return ".", err
}

// Frees at once the blocks of those of some slots that hold one.
func (arena *arenaState) freeAll(wanted []string) (string, error) {
	var blocks []Block
	for _, digits := range wanted {
		number, _ := strconv.Atoi(digits)
		if number >= len(arena.slots) || !arena.slots[number].held || arena.slots[number].frames > 0 {
			continue
		}
		if arena.memory != nil {
			if err := arena.tag(number, false); err != nil {
				return "", err
			}
		}
		blocks = append(blocks, Block{arena.slots[number].frame, arena.slots[number].order})
	}
	if len(blocks) == 0 {
		return ".", nil
	}
	err := arena.allocator.(Bulk).FreeAll(blocks)
	for _, block := range blocks {
		if err == nil {
			arena.slots[arena.holder[block.Frame]].held = false
			delete(arena.holder, block.Frame)
		}
	}
	return ".", err
}

func (arena *arenaState) operation(word string) (string, error) {
	var n [3]int64
	for at, digits := range strings.SplitN(word[1:], ":", 3) {
		n[at], _ = strconv.ParseInt(digits, 10, 64)
	}
	order := int(n[0])
	switch word[0] {
	case 'a':
		frame, err := arena.allocator.Allocate(order)
		return arena.granted(order, 0, frame, err)
	case 'f': // a slot that holds nothing is no mistake: shortening a case leaves such behind
		if order >= len(arena.slots) || !arena.slots[order].held {
			return ".", nil
		}
		return arena.free(arena.slots[order].frame, arena.slots[order].order)
	case 'b':
		return arena.freeAll(strings.Split(word[1:], ":"))
	case 'F':
		return arena.free(n[0], int(n[1]))
	case 'r':
		frame, err := arena.allocator.(Ranger).AllocateIn(order, n[1], n[2])
		return arena.granted(order, 0, frame, err)
	case 'A':
		frame, err := arena.allocator.(Sizer).AllocateFrames(n[0], n[1])
		return arena.granted(0, n[0], frame, err)
	case 'z':
		return ".", arena.allocator.(Resizer).Resize(n[0])
	}
	return "", Refused // like any operation of a later day: the judge sends only what is declared
}

type reply map[string]interface{}

func (arena *arenaState) run(script string) reply {
	var results []string
	detail := map[string]string{}
	for at, word := range strings.Split(script, " ") {
		result, err := arena.operation(word)
		var wrong Wrong
		if errors.As(err, &wrong) {
			result = "!" + wrong.Kind
			if wrong.Detail != "" {
				detail[strconv.Itoa(at)] = wrong.Detail
			}
		} else if errors.Is(err, Refused) {
			result = "-"
		} else if err != nil {
			result, detail[strconv.Itoa(at)] = "!internal", err.Error()
		}
		results = append(results, result)
	}
	return reply{"ran": strings.Join(results, " "), "detail": detail}
}

func (arena *arenaState) observe(names []string) reply {
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

func (harness Harness) open(init Arena) (*arenaState, reply) {
	allocator, err := harness.Open(init)
	var unsupported Unsupported
	if errors.As(err, &unsupported) {
		return nil, reply{"unsupported": err.Error()}
	} else if err != nil {
		return nil, reply{"failed": err.Error()}
	}
	arena := &arenaState{allocator: allocator, holder: map[int64]int{}}
	if strings.Contains(" "+strings.Join(harness.Features, " ")+" ", " payload ") {
		arena.memory = allocator.(Memory)
	}
	ready := reply{}
	if usable, ok := allocator.(Usable); ok {
		ready["usable"] = usable.Usable()
	} else if _, ok := allocator.(Probe); ok {
		ready["usable"] = "probe"
	}
	return arena, reply{"ready": ready}
}

func (harness Harness) hello(versions []int) reply {
	for _, version := range versions {
		if version == 1 {
			return reply{"hello": reply{"version": 1, "name": harness.Name, "revision": harness.Revision,
				"claims": append([]string{}, harness.Claims...), "features": append([]string{}, harness.Features...),
				"language": "Go", "maxBatch": 1000, "maxLine": 1048576}}
		}
	}
	return reply{"refuse": "this harness speaks version 1 only"}
}

// Serve answers until the judge says goodbye or is gone.
func Serve(harness Harness) {
	var arena *arenaState
	input, output := bufio.NewReaderSize(os.Stdin, 1<<16), bufio.NewWriter(os.Stdout)
	for {
		line, err := input.ReadBytes('\n')
		if err != nil {
			return // the judge is gone, and nobody is left to tell
		}
		var request struct {
			Id      int64
			Hello   *struct{ Versions []int }
			Init    *Arena
			Run     string
			Threads []string
			Observe []string
			Bye     bool
		}
		if err := json.NewDecoder(bytes.NewReader(line)).Decode(&request); err != nil {
			panic(err)
		}
		answer := reply{"unknown": true}
		switch {
		case request.Hello != nil:
			answer = harness.hello(request.Hello.Versions)
		case request.Init != nil:
			arena, answer = harness.open(*request.Init)
		case request.Run != "" && arena != nil:
			answer = arena.run(request.Run)
		case request.Threads != nil && arena != nil:
			answer = reply{"threads": arena.allocator.(Threads).Threads(request.Threads)}
		case request.Observe != nil && arena != nil:
			answer = arena.observe(request.Observe)
		case request.Bye:
			answer = reply{"bye": true}
		}
		answer["id"] = request.Id
		if json.NewEncoder(output).Encode(answer) != nil || output.Flush() != nil || request.Bye {
			return
		}
	}
}
