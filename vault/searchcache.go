package vault

import (
	"container/list"
	"sync"
)

// blockCache keeps the blocks that were used last.
type blockCache struct {
	mu    sync.Mutex
	known map[blockKey]*list.Element
	order list.List // of cachedBlock, the last used first
	size  int
}

type blockKey struct {
	file *searchFile
	n    int
}

type cachedBlock struct {
	blockKey
	b []byte
}

func (c *blockCache) get(f *searchFile, n int) []byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.known[blockKey{f, n}]
	if !ok {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(cachedBlock).b
}

func (c *blockCache) put(f *searchFile, n int, b []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := blockKey{f, n}
	if c.known == nil {
		c.known = map[blockKey]*list.Element{}
	}
	if c.known[key] != nil {
		return
	}
	c.known[key] = c.order.PushFront(cachedBlock{key, b})
	for c.size += len(b); c.size > searchCacheSize; {
		last := c.order.Back()
		old := c.order.Remove(last).(cachedBlock)
		delete(c.known, old.blockKey)
		c.size -= len(old.b)
	}
}
