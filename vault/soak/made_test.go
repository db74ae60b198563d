package soak_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// pick gives one of list.
func pick[T any](rnd *rand.Rand, list ...T) T { return list[rnd.IntN(len(list))] }

// madeID draws an ID from the seed.
func madeID(rnd *rand.Rand) record.ID {
	const letters = "0123456789abcdefghjkmnpqrstvwxyz"
	b := make([]byte, 16)
	for i := range b {
		b[i] = letters[rnd.IntN(len(letters))]
	}
	return record.ID(b)
}

// madeRecords are n made-up facts of an import.
func madeRecords(rnd *rand.Rand, n int, from record.ID, h record.Hash) []record.Record {
	list := make([]record.Record, n)
	for i := range list {
		list[i] = record.Record{ID: madeID(rnd), Person: vaulttest.Person, Recorded: vaulttest.Now, Resource: madeResource(rnd)}
		if from != "" {
			list[i].Provenance = []record.Provenance{{Import: from, Original: h, Format: "made-up", Place: fmt.Sprint("line ", i), Received: vaulttest.Now}}
		}
	}
	return list
}

func madeResource(rnd *rand.Rand) record.Resource {
	n := rnd.IntN(1000)
	words := fmt.Sprintf("made-up %s number %d", pick(rnd, "walnut", "harbour", "lantern", "meadow"), n)
	date := record.At(record.Date(fmt.Sprintf("%04d-%02d-%02d", 1950+rnd.IntN(75), 1+rnd.IntN(12), 1+rnd.IntN(28))))
	concept := record.Concept{Text: words, Coding: []record.Coding{{System: record.LOINC, Code: fmt.Sprint(n, "-1"), Display: words}}}
	switch rnd.IntN(4) {
	case 0:
		return &record.Condition{ClinicalStatus: "active", Code: concept, Onset: date}
	case 1:
		return &record.Immunization{Status: "completed", VaccineCode: concept, Occurrence: date}
	case 2:
		return &record.DocumentReference{Status: "current", Title: words, Section: []record.Section{{Title: words, Text: record.Narrative("<p>" + strings.Repeat(words+" ", rnd.IntN(40)) + "</p>")}}}
	}
	return &record.Observation{Status: "final", Code: concept, Effective: date, Value: record.Value{Quantity: record.Quantity{Value: fmt.Sprint(n), Unit: "mmol/L"}}}
}

// noise is text that does not compress.
func noise(rnd *rand.Rand, size int) string {
	b := make([]byte, size)
	for i := range b {
		b[i] = byte(' ' + rnd.IntN(90))
	}
	return string(b)
}

// rawNoise is not even text: a source may hold anything.
func rawNoise(rnd *rand.Rand, size int) string {
	b := make([]byte, size)
	for i := 0; i+8 <= size; i += 8 {
		binary.LittleEndian.PutUint64(b[i:], rnd.Uint64())
	}
	return string(b)
}

// madeOriginal is a file of an import, of a size where sealing has its edges.
func madeOriginal(rnd *rand.Rand, from record.ID, size int) record.Incoming {
	in := madeOriginalOf([]byte(noise(rnd, size)), from)
	in.Name = fmt.Sprint("made-up ", rnd.IntN(1000), ".txt")
	return in
}

func madeOriginalOf(content []byte, from record.ID) record.Incoming {
	sum := sha256.Sum256(content)
	return record.Incoming{
		Original: record.Original{Hash: record.Hash(hex.EncodeToString(sum[:])), Size: int64(len(content)), MediaType: "text/plain", Import: from, Received: vaulttest.Now},
		Open:     func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil },
	}
}

// madeArchive is a zip archive with the files inside it, which are read from it.
func madeArchive(rnd *rand.Rand, from record.ID, files int) []record.Incoming {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	var inside []record.Incoming
	for n := range files {
		in := madeOriginal(rnd, from, pick(rnd, 1, 1000, 65536, 200_000))
		in.Path = fmt.Sprintf("folder/file %d.txt", n)
		content, err := in.Open()
		if err != nil {
			panic(err) // it is in memory
		}
		w, err := z.Create(in.Path)
		if err == nil {
			_, err = io.Copy(w, content)
		}
		if err != nil {
			panic(err) // a buffer takes all
		}
		inside = append(inside, in)
	}
	z.Close()
	whole := madeOriginalOf(b.Bytes(), from)
	whole.Name = "made-up.zip"
	for n := range inside {
		inside[n].Within = whole.Hash
	}
	return append([]record.Incoming{whole}, inside...)
}

// madeImport is a whole import of the vault's own kind: records, originals and
// the receipt.
func madeImport(rnd *rand.Rand, records int) record.Change {
	id := madeID(rnd)
	c := record.Change{Receipt: &record.Receipt{Import: id, At: vaulttest.Now, Sources: []record.SourceReport{}}}
	for range rnd.IntN(4) {
		in := madeOriginal(rnd, id, pick(rnd, 0, 1, 1000, 65535, 65536, 65537, 300_000, 1_500_000))
		c.Originals = append(c.Originals, in)
		c.Receipt.Sources = append(c.Receipt.Sources, record.SourceReport{Name: in.Name, SHA256: in.Hash, Read: records, Filed: records})
	}
	if rnd.IntN(3) == 0 {
		for _, in := range madeArchive(rnd, id, 1+rnd.IntN(4)) {
			c.Originals = append(c.Originals, in)
			c.Receipt.Sources = append(c.Receipt.Sources, record.SourceReport{Name: in.Name, SHA256: in.Hash})
		}
	}
	h := record.Hash("")
	if len(c.Originals) > 0 {
		h = c.Originals[0].Hash
	}
	c.Put = madeRecords(rnd, records, id, h)
	return c
}

// madeBundle is a FHIR bundle; half of them say what others have said before.
func madeBundle(rnd *rand.Rand, entries int) exchange.Source {
	var b bytes.Buffer
	if err := exchangetest.WriteBundle(&b, entries); err != nil {
		panic(err) // a buffer takes all
	}
	content := b.Bytes()
	if rnd.IntN(2) == 0 {
		content = bytes.ReplaceAll(content, []byte(`"id":"`), fmt.Appendf(nil, `"id":"s%d-`, rnd.IntN(1<<30)))
	}
	return exchangetest.Source("bundle.json", content)
}

// madeDraft is what somebody typed: a word so often that a part of it shows.
func madeDraft(rnd *rand.Rand) []byte {
	return bytes.Repeat([]byte(pick(rnd, "walnut ", "harbour ")), rnd.IntN(2000))
}

// wholeDraft says whether data is a draft as madeDraft gives it.
func wholeDraft(data []byte) bool {
	word, _, _ := bytes.Cut(data, []byte(" "))
	return len(data)%(len(word)+1) == 0 && bytes.Equal(bytes.Repeat(append(word, ' '), len(data)/(len(word)+1)), data)
}
