package hl7v2_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/exchange/hl7v2"
	"github.com/carnet-phr/carnet/vault/record"
)

// drop is a sink that keeps nothing.
type drop struct{ records, issues int }

func (d *drop) Add(record.Record) { d.records++ }

func (d *drop) Attach(string, string, io.Reader) (record.Attachment, error) {
	return record.Attachment{}, nil
}

func (d *drop) Report(exchange.Issue) { d.issues++ }

// manyMessages is a made-up file of laboratory messages.
func manyMessages(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, "MSH|^~\\&|LAB|Example Lab|APP|ME|20210304101112-0500||ORU^R01^ORU_R01|%d|P|2.5.1\r%s\r", i, pid)
		fmt.Fprintf(&b, "OBR|1|P-%d^EHR|F-%d^LAB|57021-8^CBC W Auto Differential panel in Blood^LN|||20210304080000-0500|||||||||57422^Author^Ann^^^^^^AA&1.2.3&ISO^L^^^NPI||||||20210304101000-0500||LAB|F\r", i, i)
		for k := range 20 {
			fmt.Fprintf(&b, "OBX|%d|NM|26453-%d^Erythrocytes [#/volume] in Blood^LN^^^^^^Erythrocytes||4.%02d|10*6/uL^million per microliter^UCUM|4.3 to 6.2|N|||F|||20210304080000-0500|||||20210304100000-0500||||Example Laboratory^^^^^AA&1.2.3&ISO^XX^^^987|2070 Test Park^^Los Angeles^CA^90067^^B|2343242^Knowsalot^Phil^^^Dr.^^^AA&1.2.3&ISO^L^^^DN\r", k+1, k, k)
		}
	}
	return b.Bytes()
}

// BenchmarkImport reads messages of 20 results each: go test -bench Import -run xxx
func BenchmarkImport(b *testing.B) {
	for _, n := range []int{100, 1000} {
		content := manyMessages(n)
		b.Run(fmt.Sprintf("%dkB", len(content)/1000), func(b *testing.B) {
			b.SetBytes(int64(len(content)))
			b.ReportAllocs()
			for b.Loop() {
				d := &drop{}
				if err := hl7v2.Format.Import(context.Background(), exchangetest.Source("x.hl7", content), d); err != nil {
					b.Fatal(err)
				}
				if d.records < 21*n {
					b.Fatalf("%d records", d.records)
				}
			}
		})
	}
}

// BenchmarkParse takes messages apart and makes no records.
func BenchmarkParse(b *testing.B) {
	content := manyMessages(1000)
	b.SetBytes(int64(len(content)))
	for b.Loop() {
		if n, err := hl7v2.Parse(content); err != nil || n != 23_000 {
			b.Fatal(n, err)
		}
	}
}
