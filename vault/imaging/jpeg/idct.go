package jpeg

// The inverse transform of Loeffler, Ligtenberg and Moschytz (ICASSP 1989) in
// whole numbers, with the roundings that readers of JPEG have in common: so the
// values are those that other viewers show.
const (
	constBits = 13

	fix0298 = 2446
	fix0390 = 3196
	fix0541 = 4433
	fix0765 = 6270
	fix0899 = 7373
	fix1175 = 9633
	fix1501 = 12299
	fix1847 = 15137
	fix1961 = 16069
	fix2053 = 16819
	fix2562 = 20995
	fix3072 = 25172
)

// transform writes a block as samples to dst, whose lines are stride apart.
func transform(block *[64]int32, dst []uint16, stride, precision int) {
	pass := 2
	if precision > 8 {
		pass = 1
	}
	var work [64]int64
	for x := range 8 {
		column(block, &work, x, pass)
	}
	top := int64(1)<<precision - 1
	middle := int64(1) << (precision - 1)
	shift := constBits + pass + 3
	for y := range 8 {
		w := work[8*y : 8*y+8]
		even, odd := butterfly([8]int64(w))
		out := dst[y*stride : y*stride+8]
		for n := range 4 {
			out[n] = uint16(min(max((even[n]+odd[n]+1<<(shift-1))>>shift+middle, 0), top))
			out[7-n] = uint16(min(max((even[n]-odd[n]+1<<(shift-1))>>shift+middle, 0), top))
		}
	}
}

// column is the first pass.
func column(block *[64]int32, work *[64]int64, x, pass int) {
	if block[8+x]|block[16+x]|block[24+x]|block[32+x]|block[40+x]|block[48+x]|block[56+x] == 0 {
		v := int64(block[x]) << pass
		for y := range 8 {
			work[8*y+x] = v
		}
		return
	}
	var in [8]int64
	for y := range 8 {
		in[y] = int64(block[8*y+x])
	}
	even, odd := butterfly(in)
	shift := constBits - pass
	for n := range 4 {
		work[8*n+x] = (even[n] + odd[n] + 1<<(shift-1)) >> shift
		work[8*(7-n)+x] = (even[n] - odd[n] + 1<<(shift-1)) >> shift
	}
}

// butterfly is the transform of one line: its sums and differences give the eight
// values.
func butterfly(in [8]int64) (even, odd [4]int64) {
	z := (in[2] + in[6]) * fix0541
	t2, t3 := z-in[6]*fix1847, z+in[2]*fix0765
	t0, t1 := (in[0]+in[4])<<constBits, (in[0]-in[4])<<constBits
	even = [4]int64{t0 + t3, t1 + t2, t1 - t2, t0 - t3}

	a, b, c, d := in[7], in[5], in[3], in[1]
	z1, z2, z3, z4 := a+d, b+c, a+c, b+d
	z5 := (z3 + z4) * fix1175
	z1, z2 = -z1*fix0899, -z2*fix2562
	z3, z4 = z5-z3*fix1961, z5-z4*fix0390
	odd = [4]int64{d*fix1501 + z1 + z4, c*fix3072 + z2 + z3, b*fix2053 + z2 + z4, a*fix0298 + z1 + z3}
	return even, odd
}
