package jpegls

import "encoding/binary"

// encoder writes frames as T.87 describes encoding, for the tests: what both
// sides share is the state that they learn.
type encoder struct {
	*coding
	out  []byte
	acc  uint64
	n    int
	full bool // the last byte was FF
}

func (e *encoder) put(v uint64, n int) {
	for i := n - 1; i >= 0; i-- {
		e.acc, e.n = e.acc<<1|v>>i&1, e.n+1
		if e.n == 8 || e.full && e.n == 7 {
			e.out = append(e.out, byte(e.acc))
			e.full, e.acc, e.n = byte(e.acc) == 0xFF, 0, 0
		}
	}
}

func (e *encoder) flush() {
	for e.n > 0 || e.full {
		e.put(0, 1)
	}
}

func (e *encoder) golomb(v, k, limit int) {
	if high := v >> k; high < limit-e.wide-1 {
		e.put(0, high)
		e.put(1, 1)
		e.put(uint64(v), k)
		return
	}
	e.put(0, limit-e.wide-1)
	e.put(1, 1)
	e.put(uint64(v-1), e.wide)
}

// error quantizes one and brings it into the range (T.87, A.4.4 and A.4.5).
func (e *encoder) error(d int) int {
	if e.near > 0 {
		if d > 0 {
			d = (d + e.near) / e.span
		} else {
			d = -(e.near - d) / e.span
		}
	}
	if d < 0 {
		d += e.bounds
	}
	if d >= (e.bounds+1)/2 {
		d -= e.bounds
	}
	return d
}

// regular encodes a sample and gives what is read of it.
func (e *encoder) regular(q int, v, ra, rb, rc int32) int32 {
	sign := 1
	if q < 0 {
		q, sign = -q, -1
	}
	x := &e.contexts[q]
	p := int(min(max(predict(ra, rb, rc)+int32(sign)*x.c, 0), int32(e.maxval)))
	d := e.error(sign * (int(v) - p))
	k := 0
	for x.n<<k < x.a {
		k++
	}
	m := 2 * d
	switch special := k == 0 && e.near == 0 && 2*x.b <= -x.n; {
	case special && d >= 0:
		m = 2*d + 1
	case special:
		m = -2 * (d + 1)
	case d < 0:
		m = -2*d - 1
	}
	e.golomb(m, k, e.limit)
	x.learn(int32(d), int32(e.span), int32(e.reset))
	return int32(e.rounded(p + sign*d*e.span))
}

// length writes a run of n samples, which ends the line or not.
func (e *encoder) length(n int, ends bool) {
	for n >= 1<<longer[e.run] {
		e.put(1, 1)
		n -= 1 << longer[e.run]
		e.run = min(e.run+1, 31)
	}
	switch {
	case ends && n > 0:
		e.put(1, 1)
	case !ends:
		e.put(0, 1)
		e.put(uint64(n), longer[e.run])
	}
}

// broken writes the sample that ends a run.
func (e *encoder) broken(v, ra, rb int32, kind int) int32 {
	p, sign := int(rb), 1
	if kind == 1 {
		p = int(ra)
	} else if ra > rb {
		sign = -1
	}
	d := e.error(sign * (int(v) - p))
	x := &e.runs[kind]
	t := x.a
	if kind == 1 {
		t += x.n >> 1
	}
	k := 0
	for x.n<<k < t {
		k++
	}
	odd := 0
	if k == 0 && d > 0 && 2*x.negative < x.n || d < 0 && (2*x.negative >= x.n || k != 0) {
		odd = 1
	}
	m := 2*max(d, -d) - kind - odd
	e.golomb(m, k, e.limit-longer[e.run]-1)
	if d < 0 {
		x.negative++
	}
	x.a += (m + 1 - kind) >> 1
	if x.n == e.reset {
		x.a, x.n, x.negative = x.a>>1, x.n>>1, x.negative>>1
	}
	x.n++
	e.run = max(e.run-1, 0)
	return int32(e.rounded(p + sign*d*e.span))
}

// line writes a line of components; before and now hold what is read of them.
func (e *encoder) line(values, before, now [][]int32) {
	last := len(now[0]) - 2
	for k := range now {
		now[k][0], before[k][last+1] = before[k][1], before[k][last]
	}
	level := func(k, x int) int {
		l := func(d int32) int { return int(e.level(int(d))) }
		return (l(before[k][x+1]-before[k][x])*9+l(before[k][x]-before[k][x-1]))*9 + l(before[k][x-1]-now[k][x-1])
	}
	for x := 1; x <= last; x++ {
		flat := true
		for k := range now {
			flat = flat && level(k, x) == 0
		}
		if !flat {
			q := make([]int, len(now))
			for k := range now {
				q[k] = level(k, x)
			}
			for k := range now {
				now[k][x] = e.regular(q[k], values[k][x-1], now[k][x-1], before[k][x], before[k][x-1])
			}
			continue
		}
		n := 0
		for alike := true; x+n <= last; n++ {
			for k := range now {
				d := int(values[k][x+n-1] - now[k][x-1])
				alike = alike && d <= e.near && -d <= e.near
			}
			if !alike {
				break
			}
			for k := range now {
				now[k][x+n] = now[k][x-1]
			}
		}
		e.length(n, x+n > last)
		if x += n; x > last {
			return
		}
		run := e.run
		for k := range now {
			ra, rb, kind := now[k][x-1], before[k][x], 0
			if d := int(ra - rb); len(now) == 1 && d <= e.near && -d <= e.near {
				kind = 1
			}
			e.run = run
			now[k][x] = e.broken(values[k][x-1], ra, rb, kind)
		}
	}
}

// encode writes a frame. values are the samples of each component; order is how
// they are interleaved, lines how many stand between restarts.
func encode(rows, columns, precision, near, order, lines int, own presets, values [][]int32) []byte {
	out := []byte{0xFF, 0xD8, 0xFF, 0xF7, 0, byte(8 + 3*len(values)), byte(precision)}
	out = binary.BigEndian.AppendUint16(out, uint16(rows))
	out = append(binary.BigEndian.AppendUint16(out, uint16(columns)), byte(len(values)))
	for k := range values {
		out = append(out, byte(k+1), 0x11, 0)
	}
	if own != (presets{}) {
		out = append(out, 0xFF, 0xF8, 0, 13, 1)
		for _, v := range []int{own.maxval, own.t1, own.t2, own.t3, own.reset} {
			out = binary.BigEndian.AppendUint16(out, uint16(v))
		}
	}
	if lines > 0 {
		out = append(out, 0xFF, 0xDD, 0, 4, byte(lines>>8), byte(lines))
	}
	settled, _ := own.settled(precision, near)
	scans := [][][]int32{values}
	if order == 0 {
		scans = nil
		for k := range values {
			scans = append(scans, values[k:k+1])
		}
	}
	for s, scan := range scans {
		out = append(out, 0xFF, 0xDA, 0, byte(6+2*len(scan)), byte(len(scan)))
		for k := range scan {
			out = append(out, byte(s+k+1), 0)
		}
		e := &encoder{coding: newCoding(settled, near), out: append(out, byte(near), byte(order), 0)}
		e.scan(scan, rows, columns, lines, order)
		out = e.out
	}
	return append(out, 0xFF, 0xD9)
}

func (e *encoder) scan(scan [][]int32, rows, columns, lines, order int) {
	before, now, run := make([][]int32, len(scan)), make([][]int32, len(scan)), make([]int, len(scan))
	for k := range scan {
		before[k], now[k] = make([]int32, columns+2), make([]int32, columns+2)
	}
	for y := range rows {
		if lines > 0 && y > 0 && y%lines == 0 {
			e.flush()
			e.out = append(e.out, 0xFF, 0xD0+byte(y/lines-1)%8)
			e.begin()
			clear(run)
			for k := range before {
				clear(before[k])
			}
		}
		line := make([][]int32, len(scan))
		for k := range scan {
			line[k] = scan[k][y*columns:][:columns]
		}
		if order == 2 {
			e.line(line, before, now)
		} else {
			for k := range scan {
				e.run = run[k]
				e.line(line[k:k+1], before[k:k+1], now[k:k+1])
				run[k] = e.run
			}
		}
		before, now = now, before
	}
	e.flush()
}
