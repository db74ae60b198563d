// Package cmd_test holds the laws of the source tree: who may import whom.
package cmd_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/carnet-phr/carnet/"

type pkg struct {
	ImportPath string
	Imports    []string
	Deps       []string
	CgoFiles   []string
	Standard   bool
}

// law says what the packages under a folder may import directly, besides the
// standard library: own packages by their path in the tree (a trailing "..."
// stands for a whole folder), others by a prefix of their import path.
type law struct {
	folder string
	why    string
	own    []string
	others []string // nil: any
}

var laws = []law{
	{"vault/record", "the record is independent of every format, store and screen", nil, []string{}},
	{"vault/seal", "sealing knows no records", nil, []string{"golang.org/x/", "filippo.io/age", "github.com/trustelem/zxcvbn"}},
	{"vault/seal/aezip", "the archive of WinZip's specification is made of the standard library alone", []string{}, []string{}},
	{"vault/fulltext", "the index of words knows no records, no keys and no files", nil, []string{"golang.org/x/text/", "github.com/blevesearch/snowballstem"}},
	{"vault/container", "what looks into archives knows no records and no formats", nil, []string{"golang.org/x/text/encoding/charmap"}},
	{"vault/clinic", "what the record means is pure functions over records", []string{"vault/record", "vault/clinic/labtest", "vault/clinic/plain", "vault/clinic/ucum"}, []string{}},
	{"vault/clinic/labtest", "the table of tests knows units, and no record", []string{"vault/clinic/ucum"}, []string{}},
	{"vault/clinic/plain", "words for codes know codes and their tables alone", []string{"vault/record", "vault/clinic/labtest"}, []string{}},
	{"vault/overview", "where the vault and what its records mean come together", []string{"vault", "vault/record", "vault/clinic"}, []string{}},
	{"vault/exchange/formats", "the list of formats, and nothing else, knows them all", []string{"vault/exchange/...", "vault/record", "vault/paper"}, []string{}},
	{"vault/exchange/exchangetest/bundle", "the maker of made-up bundles is a test's tool", []string{"vault/exchange/exchangetest"}, nil},
	{"vault/exchange/worker", "what runs tasks in a child knows no format", []string{"vault/exchange", "vault/record"}, []string{"golang.org/x/sys/"}},
	{"vault/exchange/exchangetest", "what every format must pass", []string{"vault/exchange", "vault/record", "vault/container"}, nil},
	{"vault/exchange/office", "office files are archives of XML", []string{"vault/exchange", "vault/record", "vault/container", "vault/exchange/strictxml"}, []string{"golang.org/x/text/encoding"}},
	{"vault/exchange/pdftext", "PDFium is known in one place", []string{"vault/exchange", "vault/record", "vault/paper"}, []string{"github.com/klippa-app/go-pdfium", "github.com/tetratelabs/wazero"}},
	{"vault/exchange/oid", "names of code systems and issuers depend on no format", []string{"vault/record"}, []string{}},
	{"vault/paper", "what is looked at knows neither who reads it nor who shows it", []string{}, []string{}},
	{"vault/imaging", "what an image means knows no files and no codecs", []string{}, []string{}},
	{"vault/imaging/codec", "the list of codecs knows them all", []string{"vault/imaging/..."}, []string{}},
	{"vault/imaging/view", "how images are looked at knows what they mean, and no codec", []string{"vault/imaging"}, []string{"golang.org/x/image/draw"}},
	{"vault/imaging/jpeg2000", "OpenJPEG is known in one place", []string{"vault/imaging"}, []string{"github.com/ebitengine/purego", "golang.org/x/sys/windows"}},
	{"vault/imaging/", "a codec knows how an image is stored, and no other codec", []string{"vault/imaging"}, []string{}},
	{"vault/exchange/dicom", "DICOM has pixels, and what takes them apart", []string{"vault/exchange", "vault/record", "vault/imaging", "vault/imaging/codec"}, nil},
	{"vault/exchange/pdf/bidi", "the direction of text knows characters alone", []string{}, []string{"golang.org/x/text/unicode/bidi"}},
	{"vault/exchange/pdf", "the print draws the sheet, each line in its direction", []string{"vault/exchange", "vault/record", "vault/clinic", "assets", "vault/exchange/handover/sheet", "vault/exchange/pdf/bidi"}, nil},
	{"vault/exchange/handover", "the package holds images with the list that their format writes", []string{"vault/exchange", "vault/record", "vault/exchange/handover/sheet", "vault/exchange/dicom", "vault/exchange/xdm"}, nil},
	{"vault/exchange/readback", "what reads images back knows where they lie and what takes them apart", []string{"vault/exchange", "vault/exchange/dicom", "vault/container", "vault/record"}, []string{}},
	{"vault/exchange/", "a format knows exchange, record, clinic, assets and a parser; never the vault, a screen or a sibling", []string{"vault/exchange", "vault/record", "vault/clinic", "assets", "vault/exchange/strictxml", "vault/exchange/strictjson", "vault/exchange/plaintext", "vault/exchange/oid", "vault/exchange/handover/sheet", "vault/paper"}, nil},
	{"vault/exchange", "the pipeline knows no format and no vault", []string{"vault/record", "vault/container"}, nil},
	{"vault/vaulttest/measure", "what is measured is the real vault", []string{"vault", "vault/record", "vault/vaulttest"}, []string{}},
	{"vault/vaulttest", "the test vault is a real vault", []string{"vault", "vault/record", "vault/seal"}, nil},
	{"vault/backup", "a backup is names, sizes and sealed bytes; it knows no records", []string{"vault/seal"}, []string{"filippo.io/age", "github.com/fxamacker/cbor", "golang.org/x/sys"}},
	{"vault/wrap", "what protects a package knows its files, and neither records nor the vault", []string{"vault/exchange/handover", "vault/record", "vault/seal", "vault/seal/aezip", "assets"}, []string{"codeberg.org/go-pdf/fpdf"}},
	{"vault/disclose", "how a record leaves, for every face alike; it knows no vault, no key and no screen", []string{"vault/exchange", "vault/record", "vault/exchange/handover", "vault/exchange/handover/sheet", "vault/exchange/dicom", "vault/exchange/document", "vault/imaging/view", "vault/paper", "vault/wrap"}, []string{"golang.org/x/text/", "golang.org/x/net/html"}},
	{"vault/arrive", "how files arrive, for every face alike; it knows no format, no key and no screen", []string{"vault/exchange", "vault/archive", "vault/container", "vault/wrap"}, []string{}},
	{"vault/archive", "everything of a vault as plain text and files: it knows records, and no vault, key or format", []string{"vault/record"}, []string{"github.com/go-json-experiment/json"}},
	{"vault/damage", "what every room of the vault says of a file depends on none of them", []string{}, []string{}},
	{"vault/journal", "the journal knows frames, and not what they say", []string{"vault/seal", "vault/damage"}, []string{}},
	{"vault/store", "the store knows keys and values, and not what they say", []string{"vault/seal", "vault/damage"}, []string{"github.com/dgraph-io/badger", "github.com/dgraph-io/ristretto/v2/z"}},
	{"vault", "the vault knows records, sealing, its journal and store, its index of words and copies of sealed files, and no format", []string{"vault/record", "vault/seal", "vault/damage", "vault/journal", "vault/store", "vault/fulltext", "vault/container", "vault/backup"}, nil},
	{"app/widget", "widgets draw what they are given; they never see the vault", []string{"app/widget", "app/ui", "vault/record", "vault/clinic"}, nil},
	{"app/ui", "the ground that screens stand on knows no screen", []string{"vault", "vault/record", "vault/seal", "vault/clinic", "vault/exchange", "vault/imaging", "vault/paper", "assets", "app/widget"}, nil},
	{"app/documents", "documents are looked at, and read elsewhere", []string{"vault", "vault/record", "vault/exchange", "vault/paper", "app/ui", "app/widget"}, nil},
	{"app/imaging", "images are looked at, and read elsewhere", []string{"vault", "vault/record", "vault/exchange", "vault/exchange/readback", "vault/imaging", "vault/imaging/view", "app/ui", "app/widget"}, nil},
	{"app/share", "what leaves is looked at before", []string{"vault", "vault/record", "vault/clinic", "vault/exchange", "vault/exchange/handover", "vault/disclose", "vault/paper", "vault/wrap", "app/ui", "app/widget"}, nil},
	{"app/filechooser", "the system's dialogs are known in one place, which knows no screen", []string{"app/ui"}, []string{"github.com/rymdport/portal", "github.com/ncruces/zenity"}},
	{"app/", "a screen never imports another screen or a format", []string{"vault", "vault/record", "vault/seal", "vault/clinic", "vault/clinic/entry", "vault/overview", "vault/exchange", "vault/exchange/handover", "vault/arrive", "vault/disclose", "vault/wrap", "assets", "app/ui", "app/widget"}, nil},
	{"app", "the window knows its screens", []string{"vault/...", "assets", "app/..."}, nil},
	{"cmd/carnetreader", "the reader is written from FORMAT.md alone: with a package of ours it would prove nothing, and not outlive us", []string{}, []string{"golang.org/x/crypto/", "golang.org/x/text/unicode/norm", "filippo.io/age", "github.com/klauspost/compress/zstd", "github.com/fxamacker/cbor/v2"}},
}

func TestImportLaws(t *testing.T) {
	pkgs := list(t, "./...")
	for _, p := range pkgs {
		path := strings.TrimPrefix(p.ImportPath, module)
		l, ok := lawOf(path)
		if !ok {
			continue
		}
		for _, imp := range p.Imports {
			if !l.allows(imp) {
				t.Errorf("%s imports %s: %s", path, imp, l.why)
			}
		}
	}
}

// lawOf finds the most particular law for a package.
func lawOf(path string) (law, bool) {
	for _, l := range laws {
		if path == l.folder || strings.HasSuffix(l.folder, "/") && strings.HasPrefix(path, l.folder) {
			return l, true
		}
	}
	return law{}, false
}

func (l law) allows(imp string) bool {
	own, isOwn := strings.CutPrefix(imp, module)
	if isOwn {
		for _, a := range l.own {
			if folder, all := strings.CutSuffix(a, "..."); own == a || all && strings.HasPrefix(own+"/", folder) {
				return true
			}
		}
		return false
	}
	if first, _, _ := strings.Cut(imp, "/"); !strings.Contains(first, ".") {
		return true // the standard library
	}
	return l.others == nil || slices.ContainsFunc(l.others, func(o string) bool { return strings.HasPrefix(imp, o) })
}

// rooms are the packages that are there for package vault alone.
var rooms = []string{"vault/damage", "vault/journal", "vault/store"}

// TestOnlyOnePlaceForEach holds what is wanted in one place alone: Badger in
// vault/store, the rooms of the vault behind vault, Fyne's driver in the window's main, no Fyne and
// no cgo under vault.
func TestOnlyOnePlaceForEach(t *testing.T) {
	for _, p := range list(t, "./...") {
		path := strings.TrimPrefix(p.ImportPath, module)
		for _, imp := range p.Imports {
			if strings.HasPrefix(imp, "github.com/dgraph-io/badger") && path != "vault/store" {
				t.Errorf("%s imports Badger: only package vault/store may", path)
			}
			if room, ok := strings.CutPrefix(imp, module); ok && slices.Contains(rooms, room) && path != "vault" && !slices.Contains(rooms, path) {
				t.Errorf("%s imports %s: only package vault may, which vouches for the whole", path, imp)
			}
			if imp == "fyne.io/fyne/v2/app" && path != "cmd/carnet" {
				t.Errorf("%s imports fyne.io/fyne/v2/app: only cmd/carnet may, since it needs cgo and a display", path)
			}
		}
		if strings.HasPrefix(path, "vault") || path == "cmd/carnetctl" {
			for _, d := range p.Deps {
				if strings.HasPrefix(d, "fyne.io/") {
					t.Errorf("%s depends on %s: what is under vault knows no screen", path, d)
				}
			}
		}
		if strings.HasPrefix(p.ImportPath, module) && len(p.CgoFiles) > 0 {
			t.Errorf("%s uses cgo", path)
		}
	}
}

// TestNoNetwork holds the promise that no code of ours opens a connection.
// Fyne and Badger import net/http for ends of their own, which Carnet does not
// use; no package of ours may.
func TestNoNetwork(t *testing.T) {
	for _, p := range list(t, "./...") {
		path := strings.TrimPrefix(p.ImportPath, module)
		for _, imp := range p.Imports {
			if imp == "net" || strings.HasPrefix(imp, "net/") && imp != "net/url" || imp == "crypto/tls" {
				t.Errorf("%s imports %s: Carnet has no network code", path, imp)
			}
		}
	}
}

// TestNames refuses names of packages that say nothing.
func TestNames(t *testing.T) {
	for _, p := range list(t, "./...") {
		for _, part := range strings.Split(strings.TrimPrefix(p.ImportPath, module), "/") {
			switch part {
			case "util", "utils", "helper", "helpers", "common", "manager", "base", "core", "model", "models", "misc":
				t.Errorf("%s: %q says nothing about what is inside", p.ImportPath, part)
			}
		}
	}
}

func list(t *testing.T, pattern string) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-tags", "ci", "-json=ImportPath,Imports,Deps,CgoFiles,Standard", pattern)
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		pkgs = append(pkgs, p)
	}
}
