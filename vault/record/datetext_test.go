package record

import (
	"math/rand/v2"
	"testing"
)

// Both ways of reading a date agree on every text, also on those that one
// changed character makes of a date.
func TestUsualDatesAreReadAsAllOthers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	read := 0
	for _, d := range []string{
		"2021", "2021-03", "2021-03-05", "2020-02-29", "2021-03-05T10:30", "2021-03-05T10:30Z", "2021-03-05T10:30+01:00", "2021-03-05T10:30:15", "2021-03-05T10:30:15Z",
		"2021-03-05T23:59:59.250-05:00", "2021-03-05T00:00:00.123456789+05:30", "1899-12-31T10:30:00.1000Z", "2021-03-05T10:30:15.000+00:00",
	} {
		for range 4000 {
			b := []byte(d)
			for range r.IntN(3) {
				switch n := r.IntN(len(b)); r.IntN(3) {
				case 0:
					b[n] = "0123456789-:.,T+Z "[r.IntN(18)]
				case 1:
					b = append(b[:n], b[min(n+1, len(b)-1):]...)
				default:
					b = append(b[:n+1], b[n:]...)
				}
			}
			date := Date(b)
			w, ok := date.usual()
			if !ok {
				continue
			}
			read++
			want, precision := date.tried()
			if got := w.time(); !got.Equal(want) || got.Format("2006-01-02T15:04:05.999999999-07:00") != want.Format("2006-01-02T15:04:05.999999999-07:00") || w.precision != precision {
				t.Fatalf("%s: got %v (%d), want %v (%d)", date, got, w.precision, want, precision)
			}
			if got, want := momentOf(date), momentTried(date); got != want {
				t.Fatalf("%s: got %v, want %v", date, got, want)
			}
			if w.zoned != date.HasOffset() && precision >= Minute {
				t.Fatalf("%s: an offset", date)
			}
		}
	}
	if read < 10_000 {
		t.Errorf("only %d dates were read", read)
	}
}
