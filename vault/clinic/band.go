package clinic

import (
	"math/big"

	"github.com/carnet-phr/carnet/vault/record"
)

// band is the range in numbers that a report gives, in the unit of its value; nil for
// an end that it leaves open.
type band struct {
	low, high *big.Rat
	told      map[*conversion][2]*big.Rat
}

// limits is a range as it is written, for a value in a unit. Laboratories repeat
// theirs, and each is read once.
type limits struct {
	low, high record.Quantity
	spot
}

// bandOf is the one range in numbers that a report gives. Several ranges are
// alternatives (hazard 28), and none of them is the band.
func (b *builder) bandOf(p *part, s scale, a axis) *band {
	if len(p.ranges) != 1 {
		return nil
	}
	r := &p.ranges[0]
	if r.Low.Empty() && r.High.Empty() {
		return nil
	}
	k := limits{r.Low, r.High, spot{p.key, writtenOf(p.quantity, p.loinc)}}
	known, ok := b.ranges[k]
	if !ok {
		known = b.readBand(p, s, a)
		b.ranges[k] = known
	}
	return known
}

// readBand reads a range, whose ends may name another unit of the same axis.
func (b *builder) readBand(p *part, s scale, a axis) *band {
	r := &p.ranges[0]
	ends := [2]*big.Rat{}
	for i, q := range []record.Quantity{r.Low, r.High} {
		if q.Empty() {
			continue
		}
		v, ok := decimal(q.Value)
		if !ok || q.Comparator != "" {
			return nil
		}
		if words := q.UnitWords(); words != "" && words != p.quantity.UnitWords() {
			own := b.scale(spot{p.key, writtenOf(q, p.loinc)})
			c, ok := axis{scale: s, test: a.test}.from(own)
			if !ok || own.unit.String() == "" || !a.takes(own) {
				return nil
			}
			if c != nil {
				v = c.of(v)
			}
		}
		ends[i] = v
	}
	return &band{low: ends[0], high: ends[1], told: map[*conversion][2]*big.Rat{}}
}

// in is the band in the unit of the axis.
func (b *band) in(c *conversion) (low, high *big.Rat) {
	if c == nil {
		return b.low, b.high
	}
	ends, ok := b.told[c]
	if !ok {
		for i, v := range []*big.Rat{b.low, b.high} {
			if v != nil {
				ends[i] = c.of(v)
			}
		}
		b.told[c] = ends
	}
	return ends[0], ends[1]
}
