package exchange

import (
	"iter"

	"github.com/carnet-phr/carnet/vault/record"
)

// recordList holds the records of a source, in parts: those of a large file are
// not copied while they become more.
type recordList struct {
	parts [][]record.Record
	count int
}

const recordPart = 256 // records of one part

func (l *recordList) add(r record.Record) {
	if l.count%recordPart == 0 {
		size := recordPart
		if l.count == 0 {
			size = 1 // most files of a folder hold few
		}
		l.parts = append(l.parts, make([]record.Record, 0, size))
	}
	last := &l.parts[len(l.parts)-1]
	*last = append(*last, r)
	l.count++
}

func (l *recordList) all() iter.Seq[*record.Record] {
	return func(yield func(*record.Record) bool) {
		for _, part := range l.parts {
			for n := range part {
				if !yield(&part[n]) {
					return
				}
			}
		}
	}
}
