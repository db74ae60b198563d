package exchange_test

import (
	"context"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

// asks is a made-up format that needs one answer.
var asks = exchange.Format{
	Name: "asks", Title: "Asks",
	Identify: func(exchange.Head) exchange.Match { return exchange.Yes },
	Import: func(_ context.Context, src exchange.Source, sink exchange.Sink) error {
		said := src.Answer("side")
		if said == "" {
			return exchange.Ask(exchange.Question{Name: "side", Text: "left or right? Answer side", Choices: []exchange.Choice{{Answer: "left", Words: "left"}}})
		}
		sink.Add(record.Record{Resource: &record.Condition{Code: record.Concept{Text: said}}, Provenance: []record.Provenance{{Place: "line 1"}}})
		return nil
	},
}

// TestQuestions: a file that asks is refused with its question, and read once
// the answer is there, for it alone or for all files.
func TestQuestions(t *testing.T) {
	sources := []exchange.Source{exchangetest.Source("a", []byte("one")), exchangetest.Source("b", []byte("two"))}
	read := func(answers map[string]string) *exchange.Batch {
		b, err := exchange.Import(context.Background(), exchangetest.NewMemory(), []exchange.Format{asks}, sources, exchange.Options{Person: exchange.NewPerson, Answers: answers})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	b := read(nil)
	q := b.Questions()
	if len(q) != 2 || q[0].Source != "a" || q[1].Source != "b" || q[0].Key() == q[1].Key() || !b.Empty() {
		t.Fatalf("got %+v", q)
	}
	if s := b.Receipt.Sources[0]; s.Refused != 1 || !strings.Contains(s.Issues[0].Text, "left or right") {
		t.Errorf("got %+v", s)
	}
	b = read(map[string]string{q[0].Key(): "left"})
	if left := b.Questions(); len(left) != 1 || left[0].Source != "b" || b.Receipt.Sources[0].Filed != 1 || b.Receipt.Sources[1].Refused != 1 {
		t.Errorf("one answer: got %+v, %+v", left, b.Receipt.Sources)
	}
	b = read(map[string]string{"side": "right", q[0].Key(): "left"})
	if len(b.Questions()) != 0 || b.Receipt.Sources[0].Filed != 1 || b.Receipt.Sources[1].Filed != 1 {
		t.Errorf("answers for all: got %+v", b.Receipt.Sources)
	}
}
