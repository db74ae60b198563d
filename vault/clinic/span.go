package clinic

import "time"

// Span is a stretch of time on an axis; the zero Span is all there is.
type Span struct{ From, To time.Time }

// Empty says that the span leaves nothing out.
func (s Span) Empty() bool { return !s.From.Before(s.To) }

// SpanOf goes from the first number of series to the last.
func SpanOf(list ...Series) Span {
	var s Span
	for i := range list {
		points := list[i].Points
		if len(points) == 0 {
			continue
		}
		if first := points[0].At; s.From.IsZero() || first.Before(s.From) {
			s.From = first
		}
		if last := points[len(points)-1].At; s.To.IsZero() || last.After(s.To) {
			s.To = last
		}
	}
	return s
}

// leastSpan is as near as one can look: results are of a day or an hour.
const leastSpan = 24 * time.Hour

// Zoom gives the part of a span that is so many times as long as what is seen of it,
// about an instant, which keeps its place. Seen as a whole it is the zero Span.
func (s Span) Zoom(seen Span, times float64, about time.Time) Span {
	if seen.Empty() {
		seen = s
	}
	if about.Before(seen.From) || about.After(seen.To) {
		about = seen.From.Add(seen.To.Sub(seen.From) / 2)
	}
	length := float64(seen.To.Sub(seen.From))
	part := float64(about.Sub(seen.From)) / max(1, length)
	length = max(length*times, min(float64(leastSpan), length))
	if length >= float64(s.To.Sub(s.From)) {
		return Span{}
	}
	from := about.Add(-time.Duration(part * length))
	return s.fit(Span{from, from.Add(time.Duration(length))})
}

// Move gives what is seen further by a part of its length, within the span.
func (s Span) Move(seen Span, part float64) Span {
	if seen.Empty() {
		return seen
	}
	by := time.Duration(part * float64(seen.To.Sub(seen.From)))
	return s.fit(Span{seen.From.Add(by), seen.To.Add(by)})
}

// fit moves what is seen into the span.
func (s Span) fit(seen Span) Span {
	length := seen.To.Sub(seen.From)
	if seen.From.Before(s.From) {
		seen = Span{s.From, s.From.Add(length)}
	}
	if seen.To.After(s.To) {
		seen = Span{s.To.Add(-length), s.To}
	}
	return seen
}
