package xdm

import (
	"bytes"
	"io"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// What is told of the files around the documents.
const (
	styleSheet = "a style sheet: it only says how a page looks; it is kept and never run"
	program    = "a program of the portal's page; it is kept and never run"
	schema     = "the description of a file format; it is kept"
	startPage  = "the portal's page of links to its files; it is kept and never shown"
	manual     = "the portal's instructions for its files; they are kept"
	readable   = "the readable form of the same document, of which the coded form lies beside it; kept as it is"
	readables  = "the portal's readable form of the documents beside it; kept as it is"
)

// numbered is how portals name the readable form of what they hand out:
// "1 of 3 - My Health Summary.PDF".
var numbered = regexp.MustCompile(`(?i)^(\d{1,4}) of (\d{1,4}) - (.+)\.(?:pdf|html?|txt|rtf)$`)

// noDocument says why a file is none, by its name; "" when it may be one.
func noDocument(name string) string {
	base := strings.ToLower(path.Base(name))
	switch path.Ext(base) {
	case ".xsl", ".xslt", ".css":
		return styleSheet
	case ".js":
		return program
	case ".dtd", ".xsd":
		return schema
	}
	if base == "metadata.xml" {
		return "a list of documents"
	}
	return ""
}

// portal says of the files around the documents what they are.
func (x *indexer) portal() {
	for _, name := range x.tree.Names {
		if at, in := mediaFolder(name); in && !slices.Contains(x.roots, at) {
			x.roots = append(x.roots, at)
		}
	}
	x.coded()
	for _, name := range x.tree.Names {
		m, known := x.out.Members[name]
		if why := x.around(name); !known && why != "" {
			x.out.Members[name] = exchange.Member{Skip: why, Outcome: exchange.Administrative}
		} else if m.Skip == "" {
			x.pair(name)
		}
	}
}

// around says why a file near the documents is none itself.
func (x *indexer) around(name string) string {
	dir, base := folder(name), strings.ToLower(path.Base(name))
	if why := noDocument(name); why != "" && base != "metadata.xml" && x.near(dir) {
		return why
	}
	if !slices.Contains(x.roots, dir) {
		return ""
	}
	switch {
	case base == "index.htm" || base == "index.html":
		return startPage
	case strings.HasPrefix(base, "readme") && (path.Ext(base) == ".txt" || path.Ext(base) == ".htm" || path.Ext(base) == ".html" || path.Ext(base) == ""):
		return manual
	}
	return ""
}

// near says whether a folder belongs to a portal's download.
func (x *indexer) near(dir string) bool {
	if x.dirs[dir] {
		return true
	}
	for _, root := range x.roots {
		if strings.HasPrefix(dir, root) {
			return true
		}
	}
	return false
}

// coded marks the folders of clinical documents that have a style sheet beside
// them: portals without a list hand those out together.
func (x *indexer) coded() {
	sheets := map[string]bool{}
	for _, name := range x.tree.Names {
		if noDocument(name) == styleSheet {
			sheets[folder(name)] = true
		}
	}
	for _, name := range x.tree.Names {
		if dir := folder(name); sheets[dir] && !x.dirs[dir] && x.isClinical(name) {
			x.dirs[dir] = true
		}
	}
}

// pair finds the coded document of which a file is the readable form: the one of
// the same name beside it, or, of a numbered one, those of the whole download.
func (x *indexer) pair(name string) {
	ext := strings.ToLower(path.Ext(name))
	switch ext {
	case ".pdf", ".htm", ".html", ".txt", ".rtf":
	default:
		return
	}
	stem := strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))
	if xml, ok := x.byFold[stem+".xml"]; ok && x.isClinical(xml) {
		of := x.out.Members[xml]
		x.readable(name, readable, exchange.Member{Title: of.Title, Date: of.Date, Patient: of.Patient, Identifiers: of.Identifiers, Author: of.Author, Custodian: of.Custodian, Type: of.Type, Class: of.Class, Security: of.Security})
		return
	}
	if m := numbered.FindStringSubmatch(path.Base(name)); m != nil && slices.Contains(x.roots, folder(name)) {
		patient, ids := x.onlyPatient()
		x.readable(name, readables, exchange.Member{Title: m[3], Patient: patient, Identifiers: ids, Security: x.labels()})
	}
}

// readable says of a file that it is the readable form of coded documents. What
// a list says of the file itself goes before what is known of those.
func (x *indexer) readable(name, what string, as exchange.Member) {
	if m := x.out.Members[name]; x.listed[name] {
		as = m
	}
	x.out.Members[name] = as
	x.remark(name, record.Information, what)
}

// onlyPatient is whom all documents of the tree are about; nil where they are
// about several, or the lists do not say of each.
func (x *indexer) onlyPatient() (*record.Patient, []record.Identifier) {
	if len(x.about) == 0 {
		return nil, nil
	}
	for _, e := range x.about {
		if !reflect.DeepEqual(e.patient, x.about[0].patient) || !reflect.DeepEqual(e.identifiers, x.about[0].identifiers) {
			return nil, nil
		}
	}
	return x.about[0].patient, x.about[0].identifiers
}

// isClinical looks for a ClinicalDocument at the beginning of a file.
func (x *indexer) isClinical(name string) bool {
	const beginning = 8 << 10 // bytes
	if strings.ToLower(path.Ext(name)) != ".xml" {
		return false
	}
	f, err := x.tree.FS.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, beginning))
	return err == nil && bytes.Contains(bytes.ReplaceAll(head, []byte{0}, nil), []byte("ClinicalDocument"))
}

// labels are those of all documents: the readable form of several is as
// confidential as the most confidential of them.
func (x *indexer) labels() []record.Coding {
	var all []record.Coding
	for _, e := range x.about {
		for _, c := range e.security {
			if !slices.Contains(all, c) {
				all = append(all, c)
			}
		}
	}
	return all
}
