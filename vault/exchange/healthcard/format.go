package healthcard

import (
	"context"
	"errors"
	"fmt"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// fileLimit is how large a file of cards may be, in bytes.
const fileLimit = 16 << 20

// Import is how another format reads a source.
type Import func(ctx context.Context, src exchange.Source, sink exchange.Sink) error

// New is the format. bundle reads the FHIR Bundle inside a card.
func New(bundle Import) exchange.Format {
	return exchange.Format{
		Name:       "healthcard",
		Title:      "SMART Health Card",
		MediaTypes: []string{"application/smart-health-card"},
		Extensions: []string{".smart-health-card", ".txt", ".json"},
		Identify:   identify,
		Import: func(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
			return (&reader{ctx: ctx, src: src, sink: sink, bundle: bundle}).read()
		},
	}
}

// reader reads one source.
type reader struct {
	ctx    context.Context
	src    exchange.Source
	sink   exchange.Sink
	bundle Import
	keys   []key
}

func (r *reader) read() error {
	content, err := r.src.ReadAll(fileLimit)
	if err != nil {
		return err
	}
	switch kindOf(content) {
	case isKeys:
		r.administrative("the keys of an issuer; the cards beside them are checked with them")
	case isRevoked:
		r.administrative("an issuer's list of revoked cards; the cards beside it are held against it")
	case isClaims:
		return r.unsigned(content)
	case isCredentials:
		return r.credentials(content)
	case isText:
		return r.text(content)
	default:
		return exchange.ErrNotThisFormat
	}
	return nil
}

func (r *reader) administrative(words string) {
	r.sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Information, Place: "whole file", Text: words}, Outcome: exchange.Administrative})
}

// signed reads signed cards, each by itself: a fault of one loses none of the
// others.
func (r *reader) signed(cards []signed) error {
	r.keys = r.findKeys()
	for _, c := range cards {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if err := r.card(c); err != nil {
			r.refuse(c.place, err)
		}
	}
	return nil
}

// unsigned reads what was taken out of a card: nobody vouches for it.
func (r *reader) unsigned(content []byte) error {
	c, err := parseClaims(content)
	if err != nil {
		return fmt.Errorf("not a SMART Health Card: %w", err)
	}
	return r.file(card{claims: c, place: "the card", check: check{state: without}})
}

func (r *reader) refuse(place string, err error) {
	if errors.Is(err, exchange.ErrNotThisFormat) {
		err = errNoBundle
	}
	r.sink.Report(exchange.Issue{Issue: record.Issue{Severity: record.Error, Place: place, Text: err.Error() + "; nothing of this card was filed"}, Outcome: exchange.Refused})
}

func (r *reader) kept(severity record.Severity, place, words string) {
	r.sink.Report(exchange.Issue{Issue: record.Issue{Severity: severity, Place: place, Text: words}, Outcome: exchange.Kept})
}

func (r *reader) remark(severity record.Severity, place, words string) {
	r.sink.Report(exchange.Issue{Issue: record.Issue{Severity: severity, Place: place, Text: words}})
}
