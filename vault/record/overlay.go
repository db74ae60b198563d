package record

import (
	"slices"
	"strings"
	"time"
)

// Overlay is what the patient says about a record. It never alters the record.
// The fields before Remarks are what holds now; they follow from Remarks.
type Overlay struct {
	Note     string    `json:"note,omitempty"`
	Disputed bool      `json:"disputed,omitempty"`
	Reason   string    `json:"reason,omitempty"` // why it is disputed
	Accepted bool      `json:"accepted,omitempty"`
	Joined   []ID      `json:"joined,omitempty"` // records that speak of the same thing, as the patient says
	Parted   []ID      `json:"parted,omitempty"` // records that speak of another thing, as the patient says
	Changed  time.Time `json:"changed,omitzero"`

	Remarks []Remark `json:"remarks,omitempty"` // oldest first, those that were taken back among them
}

// Remark is one thing that the patient said about a record.
type Remark struct {
	At     time.Time `json:"at"` // UTC
	Say    Saying    `json:"say"`
	Text   string    `json:"text,omitempty"` // the note, or why
	With   ID        `json:"with,omitempty"` // of Join and Part: the other record
	Undone time.Time `json:"undone,omitzero"`
}

// Saying is what a [Remark] does.
type Saying string

// The sayings.
const (
	SayAccept   Saying = "accept"   // it is right
	SayDispute  Saying = "dispute"  // it is wrong
	SayAnnotate Saying = "annotate" // a note; an empty one takes the note away
	SayJoin     Saying = "join"     // it speaks of the same thing as another record
	SayPart     Saying = "part"     // it does not
)

// With is the overlay with one more remark. o may be nil.
func (o *Overlay) With(r Remark) *Overlay { return settled(append(o.remarks(), r)) }

// Last is the last remark that was not taken back.
func (o *Overlay) Last() (Remark, bool) {
	if n := lastOf(o.remarks()); n >= 0 {
		return o.remarks()[n], true
	}
	return Remark{}, false
}

// Without is the overlay without its last remark of that kind and partner, which
// stays in Remarks as taken back.
func (o *Overlay) Without(say Saying, with ID, at time.Time) *Overlay {
	list := o.remarks()
	for n := len(list) - 1; n >= 0; n-- {
		if r := &list[n]; r.Undone.IsZero() && r.Say == say && r.With == with {
			r.Undone = at
			break
		}
	}
	return settled(list)
}

// Both is what the patient said about two records that turn out to be one.
func (o *Overlay) Both(p *Overlay) *Overlay {
	if o == nil {
		return p
	}
	if p == nil {
		return o
	}
	var list []Remark
	for _, r := range append(o.remarks(), p.remarks()...) {
		if !slices.Contains(list, r) {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b Remark) int { return a.At.Compare(b.At) })
	if o.Note != p.Note && o.Note != "" && p.Note != "" {
		list = append(list, Remark{At: list[len(list)-1].At, Say: SayAnnotate, Text: o.Note + "\n" + p.Note})
	}
	return settled(list)
}

func lastOf(list []Remark) int {
	for n := len(list) - 1; n >= 0; n-- {
		if list[n].Undone.IsZero() {
			return n
		}
	}
	return -1
}

// remarks are a copy of the remarks; of an overlay that holds none what it says.
func (o *Overlay) remarks() []Remark {
	if o == nil {
		return nil
	}
	if len(o.Remarks) > 0 {
		return slices.Clone(o.Remarks)
	}
	var list []Remark
	if o.Disputed {
		list = append(list, Remark{At: o.Changed, Say: SayDispute, Text: o.Reason})
	}
	if o.Note != "" {
		list = append(list, Remark{At: o.Changed, Say: SayAnnotate, Text: o.Note})
	}
	return list
}

// settled works out what holds after all remarks.
func settled(list []Remark) *Overlay {
	o := &Overlay{Remarks: list}
	for _, r := range list {
		for _, at := range []time.Time{r.At, r.Undone} {
			if at.After(o.Changed) {
				o.Changed = at
			}
		}
		if !r.Undone.IsZero() {
			continue
		}
		switch r.Say {
		case SayAccept:
			o.Accepted, o.Disputed, o.Reason = true, false, ""
		case SayDispute:
			o.Accepted, o.Disputed, o.Reason = false, true, r.Text
		case SayAnnotate:
			o.Note = r.Text
		case SayJoin:
			o.Joined, o.Parted = including(o.Joined, r.With), excluding(o.Parted, r.With)
		case SayPart:
			o.Joined, o.Parted = excluding(o.Joined, r.With), including(o.Parted, r.With)
		}
	}
	return o
}

func including(ids []ID, id ID) []ID {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}

func excluding(ids []ID, id ID) []ID {
	return slices.DeleteFunc(ids, func(x ID) bool { return x == id })
}

// Says is what holds, one sentence a line, for every face: what the patient says
// in words of our own, then the patient's note. Nil for nothing.
func (o *Overlay) Says() []Detail {
	if o == nil {
		return nil
	}
	var r rows
	switch {
	case o.Disputed && o.Reason != "":
		r.add("The patient says", "disputes this entry: "+o.Reason)
	case o.Disputed:
		r.add("The patient says", "disputes this entry")
	case o.Accepted:
		r.add("The patient says", "confirms this entry")
	}
	if len(o.Joined) > 0 {
		r.add("The patient says", "speaks of the same thing as "+others(len(o.Joined)))
	}
	if len(o.Parted) > 0 {
		r.add("The patient says", "does not speak of the same thing as "+others(len(o.Parted)))
	}
	r.add("The patient's note", strings.TrimSpace(o.Note))
	return r
}

func others(n int) string {
	if n == 1 {
		return "another entry"
	}
	return "other entries"
}
