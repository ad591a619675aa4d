package main

import (
	"errors"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// RunThreads has an allocator used by several threads at once: return what it returns from a method Threads, and add the feature
// threads:4, or another number from 2 to 64. Allocate and Free are then called by all of them, and nothing else is.
func RunThreads(allocator Allocator, scripts []string) []string {
	var counter, waiting int64 = 0, int64(len(scripts))
	var all sync.WaitGroup
	results := make([]string, len(scripts))
	for n, script := range scripts {
		all.Add(1)
		go func(n int, words []string) {
			defer all.Done()
			// All begin together: whoever is early waits.
			for atomic.AddInt64(&waiting, -1); atomic.LoadInt64(&waiting) > 0; {
				runtime.Gosched()
			}
			results[n] = strings.Join(carryOut(allocator, words, &counter), " ")
		}(n, strings.Fields(script))
	}
	all.Wait()
	return results
}

// Carries out one script: each result with what the counter of all threads said before and after.
func carryOut(allocator Allocator, words []string, counter *int64) []string {
	results := make([]string, len(words))
	var slots []slot
	operation := func(word string) (string, error) {
		head, tail, _ := strings.Cut(word[1:], ":")
		n, _ := strconv.ParseInt(head, 10, 64)
		switch order, _ := strconv.Atoi(tail); word[0] {
		case 'a':
			frame, err := allocator.Allocate(int(n))
			slots = append(slots, slot{frame, 0, int(n), err == nil})
			return strconv.FormatInt(frame, 10), err
		case 'F':
			return ".", allocator.Free(n, order)
		}
		if n >= int64(len(slots)) || !slots[n].held {
			return ".", nil // it was refused, or freed
		}
		slots[n].held = false
		return ".", allocator.Free(slots[n].frame, slots[n].order)
	}
	for n, word := range words {
		before := atomic.AddInt64(counter, 1)
		result, err := operation(word)
		after := atomic.AddInt64(counter, 1)
		var wrong Wrong
		if errors.As(err, &wrong) {
			result = "!" + wrong.Kind
		} else if errors.Is(err, Refused) {
			result = "-"
		} else if err != nil {
			result = "!internal"
		}
		results[n] = strconv.FormatInt(before, 10) + ":" + result + ":" + strconv.FormatInt(after, 10)
	}
	return results
}
