package main

import (
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// RunThreads has an allocator used by several threads at once: return what it returns from a method Threads, and add
// the feature threads:4, or another number from 2 to 64. Allocate and Free are then called by all of them, and nothing
// else is.
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
	slots, allocations := map[int64]Block{}, int64(0)
	operation := func(word string) (string, error) {
		head, tail, _ := strings.Cut(word[1:], ":")
		n, _ := strconv.ParseInt(head, 10, 64)
		switch order, _ := strconv.Atoi(tail); word[0] {
		case 'a':
			frame, err := allocator.Allocate(int(n))
			if err == nil {
				slots[allocations] = Block{frame, int(n)}
			}
			allocations++
			return strconv.FormatInt(frame, 10), err
		case 'F':
			return ".", allocator.Free(n, order)
		}
		block, held := slots[n]
		if !held {
			return ".", nil // it was refused, or freed
		}
		delete(slots, n)
		return ".", allocator.Free(block.Frame, block.Order)
	}
	for n, word := range words {
		before := atomic.AddInt64(counter, 1)
		result, _ := told(operation(word))
		after := atomic.AddInt64(counter, 1)
		results[n] = strconv.FormatInt(before, 10) + ":" + result + ":" + strconv.FormatInt(after, 10)
	}
	return results
}
