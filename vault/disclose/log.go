package disclose

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Entry is one disclosure of the log.
type Entry struct {
	ID     record.ID
	Person record.ID
	*record.AuditEvent
}

// Log gives the disclosures of a person, or of all for "", newest first.
func Log(ctx context.Context, lib exchange.Library, person record.ID) ([]Entry, error) {
	var list []Entry
	for r, err := range lib.Query(ctx, record.Filter{Person: person, Kind: record.KindAuditEvent}) {
		if err != nil {
			return nil, err
		}
		if e, ok := r.Resource.(*record.AuditEvent); ok {
			list = append(list, Entry{r.ID, r.Person, e})
		}
	}
	slices.SortStableFunc(list, func(a, b Entry) int {
		return cmp.Or(b.Recorded.Earliest().Compare(a.Recorded.Earliest()), cmp.Compare(a.ID, b.ID))
	})
	return list, nil
}

// since is what a recipient got with all packages, and the last of them.
func since(log []Entry, recipient string) (*record.AuditEvent, *exchange.Since) {
	var last *record.AuditEvent
	s := &exchange.Since{Carried: map[record.ID]record.Version{}}
	for _, e := range slices.Backward(log) {
		if !sameName(e.Recipient, recipient) {
			continue
		}
		last = e.AuditEvent
		for _, c := range e.Carried {
			s.Carried[c.Record] = c.Version
		}
	}
	if last == nil {
		return nil, nil
	}
	s.On = last.Recorded.Day()
	return last, s
}

// sameName compares names of recipients as a person means them.
func sameName(a, b string) bool {
	f := func(s string) string {
		return cases.Fold().String(norm.NFKC.String(strings.Join(strings.Fields(s), " ")))
	}
	return f(a) == f(b)
}
