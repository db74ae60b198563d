package hl7v2_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/hl7v2"
	"github.com/carnet-phr/carnet/vault/record"
)

// The synthetic messages of the tests: own work, no real person.

const (
	msh = `MSH|^~\&|LAB|Example Lab|APP|ME|20210304101112-0500||ORU^R01^ORU_R01|41|P|2.5.1`
	pid = `PID|1||1^^^Example Lab^MR||Testperson^Ada^^^^^L||19610403|F`
	obr = `OBR|1|P-7^EHR|F-9^LAB|24323-8^Comprehensive metabolic panel^LN|||20210304080000-0500|||||||||||||||20210304101000-0500||LAB|F`
)

// message joins segments as the standard wants.
func message(segments ...string) []byte {
	return []byte(strings.Join(segments, "\r") + "\r")
}

// lab is a message of one order with these segments behind OBR.
func lab(segments ...string) []byte {
	return message(append([]string{msh, pid, obr}, segments...)...)
}

// header is an MSH for a type of message.
func header(kind string) string {
	return `MSH|^~\&|LAB|Example Lab|APP|ME|20210304101112-0500||` + kind + `|41|P|2.5.1`
}

// imported is what one file gave.
type imported struct {
	records  []record.Record
	report   record.SourceReport
	subjects []*exchange.Subject
	held     bool
	store    *exchangetest.Memory
}

// bring imports one file under new persons.
func bring(t testing.TB, name string, content []byte) imported {
	t.Helper()
	m := exchangetest.NewMemory()
	b, err := exchange.Import(context.Background(), m, []exchange.Format{hl7v2.Format}, []exchange.Source{exchangetest.Source(name, content)}, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	i := imported{held: b.Held(), subjects: b.Subjects, store: m}
	if i.held {
		if err := b.Assign(context.Background(), exchange.NewPerson); err != nil && !errors.Is(err, exchange.ErrPerson) {
			t.Fatal(err)
		}
	}
	r, err := b.Commit(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	i.records, i.report = m.All(), r.Sources[0]
	if !i.report.Adds() {
		t.Errorf("the receipt does not add up: %+v", i.report)
	}
	return i
}

// of gives the resources of one type.
func of[T record.Resource](i imported) []T {
	var list []T
	for _, r := range i.records {
		if x, ok := r.Resource.(T); ok {
			list = append(list, x)
		}
	}
	return list
}

// one is the only resource of a type.
func one[T record.Resource](t testing.TB, i imported) T {
	t.Helper()
	list := of[T](i)
	if len(list) != 1 {
		t.Fatalf("got %d records of the kind, want 1; issues %v", len(list), i.report.Issues)
	}
	return list[0]
}

// told says whether an issue has these words.
func (i imported) told(words string) bool {
	for _, x := range i.report.Issues {
		if strings.Contains(x.Text, words) {
			return true
		}
	}
	return false
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// shared is a folder of the samples beside the source tree; without them the
// test is skipped.
func shared(t testing.TB, folder string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		p := filepath.Join(dir, "shared", folder)
		if _, err := os.Stat(p); err == nil {
			return p
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Skip("no shared samples beside the source tree")
		}
		dir = up
	}
}
