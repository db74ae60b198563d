package journal

import "bytes"

// behindDamage notes damage at a place and gives where the next whole frame
// begins; -1 when there is none. It reads the rest of the file at once: damage
// is rare.
func (s *Scan) behindDamage(b *window, at int64, next uint64, cutShort bool) (int64, error) {
	rest, err := b.at(at, int(b.size-at))
	if err != nil {
		return -1, err
	}
	found := findFrame(rest, 1, next)
	torn := found < 0 && unfinished(rest, cutShort) || found > 0 && blank(rest[:found]) // a later write may reach the disk first
	s.Damage = append(s.Damage, Damage{at, next, torn})
	if found < 0 {
		return -1, nil
	}
	return at + int64(found), nil
}

// findFrame looks for the next whole frame behind damage; -1 when there is none.
func findFrame(b []byte, from int, after uint64) int {
	for i := from; i+frameHeadSize <= len(b); i++ {
		h, ok := parseFrameHead(b[i:])
		if ok && h.number > after && i+frameHeadSize+int(h.length) <= len(b) {
			return i
		}
	}
	return -1
}

// dropTorn takes an unfinished write at the end out of the damage.
func (s *Scan) dropTorn() {
	for i, d := range s.Damage {
		if d.torn && d.Offset >= s.Whole {
			s.Damage = s.Damage[:i]
			return
		}
	}
}

// unfinished says whether the end of a segment looks like a write that never
// completed: cut short in or behind a good head, or holding blank sectors.
func unfinished(rest []byte, cutShort bool) bool {
	return cutShort || len(rest) < frameHeadSize || blank(rest)
}

// blank says whether b holds a stretch of zeros, as a file system leaves where
// a write did not reach the disk. Sealed bytes hold none of that length.
func blank(b []byte) bool { return bytes.Contains(b, make([]byte, 64)) }
