package handover

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/record"
)

// Manifest is MANIFEST.json: what a package is and holds. Its JSON names are
// part of the package's contract.
type Manifest struct {
	What        string         `json:"what"`
	Format      string         `json:"format"` // "carnet-package 1"
	Generated   string         `json:"generated"`
	Version     string         `json:"version"`
	Person      Person         `json:"person"`
	For         string         `json:"for,omitempty"`
	Period      Period         `json:"period"`
	Scope       []string       `json:"scope,omitempty"` // what limited the selection, in words
	Withheld    string         `json:"withheld,omitempty"`
	Counts      map[string]int `json:"counts"`  // records by kind
	InError     int            `json:"inError"` // left out: their source withdrew them
	NotIncluded []string       `json:"notIncluded"`
	Sources     []Source       `json:"sources"`
	Files       []File         `json:"files"`
	Checks      []Check        `json:"checks"`
}

// Person is whose record it is.
type Person struct {
	Name string      `json:"name"`
	Born record.Date `json:"born,omitempty"`
	Sex  string      `json:"sex,omitempty"`
}

// Period is the first and last clinical day.
type Period struct {
	First record.Date `json:"first,omitempty"`
	Last  record.Date `json:"last,omitempty"`
}

// Source is one numbered source of the entries.
type Source struct {
	Number  int         `json:"number"`
	Name    string      `json:"name"`
	Format  string      `json:"format,omitempty"`
	By      string      `json:"by,omitempty"`
	Entries int         `json:"entries"`
	SHA256  record.Hash `json:"sha256,omitempty"` // of the original, when it is in the package
	File    string      `json:"file,omitempty"`   // its name in the package
}

// File is one file of the package.
type File struct {
	Name   string      `json:"name"`
	What   string      `json:"what"`
	Size   int64       `json:"size"` // bytes
	SHA256 record.Hash `json:"sha256"`
}

func (p *packer) manifest() Manifest {
	first, last := p.sel.Period()
	pat := p.sel.Patient()
	m := Manifest{
		What:        "A copy of a patient's own health record, made by the patient with Carnet for the person named under \"for\". Open START-HERE.html.",
		Format:      "carnet-package 1",
		Generated:   p.sel.Generated.Format("2006-01-02T15:04:05Z07:00"),
		Version:     p.sel.Version,
		Person:      Person{Name: p.sheet.Who.Name, Born: pat.BirthDate, Sex: pat.Gender},
		For:         p.sel.Scope.For,
		Period:      Period{first, last},
		Counts:      map[string]int{},
		InError:     p.sel.InError,
		NotIncluded: append(append([]string{}, p.sheet.Missing...), p.missing...),
		Files:       p.files,
	}
	for _, n := range p.sheet.Notices {
		if n == sheet.WithheldNotice {
			m.Withheld = n
			continue
		}
		m.Scope = append(m.Scope, n)
	}
	for k, n := range p.sel.Counts() {
		m.Counts[string(k)] = n
	}
	for _, s := range p.sheet.Sources {
		x := Source{Number: s.Number, Name: s.Name, Format: s.Format, By: s.By, Entries: s.Records}
		if file := p.stored[string(s.Original)]; file != "" && s.Original != "" {
			x.SHA256, x.File = s.Original, file
		}
		m.Sources = append(m.Sources, x)
	}
	return m
}

// ManifestName is the name of the manifest in its package.
const ManifestName = "MANIFEST.json"

func (p *packer) writeManifest(ctx context.Context, m Manifest) error {
	return p.file(ctx, ManifestName, "", func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(m)
	})
}

func (p *packer) readme(ctx context.Context) error {
	name := "README.txt"
	if p.layout == XDM {
		name = "README.TXT"
	}
	return p.file(ctx, name, "what this is and how to open it", func(w io.Writer) error {
		_, err := io.WriteString(w, strings.ReplaceAll(p.readmeText(), "\n", "\r\n"))
		return err
	})
}

// readmeText is plain and short: it is read before anything opens.
func (p *packer) readmeText() string {
	s := p.sheet
	var b strings.Builder
	line := func(words ...string) { b.WriteString(strings.Join(words, "") + "\n") }
	line("HEALTH RECORD OF ", s.Who.Name, ", born ", s.Who.Birth)
	line("made by the patient on ", s.Made, forWhom(s.For))
	line()
	line("Open START-HERE.html by a double click. It opens in any browser and needs no network.")
	line("Summary.pdf is the same to print; its first page is a summary.")
	if find(Manifest{Files: p.files}, "ips.json") != nil {
		line("ips.json is for your software: an International Patient Summary (HL7 FHIR R4).")
	}
	if find(Manifest{Files: p.files}, "ccd.xml") != nil {
		line("ccd.xml is for your software too: a Continuity of Care Document (HL7 C-CDA R2.1).")
	}
	if len(p.medium.files) > 0 {
		line("dicom holds images and their reports; any DICOM viewer opens the file DICOMDIR in it.")
		line("  Nothing but the preamble of a file, which no viewer reads, was changed.")
	}
	if slices.ContainsFunc(p.files, func(f File) bool { return strings.HasPrefix(f.Name, originals+"/") }) {
		line("originals holds the files as the patient received them, byte for byte.")
		line("  A name that ends in .bin was changed so that nothing starts by accident.")
	}
	line("MANIFEST.json lists every file with its SHA-256.")
	line()
	line("Period: ", s.Period)
	for _, n := range s.Notices {
		line(n)
	}
	for _, n := range append(append([]string(nil), s.Missing...), p.missing...) {
		line("Not included: ", n)
	}
	line()
	line("It repeats what the sources state. It is no medical advice.")
	return b.String()
}

func forWhom(name string) string {
	if name == "" {
		return ""
	}
	return ", for " + name
}
