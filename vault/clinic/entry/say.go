package entry

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// What cannot be said of a record.
var (
	ErrOwn         = errors.New("this is your own entry: amend or retract it")
	ErrHistory     = errors.New("this record is history: say it of the one that took its place")
	ErrSaidAlready = errors.New("that is said already")
	ErrNothingSaid = errors.New("there is nothing to take back")
	ErrNoText      = errors.New("write the note; it is empty")
	ErrTextLimit   = errors.New("write it in words, without control characters, and shorter than 20 kB")
	ErrOtherKind   = errors.New("only records of one kind and one person can be the same thing")
	ErrSelf        = errors.New("name two different records")
)

// Accept says that a record of a file is right. It takes a dispute back.
func Accept(r record.Record, now time.Time) (record.Change, error) {
	if r.Overlay != nil && r.Overlay.Accepted {
		return record.Change{}, ErrSaidAlready
	}
	return judge(r, record.Remark{At: now.UTC(), Say: record.SayAccept})
}

// Dispute says that a record of a file is wrong, and why; the record stays, and
// is marked in every output.
func Dispute(r record.Record, why string, now time.Time) (record.Change, error) {
	why, err := text(why)
	if err != nil {
		return record.Change{}, err
	}
	if o := r.Overlay; o != nil && o.Disputed && o.Reason == why {
		return record.Change{}, ErrSaidAlready
	}
	return judge(r, record.Remark{At: now.UTC(), Say: record.SayDispute, Text: why})
}

// Annotate puts a note beside a record, in the place of the note that is there.
func Annotate(r record.Record, note string, now time.Time) (record.Change, error) {
	note, err := text(note)
	switch {
	case err != nil:
		return record.Change{}, err
	case note == "":
		return record.Change{}, ErrNoText
	case r.Overlay != nil && r.Overlay.Note == note:
		return record.Change{}, ErrSaidAlready
	}
	return say(r, record.Remark{At: now.UTC(), Say: record.SayAnnotate, Text: note})
}

// Join says that two records speak of the same thing. Both carry it, so that each
// shows it.
func Join(a, b record.Record, now time.Time) (record.Change, error) {
	return pair(a, b, record.SayJoin, now)
}

// Part says that two records do not speak of the same thing, whatever they have in
// common.
func Part(a, b record.Record, now time.Time) (record.Change, error) {
	return pair(a, b, record.SayPart, now)
}

// Last is what was said last of a record and not taken back yet.
func Last(r record.Record) (record.Remark, bool) { return r.Overlay.Last() }

// Undo takes back what was said last of a record. Where that speaks of another
// record too, partner is that one; nil where it is gone.
func Undo(r record.Record, partner *record.Record, now time.Time) (record.Change, error) {
	last, ok := Last(r)
	if !ok {
		return record.Change{}, ErrNothingSaid
	}
	r.Overlay = r.Overlay.Without(last.Say, last.With, now.UTC())
	change := record.Change{Put: []record.Record{r}}
	if partner != nil && last.With == partner.ID {
		p := *partner
		p.Overlay = p.Overlay.Without(last.Say, r.ID, now.UTC())
		change.Put = append(change.Put, p)
	}
	return change, nil
}

// judge is for what only others' records need: one's own is put right instead.
func judge(r record.Record, m record.Remark) (record.Change, error) {
	if r.OwnEntry() {
		return record.Change{}, ErrOwn
	}
	return say(r, m)
}

func say(r record.Record, m record.Remark) (record.Change, error) {
	if r.Superseded != nil {
		return record.Change{}, ErrHistory
	}
	r.Overlay = r.Overlay.With(m)
	return record.Change{Put: []record.Record{r}}, nil
}

func pair(a, b record.Record, what record.Saying, now time.Time) (record.Change, error) {
	switch {
	case a.ID == b.ID:
		return record.Change{}, ErrSelf
	case a.Resource.Kind() != b.Resource.Kind() || a.Person != b.Person:
		return record.Change{}, ErrOtherKind
	case a.Superseded != nil || b.Superseded != nil:
		return record.Change{}, ErrHistory
	case said(a, b.ID, what) && said(b, a.ID, what):
		return record.Change{}, ErrSaidAlready
	}
	a.Overlay = a.Overlay.With(record.Remark{At: now.UTC(), Say: what, With: b.ID})
	b.Overlay = b.Overlay.With(record.Remark{At: now.UTC(), Say: what, With: a.ID})
	return record.Change{Put: []record.Record{a, b}}, nil
}

func said(r record.Record, of record.ID, what record.Saying) bool {
	if r.Overlay == nil {
		return false
	}
	ids := r.Overlay.Joined
	if what == record.SayPart {
		ids = r.Overlay.Parted
	}
	return slices.Contains(ids, of)
}

// text is what the patient writes about a record.
func text(s string) (string, error) {
	if s = strings.TrimSpace(s); s == "" {
		return "", nil
	}
	s, wrong := longText(s)
	if wrong != "" {
		return "", ErrTextLimit
	}
	return s, nil
}
