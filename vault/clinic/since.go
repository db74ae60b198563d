package clinic

import (
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// changing is one call of ChangesSince.
type changing struct {
	Changes
	records []record.Record
	day     record.Date // of the visit, where it is one
	at      time.Time   // else

	byID    map[record.ID]int
	before  map[record.ID][]int // by the one that took their place
	holding map[string]bool     // what held before, by kind and name
}

// begin finds the point from which changes are told.
func (c *changing) begin() bool {
	switch {
	case c.Since.Import != "":
		for _, r := range c.records {
			for _, p := range r.Provenance {
				if p.Import == c.Since.Import && !p.Received.IsZero() && (c.at.IsZero() || p.Received.Before(c.at)) {
					c.at = p.Received
				}
			}
		}
		return !c.at.IsZero()
	case c.Since.Encounter != "":
		for _, r := range c.records {
			if e, ok := r.Resource.(*record.Encounter); ok && r.ID == c.Since.Encounter {
				c.day = e.Period.Start.Day()
				c.at = c.day.Earliest()
			}
		}
		return c.day.Precision() == record.Day
	}
	c.at = c.Since.Time
	return true
}

// index notes what took whose place, and what held before.
func (c *changing) index() {
	c.byID = make(map[record.ID]int, len(c.records))
	c.before = map[record.ID][]int{}
	c.holding = map[string]bool{}
	for n, r := range c.records {
		c.byID[r.ID] = n
		if r.Superseded != nil {
			c.before[r.Superseded.By] = append(c.before[r.Superseded.By], n)
		}
		if c.day == "" && r.Superseded == nil && ends(r.Resource) && !c.filedSince(r) && r.Summary().Standing == record.Current {
			for _, name := range endingNames(r) {
				c.holding[name] = true
			}
		}
	}
}

// filed is when the record came into the vault.
func filed(r record.Record) time.Time {
	if !r.Recorded.IsZero() {
		return r.Recorded
	}
	var first time.Time
	for _, p := range r.Provenance {
		if first.IsZero() || !p.Received.IsZero() && p.Received.Before(first) {
			first = p.Received
		}
	}
	return first
}

// since says that a record belongs to what came since: of an import or a time by
// when it was filed, of a visit by its clinical date.
func (c *changing) since(r record.Record) bool {
	if c.day == "" {
		at := filed(r)
		return !at.IsZero() && !at.Before(c.at)
	}
	return c.happened(r) == sinceYes
}

// sinceVisit says whether something happened since a visit.
type sinceVisit int

const (
	sinceNo sinceVisit = iota
	sinceYes
	sinceUnclear
)

// happened compares the beginning of what is stated with the day of the visit.
func (c *changing) happened(r record.Record) sinceVisit {
	if r.ID == c.Since.Encounter || encounterOf(r.Resource).ID == c.Since.Encounter {
		return sinceNo // it is the visit, or a part of it
	}
	return c.onOrAfter(r.Summary().When)
}

func (c *changing) onOrAfter(w record.When) sinceVisit {
	day := w.Start.Day()
	if day == "" {
		day = w.End.Day()
	}
	switch {
	case day == "":
		return sinceUnclear
	case day.Precision() < record.Day && strings.HasPrefix(string(c.day), string(day)):
		return sinceUnclear
	case day >= c.day:
		return sinceYes
	}
	return sinceNo
}
