package view

import (
	"container/list"
	"sync"

	"github.com/carnet-phr/carnet/vault/imaging"
)

// Cache holds decoded frames, those that were asked for last, in bounded memory.
// It is safe for concurrent use.
type Cache struct {
	mu    sync.Mutex
	limit int
	size  int
	list  *list.List // of held, the last one asked for in front
	by    map[Step]*list.Element
}

type held struct {
	step  Step
	frame *imaging.Frame
}

// NewCache makes a cache for at most limit bytes of stored values. One frame is
// held whatever its size.
func NewCache(limit int) *Cache {
	return &Cache{limit: limit, list: list.New(), by: map[Step]*list.Element{}}
}

// Get gives a frame that is held; nil for none.
func (c *Cache) Get(s Step) *imaging.Frame {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.by[s]
	if e == nil {
		return nil
	}
	c.list.MoveToFront(e)
	return e.Value.(held).frame
}

// Put holds a frame, and lets go of those that were not asked for longest.
func (c *Cache) Put(s Step, f *imaging.Frame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.by[s]; e != nil {
		c.drop(e)
	}
	c.by[s] = c.list.PushFront(held{s, f})
	c.size += len(f.Values)
	for c.size > c.limit && c.list.Len() > 1 {
		c.drop(c.list.Back())
	}
}

func (c *Cache) drop(e *list.Element) {
	h := c.list.Remove(e).(held)
	delete(c.by, h.step)
	c.size -= len(h.frame.Values)
}

// Room says whether a frame of that size fits without letting go of others.
func (c *Cache) Room(size int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.size+size <= c.limit
}

// Size is the bytes of all frames that are held.
func (c *Cache) Size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.size
}
