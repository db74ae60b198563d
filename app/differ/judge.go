package differ

import (
	"errors"
	"time"

	own "github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/record"
)

// right says that one side is right: its records are confirmed, and those of the
// other sides alone disputed, with what the patient holds for right as the reason.
// Own entries are put right at their form instead; records that stand on both sides
// are left alone.
func right(list []side, at int, reason string, now time.Time) (record.Change, error) {
	var change record.Change
	mine := map[record.ID]bool{}
	put := func(c record.Change, err error) error {
		if errors.Is(err, own.ErrOwn) || errors.Is(err, own.ErrSaidAlready) {
			return nil
		}
		change.Put = append(change.Put, c.Put...)
		return err
	}
	for _, r := range list[at].Records {
		mine[r.ID] = true
	}
	both := map[record.ID]bool{}
	for n, s := range list {
		for _, r := range s.Records {
			both[r.ID] = both[r.ID] || n != at && mine[r.ID]
		}
	}
	done := map[record.ID]bool{}
	for n, s := range list {
		for _, r := range s.Records {
			if both[r.ID] || done[r.ID] {
				continue
			}
			done[r.ID] = true
			var err error
			if n == at {
				err = put(own.Accept(r, now))
			} else {
				err = put(own.Dispute(r, reason, now))
			}
			if err != nil {
				return record.Change{}, err
			}
		}
	}
	return change, nil
}

// back takes back what was said last of each record that was judged.
func back(list []side, now time.Time) (record.Change, error) {
	var change record.Change
	done := map[record.ID]bool{}
	for _, s := range list {
		for _, r := range s.Records {
			last, ok := own.Last(r)
			if done[r.ID] || !ok || last.Say != record.SayAccept && last.Say != record.SayDispute {
				continue
			}
			done[r.ID] = true
			c, err := own.Undo(r, nil, now)
			if err != nil {
				return record.Change{}, err
			}
			change.Put = append(change.Put, c.Put...)
		}
	}
	return change, nil
}
