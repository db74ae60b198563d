package jpegls

import mathbits "math/bits"

// presets are the parameters that a frame may set (T.87, C.2.4.1.1); 0 for the
// usual ones.
type presets struct{ maxval, t1, t2, t3, reset int }

// settled fills in the usual ones; false for what cannot be.
func (p presets) settled(precision, near int) (presets, bool) {
	if p.maxval == 0 {
		p.maxval = 1<<precision - 1
	}
	if p.maxval < 1 || p.maxval >= 1<<precision || near < 0 || near > min(255, p.maxval/2) {
		return p, false
	}
	p1, p2, p3 := usual(p.maxval, near)
	if p.t1 == 0 {
		p.t1 = p1
	}
	if p.t2 == 0 {
		p.t2 = p2
	}
	if p.t3 == 0 {
		p.t3 = p3
	}
	if p.reset == 0 {
		p.reset = 64
	}
	return p, p.t1 > near && p.t1 <= p.t2 && p.t2 <= p.t3 && p.t3 <= p.maxval && p.reset >= 3 && p.reset <= max(255, p.maxval)
}

// usual gives the thresholds of T.87, C.2.4.1.1.1.
func usual(maxval, near int) (t1, t2, t3 int) {
	clamp := func(v, least int) int {
		if v > maxval || v < least {
			return least
		}
		return v
	}
	if maxval >= 128 {
		f := (min(maxval, 4095) + 128) / 256
		t1 = clamp(f+2+3*near, near+1)
		t2 = clamp(4*f+3+5*near, t1)
		return t1, t2, clamp(17*f+4+7*near, t2)
	}
	f := 256 / (maxval + 1)
	t1 = clamp(max(2, 3/f+3*near), near+1)
	t2 = clamp(max(3, 7/f+5*near), t1)
	return t1, t2, clamp(max(4, 21/f+7*near), t2)
}

// context is what was learnt where the surroundings are alike (T.87, A.2).
type context struct{ a, b, c, n int32 }

// coding is the state of a scan.
type coding struct {
	presets
	near, span int // span: 2 near + 1
	bounds     int // RANGE, in steps of span
	wide       int // qbpp
	limit      int // LIMIT
	levels     []int8
	contexts   [365]context
	runs       [2]struct{ a, n, negative int }
	run        int // RUNindex of the component at hand
}

func newCoding(p presets, near int) *coding {
	c := &coding{presets: p, near: near, span: 2*near + 1}
	c.bounds = (p.maxval+2*near)/c.span + 1
	c.wide = mathbits.Len(uint(c.bounds - 1))
	bpp := max(2, mathbits.Len(uint(p.maxval)))
	c.limit = 2 * (bpp + max(8, bpp))
	c.levels = make([]int8, 2*p.maxval+1)
	for d := -p.maxval; d <= p.maxval; d++ {
		c.levels[d+p.maxval] = c.level(d)
	}
	c.begin()
	return c
}

// begin forgets what was learnt (T.87, A.2.1).
func (c *coding) begin() {
	first := max(2, (c.bounds+32)/64)
	for n := range c.contexts {
		c.contexts[n] = context{a: int32(first), n: 1}
	}
	for n := range c.runs {
		c.runs[n].a, c.runs[n].n, c.runs[n].negative = first, 1, 0
	}
	c.run = 0
}

// level is one of nine of a gradient (T.87, A.3.3).
func (c *coding) level(d int) int8 {
	sign := int8(1)
	if d < 0 {
		d, sign = -d, -1
	}
	switch {
	case d <= c.near:
		return 0
	case d < c.t1:
		return sign
	case d < c.t2:
		return 2 * sign
	case d < c.t3:
		return 3 * sign
	}
	return 4 * sign
}

// longer says how long the runs are that a bit stands for (T.87, A.2.1).
var longer = [32]int{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15}
