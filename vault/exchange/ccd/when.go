package ccd

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// stamp is a date as a TS, with the precision that was written and no more: "2021"
// stays "2021" (CDA R2 data types, TS; CLINICAL-SAFETY hazard 35). An hour always
// has its minutes. It is "" for what is no date.
func stamp(d record.Date) string {
	if d.Precision() == record.NoDate {
		return ""
	}
	s := string(d)
	day, clock, timed := strings.Cut(s, "T")
	day = strings.ReplaceAll(day, "-", "")
	if !timed {
		return day
	}
	offset := ""
	if i := strings.IndexAny(clock, "Z+-"); i >= 0 {
		clock, offset = clock[:i], strings.ReplaceAll(strings.Replace(clock[i:], "Z", "+0000", 1), ":", "")
	}
	return day + strings.ReplaceAll(clock, ":", "") + offset
}

// ts is a TS element; one without a date says that it is not known.
func ts(name string, d record.Date) *element {
	if s := stamp(d); s != "" {
		return el(name, "value", s)
	}
	return null(name, "UNK")
}

// point says whether w is one date.
func point(w record.When) bool {
	return stamp(w.Start) != "" && w.End == "" && !w.Period && !w.Ended
}

// when is an effectiveTime as the source states it: a point, an interval, or not
// known. Words in the place of a date stay in the narrative.
func when(name string, w record.When) *element {
	if point(w) {
		return el(name, "value", stamp(w.Start))
	}
	return interval(name, w)
}

// interval is an IVL_TS. An end that nobody stated is not there: "no end known".
func interval(name string, w record.When) *element {
	low, high := stamp(w.Start), stamp(w.End)
	if low == "" && high == "" && !w.Ended {
		return null(name, "UNK")
	}
	e := el(name).add(ts("low", w.Start))
	switch {
	case high != "":
		e.add(el("high", "value", high))
	case w.Ended:
		e.add(null("high", "UNK"))
	}
	return e
}

// taken is when for the time of a medicine, which is an interval only where its
// type says so.
func taken(w record.When) *element {
	if point(w) {
		return when("effectiveTime", w)
	}
	e := interval("effectiveTime", w)
	if e.has("nullFlavor") { // the guide wants a low or a value
		e = el("effectiveTime").add(null("low", "UNK"))
	}
	e.attrs = append([]string{"xsi:type", "IVL_TS"}, e.attrs...)
	return e
}

// course is the effectiveTime of a problem or allergy: low is the onset, high the
// end. An end without a date is "high" of unknown time, which says that it is over
// (C-CDA R2.1, 3.4 and 3.79).
func course(onset, abatement record.When) *element {
	e := el("effectiveTime").add(ts("low", onset.Start))
	if abatement.Empty() {
		return e
	}
	end := abatement.Start
	if end == "" {
		end = abatement.End
	}
	return e.add(ts("high", end))
}
