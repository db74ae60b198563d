package ccda

import (
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// picture keeps an observationMedia with the document itself (CDA R2, section
// 4.3.6.4). It is part of the document's record, not one of its own.
func (r *reader) picture(st *node) {
	r.media[st] = true
	v := child(st, "value")
	if v == nil {
		r.outcome(exchange.Kept, record.Information, st, "pictures", "a picture without content")
		return
	}
	a, err := r.attachment(v, joinWords(" ", "picture", attr(st, "ID")))
	if err != nil {
		r.err = err
		return
	}
	r.doc.Content = append(r.doc.Content, a)
	r.sink.Report(exchange.Issue{Outcome: exchange.Absorbed})
}
