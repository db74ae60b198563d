package disclose_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/carnet-phr/carnet/vault/disclose"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheettest"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/wrap"
)

// ledger keeps what is written down, or cannot.
type ledger struct {
	events []record.Record
	err    error
}

func (l *ledger) Commit(_ context.Context, c record.Change) error {
	if l.err == nil {
		l.events = append(l.events, c.Put...)
	}
	return l.err
}

// six is a generated passphrase.
const six = "gimeti bonuri sefapu kolami tunabe dorive"

func plan(t *testing.T, l *sheettest.Library, req disclose.Request) *disclose.Plan {
	t.Helper()
	req.Scope.Person = l.Person
	p, err := disclose.New(t.Context(), l, req, sheettest.Made, "test")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAPackageLeavesAndIsWrittenDown(t *testing.T) {
	for _, kind := range []wrap.Kind{wrap.None, wrap.Zip, wrap.Age, wrap.Page} {
		l := sheettest.Realistic()
		req := disclose.Request{Scope: exchange.Scope{For: "Dr Haddad"}, Preset: "new-doctor"}
		p, log, dir := plan(t, l, req), &ledger{}, t.TempDir()
		path := filepath.Join(dir, "record"+kind.Ending())
		var lines int
		made, err := p.Make(t.Context(), log, disclose.Delivery{
			Path: path, Protection: wrap.Protection{Kind: kind, Passphrase: []byte(six)}, Formats: formats.All(), Checked: func(handover.Check) { lines++ },
		})
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if lines < 8 || lines != len(made.Checks) {
			t.Errorf("%s: got %d lines of the self-test told of %d, want at least 8 and all", kind, lines, len(made.Checks))
		}
		if len(log.events) != 1 || log.events[0].ID != made.Event || log.events[0].Person != l.Person {
			t.Fatalf("%s: got %d events written down, want one", kind, len(log.events))
		}
		e := log.events[0].Resource.(*record.AuditEvent)
		if e.Recipient != "Dr Haddad" || e.Purpose != "new-doctor" || e.Protection != string(kind) || len(e.Carried) != len(p.Selection.Records) || len(e.Entity) != len(made.Manifest.Files)+1 || e.File != filepath.Base(path) {
			t.Errorf("%s: got the event %+v, which does not tell what left", kind, e)
		}
		of := path
		if kind == wrap.None {
			of = filepath.Join(path, handover.ManifestName)
		}
		b, err := os.ReadFile(of)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(b); record.Hash(hex.EncodeToString(sum[:])) != e.SHA256 || made.SHA256 != e.SHA256 {
			t.Errorf("%s: the hash written down is not that of the package", kind)
		}
		if left, _ := os.ReadDir(dir); len(left) != 1 {
			t.Errorf("%s: got %d entries in the folder, want the package alone", kind, len(left))
		}
	}
}

func TestNothingIsLeftOfAPackageThatFails(t *testing.T) {
	l := sheettest.Realistic()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	full := errors.New("the vault is full")
	for name, c := range map[string]struct {
		ctx        context.Context
		log        *ledger
		protection wrap.Protection
		taken      bool
		want       error
	}{
		"cancelled":        {ctx: ended, log: &ledger{}, protection: wrap.Protection{Kind: wrap.Zip, Passphrase: []byte(six)}, want: context.Canceled},
		"not written down": {ctx: t.Context(), log: &ledger{err: full}, protection: wrap.Protection{Kind: wrap.Age, Passphrase: []byte(six)}, want: full},
		"folder, the same": {ctx: t.Context(), log: &ledger{err: full}, protection: wrap.Protection{Kind: wrap.None}, want: full},
		"easy to guess":    {ctx: t.Context(), log: &ledger{}, protection: wrap.Protection{Kind: wrap.Page, Passphrase: []byte("password")}, want: wrap.ErrWeak},
		"already there":    {ctx: t.Context(), log: &ledger{}, protection: wrap.Protection{Kind: wrap.None}, taken: true, want: disclose.ErrTaken},
	} {
		dir := t.TempDir()
		path, want := filepath.Join(dir, "package"), 0
		if c.taken {
			want = 1
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, err := plan(t, l, disclose.Request{}).Make(c.ctx, c.log, disclose.Delivery{Path: path, Protection: c.protection, Formats: formats.All()})
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
		if left, _ := os.ReadDir(dir); len(left) != want || len(c.log.events) != 0 {
			t.Errorf("%s: got %d entries and %d events, want %d and none", name, len(left), len(c.log.events), want)
		}
	}
}

// flipping changes one bit on the way to the disk.
type flipping struct {
	w  io.Writer
	at int
}

func (f *flipping) Write(p []byte) (int, error) {
	b := bytes.Clone(p)
	if f.at >= 0 && f.at < len(b) {
		b[f.at] ^= 1
	}
	f.at -= len(b)
	return f.w.Write(b)
}

func TestAPackageDamagedOnItsWayDoesNotLeave(t *testing.T) {
	l := sheettest.Realistic()
	for _, kind := range wrap.Kinds {
		d := disclose.Delivery{Path: filepath.Join(t.TempDir(), "package"), Protection: wrap.Protection{Kind: kind, Passphrase: []byte(six)}, Formats: formats.All()}
		d.Damage(func(w io.Writer) io.Writer { return &flipping{w, 60_000} })
		log := &ledger{}
		if _, err := plan(t, l, disclose.Request{}).Make(t.Context(), log, d); !errors.Is(err, handover.ErrCheck) || len(log.events) != 0 {
			t.Errorf("%s: got %v and %d events, want ErrCheck and none", kind, err, len(log.events))
		}
	}
}

const heldBack = "Chlamydial urethritis"

// leaking holds a problem back and makes a folder.
func leaking(t *testing.T, l *sheettest.Library, list []exchange.Format) (disclose.Package, error) {
	t.Helper()
	held := l.Add(sheettest.Problem(heldBack, "2019"), sheettest.Self()).ID
	l.Add(sheettest.Problem("Gout", "2019"), sheettest.Self())
	p := plan(t, l, disclose.Request{Scope: exchange.Scope{Exclude: []record.ID{held}}})
	return p.Make(t.Context(), &ledger{}, disclose.Delivery{Path: filepath.Join(t.TempDir(), "package"), Protection: wrap.Protection{Kind: wrap.None}, Formats: list})
}

// TestALeakSeededInAnyDocumentIsFound has each format tell of what is held back.
func TestALeakSeededInAnyDocumentIsFound(t *testing.T) {
	if made, err := leaking(t, sheettest.New(&record.Patient{}), formats.All()); err != nil {
		t.Fatalf("nothing was seeded: %v, %+v", err, made.Checks)
	}
	for name, text := range map[string]string{
		"html": "<!--chlamydial\u00a0URETHRITIS-->", "ips": "", "ccda": "", "pdf": "",
	} {
		list := formats.All()
		for i := range list {
			if f := &list[i]; f.Name == name && f.Export != nil {
				export := f.Export
				f.Verify = nil
				f.Export = func(ctx context.Context, w io.Writer, sel exchange.Selection) error {
					if text != "" {
						var b bytes.Buffer
						if err := export(ctx, &b, sel); err != nil {
							return err
						}
						_, err := io.WriteString(w, strings.Replace(b.String(), "</body>", text+"</body>", 1))
						return err
					}
					sel.Records = slices.Clone(sel.Records) // others read it at the same time
					for i := range sel.Records {            // the format takes the record that was held back
						if c, ok := sel.Records[i].Resource.(*record.Condition); ok {
							told := *c
							told.Code.Text = heldBack
							sel.Records[i].Resource = &told
						}
					}
					return export(ctx, w, sel)
				}
			}
		}
		_, err := leaking(t, sheettest.New(&record.Patient{}), list)
		if !errors.Is(err, handover.ErrCheck) || !strings.Contains(fmt.Sprint(err), "found in ") {
			t.Errorf("seeded in %s: got %v, want it found", name, err)
		}
		if strings.Contains(strings.ToLower(fmt.Sprint(err)), "chlamyd") {
			t.Errorf("seeded in %s: the error tells what is held back", name)
		}
	}
}

// TestALeakSeededInAnyFileIsFound has an original, of which nobody knew it, tell
// of what is held back.
func TestALeakSeededInAnyFileIsFound(t *testing.T) {
	wide := func(s string) []byte {
		b := []byte{0xFF, 0xFE}
		for _, u := range utf16.Encode([]rune(s)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return b
	}
	inside := base64.StdEncoding.EncodeToString([]byte("Diagnosis: chlamydial urethritis."))
	for name, content := range map[string][]byte{
		"letter.txt":  []byte("Known for CHLAMYDIAL  URETHRITIS since 2019"),
		"latin.txt":   []byte("Vu pour chlamydial urethritis, trait\xe9"),
		"wide.txt":    wide("Diagnosis: Chlamydial urethritis"),
		"letter.rtf":  []byte(`{\rtf1\ansi Known chlamydial {\b ureth}ritis.}`),
		"page.html":   []byte("<html><body><p>chlamydial <b>ure</b>thritis</p></body></html>"),
		"bundle.json": []byte(`{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"p"}},{"resource":{"resourceType":"DocumentReference","status":"current","subject":{"reference":"Patient/p"},"content":[{"attachment":{"contentType":"text/plain","data":"` + inside + `"}}]}}]}`),
		"letter.zip":  zipped(t, "letter.zip", zipped(t, "letter.txt", []byte("known chlamydial urethritis"))),
		"image.dcm":   tagged("Chlamydial urethritis"),
		"far.txt":     append(bytes.Repeat([]byte("all is well. "), 200_000), "chlamydial urethritis"...),
	} {
		l := sheettest.New(&record.Patient{})
		from := l.File(name, "", content)
		l.Add(sheettest.Problem("Flat feet", "2001"), record.Provenance{Original: from, Asserter: record.ByOrganisation})
		if _, err := leaking(t, l, formats.All()); !errors.Is(err, handover.ErrCheck) || !strings.Contains(fmt.Sprint(err), "found in ") {
			t.Errorf("seeded in %s: got %v, want it found", name, err)
		}
	}
}

func TestWhatTellsOfTheHeldBackLeavesOnlyWhenThePatientSaysSo(t *testing.T) {
	l := sheettest.New(&record.Patient{})
	held := l.Add(sheettest.Problem(heldBack, "2019"), sheettest.Self()).ID
	l.Add(sheettest.Note("Letter", "2020-01-01", "Dr Haddad", "History", "Known "+heldBack+"."), sheettest.Self())
	for _, told := range []bool{false, true} {
		p := plan(t, l, disclose.Request{Scope: exchange.Scope{Exclude: []record.ID{held}}, Told: told})
		_, err := p.Make(t.Context(), &ledger{}, disclose.Delivery{Path: filepath.Join(t.TempDir(), "package"), Protection: wrap.Protection{Kind: wrap.None}, Formats: formats.All()})
		if told && err != nil || !told && !errors.Is(err, disclose.ErrMentions) {
			t.Errorf("allowed %v: got %v", told, err)
		}
	}
}

// What is looked at before it leaves is what leaves, and is written down nowhere.
func TestWhatIsLookedAtIsWhatLeaves(t *testing.T) {
	l := sheettest.Realistic()
	req := disclose.Request{Scope: exchange.Scope{For: "Dr Haddad"}, Preset: "new-doctor"}
	p, log, dir := plan(t, l, req), &ledger{}, t.TempDir()
	var print bytes.Buffer
	if err := p.Print(t.Context(), formats.All(), &print); err != nil {
		t.Fatal(err)
	}
	tried, err := p.Try(t.Context(), disclose.Delivery{Path: filepath.Join(dir, "look"), Protection: wrap.Protection{Kind: wrap.None}, Formats: formats.All()})
	if err != nil {
		t.Fatal(err)
	}
	made, err := p.Make(t.Context(), log, disclose.Delivery{Path: filepath.Join(dir, "made"), Protection: wrap.Protection{Kind: wrap.None}, Formats: formats.All()})
	if err != nil {
		t.Fatal(err)
	}
	if len(log.events) != 1 || tried.Event != "" {
		t.Errorf("%d packages are written down, want the one that left", len(log.events))
	}
	for _, name := range []string{"Summary.pdf", "START-HERE.html"} {
		a, err := os.ReadFile(filepath.Join(tried.Path, name))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(made.Path, name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s that is looked at is not the one that leaves", name)
		}
		if name == "Summary.pdf" && !bytes.Equal(b, print.Bytes()) {
			t.Error("the pages that are looked at are not those that leave")
		}
	}
	if err := p.Print(t.Context(), nil, &print); err == nil {
		t.Error("without a format for it, a page to print was made")
	}
}
