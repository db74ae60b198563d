package jpegls

// line decodes a line of one component (T.87, A.3 to A.7). Before the first and
// behind the last sample stands one that is made up (A.2.1).
func (c *coding) line(r *bits, before, now []int32) {
	last := len(now) - 2
	now[0] = before[1]
	before[last+1] = before[last]
	levels, zero := c.levels, int32(c.maxval)
	before = before[:len(now)]
	rc, rb := before[0], before[1]
	ra := now[0]
	for x := 1; x <= last; x++ {
		rd := before[x+1]
		q := (int(levels[rd-rb+zero])*9+int(levels[rb-rc+zero]))*9 + int(levels[rc-ra+zero])
		if q != 0 {
			ra = c.regular(r, q, ra, rb, rc)
			now[x] = ra
			rc, rb = rb, rd
			continue
		}
		x = c.runOf(r, before, now, x)
		if x > last {
			return
		}
		ra, rc, rb = now[x], before[x], before[x+1]
	}
}

// regular decodes a sample by its surroundings: left, above, and above left.
func (c *coding) regular(r *bits, q int, ra, rb, rc int32) int32 {
	sign := int32(q >> 63) // 0 or -1
	x := &c.contexts[(q^int(sign))-int(sign)]
	p := predict(ra, rb, rc)
	p += (x.c ^ sign) - sign
	p = min(max(p, 0), int32(c.maxval))
	k := 0
	for x.n<<k < x.a {
		k++
	}
	m := int32(r.golomb(k, c.limit, c.wide))
	e := m>>1 ^ -(m & 1)
	if k == 0 && c.near == 0 && 2*x.b <= -x.n {
		e = ^e
	}
	x.learn(e, int32(c.span), int32(c.reset))
	e = (e ^ sign) - sign
	if c.near == 0 {
		return c.lossless(p + e)
	}
	return int32(c.rounded(int(p) + int(e)*c.span))
}

// predict is the median edge detector (T.87, A.4.1).
func predict(ra, rb, rc int32) int32 {
	low, high := min(ra, rb), max(ra, rb)
	switch {
	case rc >= high:
		return low
	case rc <= low:
		return high
	}
	return ra + rb - rc
}

// lossless brings a value back into the range (T.87, A.4.5).
func (c *coding) lossless(v int32) int32 {
	switch {
	case v < 0:
		v += int32(c.bounds)
	case v > int32(c.maxval):
		v -= int32(c.bounds)
	default:
		return v
	}
	return min(max(v, 0), int32(c.maxval))
}

// rounded does so near-lossless.
func (c *coding) rounded(v int) int {
	switch {
	case v < -c.near:
		v += c.bounds * c.span
	case v > c.maxval+c.near:
		v -= c.bounds * c.span
	}
	return min(max(v, 0), c.maxval)
}

// learn notes an error (T.87, A.6).
func (x *context) learn(e, span, reset int32) {
	x.a += (e ^ e>>31) - e>>31
	x.b += e * span
	if x.n == reset {
		x.a >>= 1
		x.b >>= 1
		x.n >>= 1
	}
	x.n++
	switch {
	case x.b <= -x.n:
		if x.b += x.n; x.b <= -x.n {
			x.b = -x.n + 1
		}
		x.c = max(x.c-1, -128)
	case x.b > 0:
		if x.b -= x.n; x.b > 0 {
			x.b = 0
		}
		x.c = min(x.c+1, 127)
	}
	const most = 1 << 24 // beyond what sound frames reach
	if x.a > most {
		x.a = most
	}
}

// runOf decodes a run from x on and the sample that ends it, and gives where
// that is, behind the last sample for nowhere (T.87, A.7).
func (c *coding) runOf(r *bits, before, now []int32, x int) int {
	last := len(now) - 2
	v := now[x-1]
	n := c.length(r, last-x+1)
	for i := range n {
		now[x+i] = v
	}
	if x += n; x > last {
		return x
	}
	rb := before[x]
	kind := 0
	if d := int(v - rb); d <= c.near && d >= -c.near {
		kind = 1
	}
	e := c.broken(r, kind)
	switch {
	case kind == 1:
		rb = v
	case v > rb:
		e = -e
	}
	now[x] = int32(c.rounded(int(rb) + e*c.span))
	if c.run > 0 {
		c.run--
	}
	return x
}

// length reads how long a run is, of at most so many samples (T.87, A.7.1).
func (c *coding) length(r *bits, most int) int {
	n := 0
	for r.take(1) == 1 {
		step := 1 << longer[c.run]
		if n+step > most {
			return most
		}
		n += step
		if c.run < len(longer)-1 {
			c.run++
		}
		if n == most {
			return n
		}
	}
	if n += r.take(longer[c.run]); n > most {
		r.over = 1 << 30
		return most
	}
	if n == most {
		r.over = 1 << 30 // a run to the end of the line has no end before it
	}
	return n
}

// broken reads the error of the sample that ends a run (T.87, A.7.2).
func (c *coding) broken(r *bits, kind int) int {
	x := &c.runs[kind]
	t := x.a
	if kind == 1 {
		t += x.n >> 1
	}
	k := 0
	for x.n<<k < t {
		k++
	}
	m := r.golomb(k, c.limit-longer[c.run]-1, c.wide)
	v := m + kind
	odd := v&1 == 1
	e := (v + 1) >> 1
	if (k != 0 || 2*x.negative >= x.n) == odd {
		e = -e
	}
	if e < 0 {
		x.negative++
	}
	const most = 1 << 40
	x.a = min(x.a+(m+1-kind)>>1, most)
	if x.n == c.reset {
		x.a >>= 1
		x.n >>= 1
		x.negative >>= 1
	}
	x.n++
	return e
}
