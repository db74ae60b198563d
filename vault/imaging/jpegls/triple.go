package jpegls

// triple decodes a line of components whose samples stand together (T.87, B.2 and
// ILV 2): a run is one of all of them.
func (c *coding) triple(r *bits, before, now [][]int32) {
	last := len(now[0]) - 2
	for n := range now {
		now[n][0] = before[n][1]
		before[n][last+1] = before[n][last]
	}
	zero := int32(c.maxval)
	var q [4]int
	for x := 1; x <= last; x++ {
		flat := true
		for n := range now {
			b := before[n]
			ra, rb, rc, rd := now[n][x-1], b[x], b[x-1], b[x+1]
			q[n] = (int(c.levels[rd-rb+zero])*9+int(c.levels[rb-rc+zero]))*9 + int(c.levels[rc-ra+zero])
			flat = flat && q[n] == 0
		}
		if flat {
			if x = c.runOfAll(r, before, now, x); x > last {
				return
			}
			continue
		}
		for n := range now {
			now[n][x] = c.regular(r, q[n], now[n][x-1], before[n][x], before[n][x-1])
		}
	}
}

// runOfAll is runOf for all components at once.
func (c *coding) runOfAll(r *bits, before, now [][]int32, x int) int {
	last := len(now[0]) - 2
	n := c.length(r, last-x+1)
	for k := range now {
		v := now[k][x-1]
		for i := range n {
			now[k][x+i] = v
		}
	}
	if x += n; x > last {
		return x
	}
	for k := range now {
		v, rb := now[k][x-1], before[k][x]
		e := c.broken(r, 0)
		if v > rb {
			e = -e
		}
		now[k][x] = int32(c.rounded(int(rb) + e*c.span))
	}
	if c.run > 0 {
		c.run--
	}
	return x
}
