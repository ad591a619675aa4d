// Attaches a page allocator written in Go to buddy-oracle, the judge: hand a Harness to Serve in main, and run
//
//	npx buddy-oracle check -- ./your-program
//
// Never print on stdout, it belongs to the replies; stderr is yours and ends up in the report. Let it panic: a crash is
// a verdict, and the judge names the operation. One process serves thousands of arenas, one after the other.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
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

// A request is one line of the judge's; which of the fields is there says what is wanted.
type request struct {
	Id      int64
	Hello   *struct{ Versions []int }
	Init    *Arena
	Run     string
	Threads []string
	Observe []string
	Bye     bool
}

type reply map[string]interface{}

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

func (harness Harness) open(init Arena) (*opened, reply) {
	allocator, err := harness.Open(init)
	var unsupported Unsupported
	if errors.As(err, &unsupported) {
		return nil, reply{"unsupported": err.Error()}
	} else if err != nil {
		return nil, reply{"failed": err.Error()}
	}
	ready := reply{}
	if usable, ok := allocator.(Usable); ok {
		ready["usable"] = usable.Usable()
	} else if _, ok := allocator.(Probe); ok {
		ready["usable"] = "probe"
	}
	return newOpened(allocator, harness.Features), reply{"ready": ready}
}

// Serve answers until the judge says goodbye or is gone.
func Serve(harness Harness) {
	var arena *opened
	input, output := bufio.NewReaderSize(os.Stdin, 1<<16), json.NewEncoder(os.Stdout)
	for {
		line, err := input.ReadBytes('\n')
		if err != nil {
			return // the judge is gone, and nobody is left to tell
		}
		var wanted request
		if err := json.Unmarshal(line, &wanted); err != nil {
			panic(err)
		}
		answer := reply{"unknown": true}
		switch {
		case wanted.Hello != nil:
			answer = harness.hello(wanted.Hello.Versions)
		case wanted.Init != nil:
			arena, answer = harness.open(*wanted.Init)
		case wanted.Run != "" && arena != nil:
			answer = arena.run(wanted.Run)
		case wanted.Threads != nil && arena != nil:
			answer = reply{"threads": arena.allocator.(Threads).Threads(wanted.Threads)}
		case wanted.Observe != nil && arena != nil:
			answer = arena.observe(wanted.Observe)
		case wanted.Bye:
			answer = reply{"bye": true}
		}
		answer["id"] = wanted.Id
		if output.Encode(answer) != nil || wanted.Bye {
			return
		}
	}
}
