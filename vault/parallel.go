package vault

import "sync"

// hands is how many goroutines share the work of one commit or one open.
const hands = 2

// parallel calls f for 0 … n-1, in any order, from a few goroutines.
func parallel(n int, f func(i int)) {
	const grain = 64 // calls taken at a time
	if n <= 2 {
		for i := range n {
			f(i)
		}
		return
	}
	var mu sync.Mutex
	next := 0
	var wg sync.WaitGroup
	step := max(1, min(grain, n/(2*hands)))
	for range hands {
		wg.Go(func() {
			for {
				mu.Lock()
				from := next
				next += step
				mu.Unlock()
				for i := from; i < min(from+step, n); i++ {
					f(i)
				}
				if from >= n {
					return
				}
			}
		})
	}
	wg.Wait()
}
