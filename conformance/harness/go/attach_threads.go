//go:build threads

package main

import "sync"

// A shared is the example under a lock, so that several threads may use it:
//
//	go build -tags threads -o judged . && npx buddy-oracle check -- ./judged
type shared struct {
	attached
	lock *sync.Mutex
}

func (s shared) Allocate(order int) (int64, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.attached.Allocate(order)
}

func (s shared) Free(frame int64, order int) error {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.attached.Free(frame, order)
}

func (s shared) Threads(scripts []string) []string { return RunThreads(s, scripts) }

func init() {
	harness.Features = append(harness.Features, "threads:4")
	open := harness.Open
	harness.Open = func(arena Arena) (Allocator, error) {
		allocator, err := open(arena)
		return shared{allocator.(attached), &sync.Mutex{}}, err
	}
}
