package archive_test

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/archive"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

var made = time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)

func write(t testing.TB, v archive.Library, person record.ID) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := archive.Write(t.Context(), &b, v, archive.Options{Person: person, Made: made, Version: "test"}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(t testing.TB, b []byte) *archive.Archive {
	t.Helper()
	a, err := archive.Open(t.Context(), bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func restore(t testing.TB, v *vault.Vault, b []byte, opt exchange.Options) *exchange.Batch {
	t.Helper()
	a := open(t, b)
	originals, err := a.Originals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	receipts, err := a.Imports(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	batch, err := exchange.Restore(t.Context(), v, exchange.Archived{Name: "a", Records: a.Records(t.Context()), Originals: originals, Receipts: receipts, Lacking: a.Contents.Lacking}, opt)
	if err != nil {
		t.Fatal(err)
	}
	return batch
}

// everything is what a vault says of itself.
type everything struct {
	records   map[record.ID]record.Record
	originals map[record.Hash]record.Original
	bytes     map[record.Hash]string
	receipts  map[record.ID]record.Receipt
}

func all(t testing.TB, v *vault.Vault, person record.ID) everything {
	t.Helper()
	e := everything{map[record.ID]record.Record{}, map[record.Hash]record.Original{}, map[record.Hash]string{}, map[record.ID]record.Receipt{}}
	for _, f := range []record.Filter{{Person: person}, {Person: person, Kind: record.KindAuditEvent}} {
		for r, err := range v.Query(t.Context(), f) {
			if err != nil {
				t.Fatal(err)
			}
			e.records[r.ID] = r
		}
	}
	originals, err := v.Originals(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range originals {
		f, _, err := v.OpenOriginal(t.Context(), o.Hash)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(f)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		e.originals[o.Hash], e.bytes[o.Hash] = o, string(b)
	}
	receipts, err := v.Imports(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range receipts {
		e.receipts[r.Import] = r
	}
	return e
}

// filled is a vault with n generated records of every kind, of two people, with
// all that can stand around a record.
func filled(t testing.TB, r *rand.Rand, n int) *vault.Vault {
	t.Helper()
	v := vaulttest.Empty(t)
	g := &generator{r: r}
	people := []record.ID{"persona000000000", "personb000000000"}
	var list []record.Record
	for i, p := range people {
		list = append(list, record.Record{ID: p, Person: p, Resource: &record.Patient{Name: []record.HumanName{{Family: fmt.Sprint("Testperson ", i)}}, BirthDate: "1961-04-12"}})
	}
	content := []string{"", "one", "two\x00\xff", strings.Repeat("three", 30000)}
	var incoming []record.Incoming
	for i, c := range content {
		incoming = append(incoming, original(c, fmt.Sprintf("file %d \u202e.pdf", i)))
	}
	for i := range n {
		kinds := append(append([]record.KindInfo{}, record.Kinds...), record.Ledger...)
		k := kinds[i%len(kinds)]
		res := k.New()
		g.fill(reflect.ValueOf(res).Elem(), 0)
		one := record.Record{ID: record.NewID(), Person: people[r.IntN(2)], Resource: res}
		g.around(&one, k, incoming)
		list = append(list, one)
	}
	receipt := func(id record.ID) *record.Receipt {
		return &record.Receipt{Import: id, At: made.Add(-time.Hour), Sources: []record.SourceReport{{Name: "a\xff.json", SHA256: incoming[1].Hash, Read: 2, Filed: 2, Kinds: map[string]int{"Condition": 2}, People: people, Issues: []record.Issue{}}}, Person: record.ReceiptPerson{ID: people[0]}, People: []record.ReceiptPerson{{ID: people[0]}, {ID: people[1]}}}
	}
	for i, c := range []record.Change{{Put: list, Originals: incoming, Receipt: receipt("import0000000001")}, {Receipt: receipt("import0000000002")}} {
		if err := v.Commit(t.Context(), c); err != nil {
			t.Fatalf("change %d: %v", i, err)
		}
	}
	return v
}

func original(content, name string) record.Incoming {
	sum := sha256.Sum256([]byte(content))
	return record.Incoming{
		Original: record.Original{Hash: record.Hash(hex.EncodeToString(sum[:])), Name: name, MediaType: "application/pdf", Size: int64(len(content)), Import: "import0000000001", Received: made.Add(-time.Minute)},
		Open:     func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil },
	}
}

// generator fills structs with whatever their fields can hold.
type generator struct{ r *rand.Rand }

var texts = []string{"", "plain", "Ärzte und Ω", "a\tb\nc", "broken \xff\xfe bytes", "\ufffd", `\ufffd`, "<b>&amp;</b>", "0.010", "2021-03", "\u2028"}

func (g *generator) fill(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(texts[g.r.IntN(len(texts))])
	case reflect.Bool:
		v.SetBool(g.r.IntN(2) == 0)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(g.r.IntN(1000)))
	case reflect.Uint8:
		v.SetUint(uint64(g.r.IntN(256)))
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(made.Add(time.Duration(g.r.IntN(1e9)))))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && g.r.IntN(3) > 0 {
				g.fill(v.Field(i), depth+1)
			}
		}
	case reflect.Slice:
		if depth > 6 {
			return
		}
		n := g.r.IntN(3)
		if n == 0 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			g.fill(v.Index(i), depth+1)
		}
	case reflect.Pointer:
		if depth > 6 || g.r.IntN(2) == 0 {
			return
		}
		v.Set(reflect.New(v.Type().Elem()))
		g.fill(v.Elem(), depth+1)
	}
}

// around adds sources, remarks, versions and what else stands around a record.
func (g *generator) around(r *record.Record, k record.KindInfo, files []record.Incoming) {
	for range g.r.IntN(3) {
		var p record.Provenance
		g.fill(reflect.ValueOf(&p).Elem(), 0)
		p.Original, p.Import = files[g.r.IntN(len(files))].Hash, "import0000000001"
		if g.r.IntN(2) == 0 {
			p.Said = k.New()
			g.fill(reflect.ValueOf(p.Said).Elem(), 0)
		}
		r.Provenance = append(r.Provenance, p)
	}
	switch g.r.IntN(5) {
	case 0:
		r.Overlay = r.Overlay.With(record.Remark{At: made, Say: record.SayDispute, Text: "no"}).With(record.Remark{At: made.Add(time.Hour), Say: record.SayAnnotate, Text: "note \xff"})
	case 1:
		r.Superseded = &record.Superseded{By: record.NewID(), Why: record.Corrected}
	case 2:
		r.Entered = &record.Entered{Form: "allergy", Version: 2, Act: record.Retract, At: made, Reason: "typo"}
	case 3:
		r.Held = []string{"implicitRules"}
	}
	r.Recorded = made.Add(-time.Duration(g.r.IntN(1000)) * time.Hour)
}

// TestRestoreIsIdentical: whatever a vault holds, its archive gives it back; and
// a second time changes nothing.
func TestRestoreIsIdentical(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			v := filled(t, r, 17*12)
			b := write(t, v, "")
			to := vaulttest.Empty(t)
			batch := restore(t, to, b, exchange.Options{})
			if batch.Held() || batch.Empty() {
				t.Fatalf("held %v, empty %v", batch.Held(), batch.Empty())
			}
			receipt, err := batch.Commit(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			want, got := all(t, v, ""), all(t, to, "")
			same(t, got, want)
			if s := receipt.Sources[0]; !s.Adds() || s.Filed != len(want.records) {
				t.Errorf("counts: %+v", s)
			}
			if !bytes.Equal(write(t, to, ""), b) {
				t.Error("the archive of the new vault is another one")
			}
			to = vaulttest.Reopen(t, to)
			same(t, all(t, to, ""), want)
			if again := restore(t, to, b, exchange.Options{}); !again.Empty() || again.Receipt.Sources[0].Duplicate != len(want.records) {
				t.Errorf("the second time: %+v", again.Receipt.Sources[0])
			}
		})
	}
}

func same(t *testing.T, got, want everything) {
	t.Helper()
	if len(got.records) != len(want.records) || len(got.originals) != len(want.originals) || len(got.receipts) != len(want.receipts) {
		t.Errorf("got %d records, %d originals, %d receipts; want %d, %d, %d", len(got.records), len(got.originals), len(got.receipts), len(want.records), len(want.originals), len(want.receipts))
	}
	for id, w := range want.records {
		if !reflect.DeepEqual(got.records[id], w) {
			t.Errorf("%s %s: got %+v\nwant %+v", w.Resource.Kind(), id, got.records[id], w)
			return
		}
	}
	for h, w := range want.originals {
		if !reflect.DeepEqual(got.originals[h], w) || got.bytes[h] != want.bytes[h] {
			t.Errorf("original: got %+v, want %+v", got.originals[h], w)
		}
	}
	for id, w := range want.receipts {
		if !reflect.DeepEqual(got.receipts[id], w) {
			t.Errorf("receipt: got %+v, want %+v", got.receipts[id], w)
		}
	}
}

// TestOnePerson: the archive of one person holds that person, the files that name
// them, and nothing of anybody else.
func TestOnePerson(t *testing.T) {
	v := filled(t, rand.New(rand.NewPCG(7, 7)), 170)
	b := write(t, v, "persona000000000")
	to := vaulttest.Empty(t)
	if _, err := restore(t, to, b, exchange.Options{}).Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	got, want := all(t, to, ""), all(t, v, "persona000000000")
	if len(got.records) != len(want.records) {
		t.Errorf("got %d records, want %d", len(got.records), len(want.records))
	}
	for id, w := range want.records {
		if !reflect.DeepEqual(got.records[id], w) {
			t.Errorf("%s differs", id)
		}
	}
	if bytes.Contains(b, []byte("personb000000000")) || bytes.Contains(b, []byte("Testperson 1")) {
		t.Error("it tells of the other person")
	}
}

// TestRestoreBesideOthers: a vault that has people is asked first.
func TestRestoreBesideOthers(t *testing.T) {
	b := write(t, filled(t, rand.New(rand.NewPCG(3, 3)), 34), "")
	to := vaulttest.New(t)
	before := all(t, to, "")
	batch := restore(t, to, b, exchange.Options{})
	if !batch.Held() {
		t.Fatal("it was not held")
	}
	if _, err := batch.Commit(t.Context()); !errors.Is(err, exchange.ErrPerson) {
		t.Errorf("got %v, want ErrPerson", err)
	}
	if err := batch.Assign(t.Context(), "persona000000000"); !errors.Is(err, exchange.ErrArchivePerson) {
		t.Errorf("got %v, want ErrArchivePerson", err)
	}
	if err := batch.Assign(t.Context(), exchange.NewPerson); err != nil {
		t.Fatal(err)
	}
	if _, err := batch.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	after := all(t, to, "")
	for id, w := range before.records {
		if !reflect.DeepEqual(after.records[id], w) {
			t.Errorf("%s was changed", id)
		}
	}
}

// TestRestoreOverChanges: the vault's own words stay, remarks of both are kept,
// and a later version of the patient's own entry comes in.
func TestRestoreOverChanges(t *testing.T) {
	const person = "persona000000000"
	condition := func(text string) record.Resource { return &record.Condition{Code: record.Concept{Text: text}} }
	put := func(v *vault.Vault, list ...record.Record) {
		if err := v.Commit(t.Context(), record.Change{Put: list}); err != nil {
			t.Fatal(err)
		}
	}
	root := record.Record{ID: person, Person: person, Resource: &record.Patient{Name: []record.HumanName{{Text: "A"}}}, Recorded: made}
	from := func(place string) record.Provenance {
		return record.Provenance{Original: record.Hash(strings.Repeat("a", 64)), Place: place}
	}
	remark := func(text string, h int) *record.Overlay {
		var o *record.Overlay
		return o.With(record.Remark{At: made.Add(time.Duration(h) * time.Hour), Say: record.SayAnnotate, Text: text})
	}
	one := record.Record{ID: "one0000000000000", Person: person, Resource: condition("old words"), Provenance: []record.Provenance{from("/1")}, Overlay: remark("in the archive", 1), Recorded: made}
	own := record.Record{ID: "own0000000000000", Person: person, Resource: condition("second"), Entered: &record.Entered{Form: "problem", Version: 2, Act: record.Amend, At: made}, Recorded: made}
	from1 := vaulttest.Empty(t)
	put(from1, root, one, own)
	b := write(t, from1, "")

	to := vaulttest.Empty(t)
	one.Resource, one.Overlay, one.Provenance = condition("new words"), remark("in the vault", 2), []record.Provenance{from("/2")}
	own.Resource, own.Entered = condition("first"), &record.Entered{Form: "problem", Version: 1, Act: record.Add, At: made}
	put(to, root, one, own)
	if _, err := restore(t, to, b, exchange.Options{}).Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := all(t, to, "")
	r := got.records["one0000000000000"]
	if r.Resource.Summary().Title != "new words" || len(r.Provenance) != 2 || len(r.Overlay.Remarks) < 2 || r.Provenance[1].Said == nil {
		t.Errorf("got %+v", r)
	}
	if got.records["own0000000000000"].Resource.Summary().Title != "second" {
		t.Error("the later version of an own entry did not come in")
	}
	if !restore(t, to, b, exchange.Options{}).Empty() {
		t.Error("a second time changes something")
	}
}

// TestLacking: an original that cannot be read leaves the rest whole.
func TestLacking(t *testing.T) {
	v := filled(t, rand.New(rand.NewPCG(5, 5)), 17)
	b := write(t, broken{v}, "")
	a := open(t, b)
	list, err := a.Originals(t.Context())
	if err != nil || len(a.Contents.Lacking) != 1 || len(list) != 3 {
		t.Errorf("got %d lacking, %d originals, %v", len(a.Contents.Lacking), len(list), err)
	}
	batch := restore(t, vaulttest.Empty(t), b, exchange.Options{})
	if len(batch.Receipt.Sources[0].Issues) != 1 {
		t.Errorf("got %v", batch.Receipt.Sources[0].Issues)
	}
}

// broken is a vault whose largest original ends in the middle.
type broken struct{ *vault.Vault }

func (b broken) OpenOriginal(ctx context.Context, h record.Hash) (io.ReadCloser, record.Original, error) {
	f, o, err := b.Vault.OpenOriginal(ctx, h)
	if err == nil && o.Size > 1000 {
		f.Close()
		return io.NopCloser(io.MultiReader(strings.NewReader("three"), failing{})), o, nil
	}
	return f, o, err
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("damaged") }

// TestDamaged: no cut and no changed byte of what counts goes unnoticed.
func TestDamaged(t *testing.T) {
	b := write(t, filled(t, rand.New(rand.NewPCG(1, 2)), 17), "")
	sound := len(bytes.TrimRight(b, "\x00"))
	for at := 600; at < sound; at += 997 {
		if _, err := archive.Open(t.Context(), bytes.NewReader(b[:at]), int64(at)); err == nil {
			t.Errorf("cut at %d: no error", at)
		}
	}
	manifest := bytes.LastIndex(b, []byte("# carnet-archive"))
	for at := 512; at < sound; at += 331 {
		if at%512 < 8 && at > manifest-600 {
			continue
		}
		c := bytes.Clone(b)
		c[at] ^= 4
		a, err := archive.Open(t.Context(), bytes.NewReader(c), int64(len(c)))
		if err == nil && !padding(t, b, at) {
			t.Errorf("byte %d changed: no error (%v)", at, a.Contents)
		}
	}
}

// padding says whether a byte is one of a tar that means nothing: behind the end
// of a file, or a field of a header that is not looked at.
func padding(t *testing.T, b []byte, at int) bool {
	t.Helper()
	c := bytes.NewReader(b)
	r := tar.NewReader(c)
	for {
		h, err := r.Next()
		if err != nil {
			return true
		}
		start, _ := c.Seek(0, io.SeekCurrent)
		if at < int(start) {
			return false
		}
		if at < int(start+h.Size) {
			return false
		}
		if at < int((start+h.Size+511)/512*512) {
			return true
		}
	}
}

// TestHostile: nothing but plain files with an archive's names counts.
func TestHostile(t *testing.T) {
	good := write(t, filled(t, rand.New(rand.NewPCG(1, 2)), 17), "")
	for name, h := range map[string]*tar.Header{
		"dots": {Name: "originals/../../x", Typeflag: tar.TypeReg}, "absolute": {Name: "/etc/x", Typeflag: tar.TypeReg}, "other name": {Name: "x.exe", Typeflag: tar.TypeReg},
		"link": {Name: "originals/" + strings.Repeat("0", 64), Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}, "folder": {Name: "originals/", Typeflag: tar.TypeDir},
		"twice": {Name: "README.txt", Typeflag: tar.TypeReg}, "unlisted": {Name: "originals/" + strings.Repeat("0", 64), Typeflag: tar.TypeReg},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			from, to := tar.NewReader(bytes.NewReader(good)), tar.NewWriter(&b)
			for n := 0; ; n++ {
				one, err := from.Next()
				if err != nil {
					break
				}
				if n == 2 {
					if err := to.WriteHeader(h); err != nil {
						t.Fatal(err)
					}
				}
				if err := to.WriteHeader(one); err != nil {
					t.Fatal(err)
				}
				if _, err := io.Copy(to, from); err != nil {
					t.Fatal(err)
				}
			}
			to.Close()
			if _, err := archive.Open(t.Context(), bytes.NewReader(b.Bytes()), int64(b.Len())); err == nil {
				t.Error("no error")
			}
		})
	}
}
