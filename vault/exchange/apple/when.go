package apple

import (
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// stamp is how HealthKit writes a time, always with its offset.
const stamp = "2006-01-02 15:04:05 -0700"

// date brings a time of an export to ISO 8601 as it was written: the offset is
// not converted, whatever the clocks of any zone did then. A day alone stays a
// day. It gives "" for anything else.
func date(s string) record.Date {
	if len(s) == len(stamp) && s[10] == ' ' && s[19] == ' ' {
		if t, err := time.Parse(stamp, s); err != nil || t.Year() == 0 {
			return ""
		}
		return record.Date(s[:10] + "T" + s[11:19] + s[20:23] + ":" + s[23:])
	}
	d, err := record.ParseDate(s)
	if err != nil {
		return ""
	}
	return d
}

// isTime says whether date knows the text. Most times need no closer look: a
// file holds millions.
func isTime(s string) bool {
	return isPlainTime(s) || date(s) != ""
}

// plain are the parts of a time that no calendar can doubt.
var plain = []struct {
	at       int
	from, to string
}{{0, "0001", "9999"}, {5, "01", "12"}, {8, "01", "28"}, {11, "00", "23"}, {14, "00", "59"}, {17, "00", "59"}, {21, "00", "23"}, {23, "00", "59"}}

func isPlainTime(s string) bool {
	if len(s) != len(stamp) || s[4] != '-' || s[7] != '-' || s[10] != ' ' || s[13] != ':' || s[16] != ':' || s[19] != ' ' || s[20] != '+' && s[20] != '-' {
		return false
	}
	for _, p := range plain {
		part := s[p.at : p.at+len(p.from)]
		if part < p.from || part > p.to || strings.Trim(part, "0123456789") != "" {
			return false
		}
	}
	return true
}

// dayOf is the day as written, "" when the text is no time.
func dayOf(s string) string {
	if len(s) < len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return ""
	}
	return s[:len("2006-01-02")]
}

// span is the time of something that has a start and an end, which may be the
// same.
func span(start, end string) record.When {
	a, b := date(start), date(end)
	switch {
	case a == "" && b == "":
		return record.When{Text: start}
	case a == b, b == "":
		return record.At(a)
	}
	return record.When{Start: a, End: b, Period: true}
}

// seconds is how long something took, 0 where a time cannot be read.
func seconds(start, end string) int64 {
	a, err := time.Parse(stamp, start)
	if err != nil {
		return 0
	}
	b, err := time.Parse(stamp, end)
	if err != nil || b.Before(a) {
		return 0
	}
	return int64(b.Sub(a) / time.Second)
}
