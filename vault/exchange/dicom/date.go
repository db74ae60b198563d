package dicom

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// day reads DA (PS3.5, 6.2), also as ACR-NEMA wrote it, with the precision that
// is there.
func day(da string) (record.Date, bool) {
	da = strings.ReplaceAll(da, ".", "")
	if !numeric(da) {
		return "", false
	}
	s := da
	switch len(da) {
	case 4:
	case 6:
		s = da[:4] + "-" + da[4:]
	case 8:
		s = da[:4] + "-" + da[4:6] + "-" + da[6:]
	default:
		return "", false
	}
	d, err := record.ParseDate(s)
	return d, err == nil
}

// clock reads TM; "" for less than hours and minutes, or for none.
func clock(tm string) string {
	tm = strings.ReplaceAll(tm, ":", "")
	whole, fraction, parted := strings.Cut(tm, ".")
	if !numeric(whole) || parted && (!numeric(fraction) || len(fraction) > 6) {
		return ""
	}
	switch {
	case len(whole) == 4 && !parted:
		return "T" + whole[:2] + ":" + whole[2:]
	case len(whole) == 6 && parted:
		return "T" + whole[:2] + ":" + whole[2:4] + ":" + whole[4:] + "." + fraction
	case len(whole) == 6:
		return "T" + whole[:2] + ":" + whole[2:4] + ":" + whole[4:]
	}
	return ""
}

// offset reads Timezone Offset From UTC (0008,0201): "+0100" is "+01:00".
func offset(s string) string {
	if len(s) != 5 || s[0] != '+' && s[0] != '-' || !numeric(s[1:]) {
		return ""
	}
	return s[:3] + ":" + s[3:]
}

// moment joins date and time as far as they were written. What is no date stays
// as text.
func moment(da, tm, zone string) record.When {
	if da == "" {
		return record.When{}
	}
	d, ok := day(da)
	if !ok {
		return record.When{Text: clip(da)}
	}
	c := clock(tm)
	if c == "" || d.Precision() != record.Day {
		return record.At(d)
	}
	if full, err := record.ParseDate(string(d) + c + offset(zone)); err == nil {
		return record.At(full)
	}
	return record.At(d)
}

// stamp reads DT: date, time and offset in one.
func stamp(dt, zone string) record.When {
	if at := strings.LastIndexAny(dt, "+-"); at > 0 && len(dt)-at == 5 {
		dt, zone = dt[:at], dt[at:]
	}
	return moment(dt[:min(8, len(dt))], dt[min(8, len(dt)):], zone)
}

func numeric(s string) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}
