package xdm

import (
	"fmt"
	"io"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
	"github.com/carnet-phr/carnet/vault/record"
)

// Limits on a list.
const (
	listSize  = 64 << 20 // bytes of one METADATA.XML
	docsLimit = 20_000   // documents of one list
)

// ebRIM is the beginning of every namespace of ebXML RegRep, 2.1 and 3.0.
const ebRIM = "urn:oasis:names:tc:ebxml-regrep:"

// media is the folder of IHE XDM, folded.
const media = "ihe_xdm"

// list reads one METADATA.XML. One outside IHE_XDM that is in no ebRIM is
// another program's and no concern of ours.
func (x *indexer) list(name string) {
	doc, err := x.parse(name)
	at, inMedia := mediaFolder(name)
	switch {
	case err == nil && strings.HasPrefix(doc.Root.Space, ebRIM):
	case !inMedia:
		return
	case err != nil:
		x.told(name, record.Warning, "the list of documents (IHE XDM) could not be read, so the files were not checked against it: "+err.Error())
	default:
		x.told(name, record.Warning, "this is no list of documents of IHE XDM (ebRIM), so the files were not checked against it")
	}
	x.out.Members[name] = exchange.Member{Skip: "the list of documents that lies beside them; it was read to check them", Outcome: exchange.Administrative}
	x.dirs[folder(name)] = true
	if inMedia {
		x.roots = append(x.roots, at)
	}
	if err != nil || !strings.HasPrefix(doc.Root.Space, ebRIM) {
		return
	}
	entries := documents(doc)
	if len(entries) > docsLimit {
		x.told(name, record.Warning, fmt.Sprintf("the list names more than %d documents; the rest were not checked", docsLimit))
		entries = entries[:docsLimit]
	}
	for n, e := range entries {
		if x.ctx.Err() != nil {
			return
		}
		line, _ := doc.Position(e.node.Start)
		e.place = fmt.Sprintf("%s, line %d, document %d", name, line, n+1)
		x.document(name, e, len(entries))
	}
	x.unlisted(name)
}

// mediaFolder is the folder that holds the IHE_XDM of a name, folded, with a
// slash behind.
func mediaFolder(name string) (at string, found bool) {
	folded := "/" + strings.ToLower(name)
	n := strings.LastIndex(folded, "/"+media+"/")
	if n < 0 {
		return "", false
	}
	return folded[1 : n+1], true
}

func (x *indexer) parse(name string) (*strictxml.Document, error) {
	f, err := x.tree.FS.Open(name)
	if err != nil {
		return nil, fmt.Errorf("it cannot be opened: %w", reason(err))
	}
	defer f.Close()
	return strictxml.Parse(io.LimitReader(f, listSize+1), strictxml.Limits{Size: listSize})
}

// documents gives the entries of the list: the ExtrinsicObjects of the
// RegistryObjectList. A list that has slots but no object is met from writers
// that leave the frame away; it speaks of one document.
func documents(doc *strictxml.Document) []entry {
	var found []entry
	replaced := map[string]bool{}
	var walk func(e *strictxml.Element)
	walk = func(e *strictxml.Element) {
		switch {
		case !strings.HasPrefix(e.Space, ebRIM):
		case e.Local == "ExtrinsicObject":
			found = append(found, readEntry(e))
			return
		case e.Local == "Association" && isReplacement(e):
			replaced[e.Get("targetObject")] = true
		}
		for c := range e.Children() {
			walk(c)
		}
	}
	walk(doc.Root)
	if len(found) == 0 && child(doc.Root, "Slot") != nil {
		found = append(found, readEntry(doc.Root))
	}
	for n := range found {
		found[n].replaced = found[n].replaced || found[n].id != "" && replaced[found[n].id]
	}
	return found
}

// isReplacement knows the associations by which a new document takes the place
// of an older one (IHE ITI TF-3, 4.2.2.2.3 and 4.2.2.2.5).
func isReplacement(e *strictxml.Element) bool {
	typ := e.Get("associationType")
	typ = typ[strings.LastIndexByte(typ, ':')+1:]
	return typ == "RPLC" || typ == "XFRM_RPLC"
}

// child is the first child of that name in ebRIM.
func child(e *strictxml.Element, local string) *strictxml.Element {
	for c := range e.Children() {
		if c.Local == local && strings.HasPrefix(c.Space, ebRIM) {
			return c
		}
	}
	return nil
}
