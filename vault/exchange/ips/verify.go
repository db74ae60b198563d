package ips

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// ErrDiffers is returned when a document does not say what its selection says.
var ErrDiffers = errors.New("what is read from it is not what was written")

// Verifier reads a document with an importer and holds what it says against the
// selection that it was made of: results with value, comparator, unit, status and
// time, and names with what they count for of allergies, medicines, problems and
// vaccines. It must hold what counts now and every result, and nothing that
// the selection does not.
func Verifier(read func(context.Context, exchange.Source, exchange.Sink) error) func(context.Context, exchange.Source, exchange.Selection) error {
	return func(ctx context.Context, src exchange.Source, sel exchange.Selection) error {
		lost, added, err := Differences(ctx, read, src, sel)
		if err == nil && len(lost)+len(added) > 0 {
			err = ErrDiffers
		}
		return err
	}
}

// Differences gives the facts that only the selection has, and those that only
// the document has.
func Differences(ctx context.Context, read func(context.Context, exchange.Source, exchange.Sink) error, src exchange.Source, sel exchange.Selection) (lost, added []string, err error) {
	found := &reading{has: map[string]int{}}
	if err := read(ctx, src, found); err != nil {
		return nil, nil, err
	}
	if found.refused > 0 {
		return nil, nil, ErrDiffers
	}
	may, must := map[string]int{}, map[string]int{}
	for _, r := range sel.Records {
		for _, f := range facts(r.Resource) {
			may[f]++
			if summed(r) {
				must[f]++
			}
		}
	}
	for f, n := range must {
		if found.has[f] < n {
			lost = append(lost, f)
		}
	}
	for f, n := range found.has {
		if may[f] < n {
			added = append(added, f)
		}
	}
	slices.Sort(lost)
	slices.Sort(added)
	return lost, added, nil
}

// summed says that a summary must hold a record: what counts now, and every
// result. What is over or denied may be left to the collection, or to words.
func summed(r record.Record) bool {
	if len(r.Held) > 0 {
		return false
	}
	if o, ok := r.Resource.(*record.Observation); ok {
		return o.Status == "final" && len(o.Focus) == 0 && !o.Value.Empty()
	}
	return r.Summary().Standing == record.Current
}

// facts are what a resource declares, in lines that can be compared: where FHIR
// writes a thing in another way than our records (see the package's laws), both
// give the same line.
func facts(res record.Resource) []string {
	s := res.Summary()
	standing := fmt.Sprint(s.Standing)
	switch s.Standing {
	case record.NotSo: // in words alone, each kind its own
		return nil
	case record.Unstated, record.Uncertain: // "unknown" is how FHIR writes that there is none
		standing = "unclear"
	}
	line := func(kind string, more ...string) []string {
		return []string{strings.Join(append([]string{kind, plainly(s.Title), standing}, more...), " | ")}
	}
	switch x := res.(type) {
	case *record.AllergyIntolerance:
		return line("allergy", x.Criticality)
	case *record.Condition:
		return line("problem")
	case *record.MedicationStatement:
		return line("medicine")
	case *record.Immunization:
		return line("vaccine")
	case *record.Observation:
		all := line("result", plainly(x.Value.String()), begun(x.Effective))
		for _, c := range x.Component {
			if c.Value.Quantity.Value == "" {
				continue
			}
			all = append(all, "part | "+plainly(c.Code.String())+" | "+plainly(c.Value.String()))
		}
		return all
	}
	return nil
}

// begun is the day on which a time begins; "" where FHIR says it in words alone:
// the ends cross, or it is no date.
func begun(w record.When) string {
	s, _ := dateTime(w.Start)
	if period(w) == nil {
		s = ""
	}
	return string(record.Date(s).Day())
}

// plainly is text as it is compared: white space counts once.
func plainly(s string) string { return strings.Join(strings.Fields(s), " ") }

// reading counts the facts of what the importer reads.
type reading struct {
	has     map[string]int
	refused int
}

func (r *reading) Add(x record.Record) {
	for _, f := range facts(x.Resource) {
		r.has[f]++
	}
}

func (r *reading) Report(i exchange.Issue) {
	if i.Outcome == exchange.Refused {
		r.refused++
	}
}

func (*reading) Attach(name, mediaType string, from io.Reader) (record.Attachment, error) {
	_, err := io.Copy(io.Discard, from)
	return record.Attachment{Title: name, ContentType: mediaType}, err
}
