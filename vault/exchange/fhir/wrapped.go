package fhir

import (
	"bytes"
	"crypto/sha256"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Other personal health records export FHIR resources in wrappers of their own:
//
//   - Fasten: {"providers":[{"name":…,"fhir":{"Patient":[…],"Observation":[…]}}]}
//     (https://github.com/fastenhealth/fasten-onprem/issues/207)
//   - Mere Medical, a dump of its database: {"collections":[{"name":
//     "clinical_documents","docs":[{"connection_record_id":…,"data_record":
//     {"raw":{"resource":…,"fullUrl":…}}}]}]}
//     (https://github.com/cfu288/mere-medical, ClinicalDocument.type.ts)
//
// Each provider or connection is a server of its own: its "Patient/1" is not
// that of another one. Full URLs that begin with this scheme tell them apart
// inside the file; they identify nothing outside it.
const wrappedScheme = "wrapped:"

// wrapper reads the member of a document's object that holds a wrapper's
// resources; false when it is none of them.
func (s *stream) wrapper(name, typ string) (bool, error) {
	if typ != "" || s.dec.PeekKind() != '[' {
		return false, nil
	}
	var read func(string) error
	switch name {
	case `"providers"`:
		read = s.provider
	case `"collections"`:
		read = s.collection
	default:
		return false, nil
	}
	s.head = append(s.head, `:[],`...)
	return true, s.array("/"+strings.Trim(name, `"`), read)
}

// array reads the items of an array one by one, without holding them.
func (s *stream) array(pointer string, each func(pointer string) error) error {
	if _, err := s.dec.ReadToken(); err != nil {
		return s.syntax(err)
	}
	for n := 0; s.dec.PeekKind() != ']'; n++ {
		if n%64 == 0 && s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		if n >= entriesLimit {
			return s.limit("more than 500,000 entries in one file")
		}
		if err := each(pointer + "/" + itoa(n)); err != nil {
			return err
		}
	}
	_, err := s.dec.ReadToken()
	return s.syntaxOrNil(err)
}

func (s *stream) syntaxOrNil(err error) error {
	if err != nil {
		return s.syntax(err)
	}
	return nil
}

// members reads the members of an object one by one; each must read the value,
// which may be of any kind. What is no object is passed over.
func (s *stream) members(each func(name string) error) error {
	if s.dec.PeekKind() != '{' {
		return s.syntaxOrNil(s.dec.SkipValue())
	}
	if _, err := s.dec.ReadToken(); err != nil {
		return s.syntax(err)
	}
	for s.dec.PeekKind() != '}' {
		name, err := s.dec.ReadToken()
		if err != nil {
			return s.syntax(err)
		}
		if err := each(name.String()); err != nil {
			return err
		}
	}
	_, err := s.dec.ReadToken()
	return s.syntaxOrNil(err)
}

// provider reads one provider of a Fasten export.
func (s *stream) provider(pointer string) error {
	scope := wrappedScheme + strings.TrimPrefix(pointer, "/") + "/"
	return s.members(func(name string) error {
		if name != "fhir" || s.dec.PeekKind() != '{' {
			return s.syntaxOrNil(s.dec.SkipValue())
		}
		return s.members(func(typ string) error {
			if s.dec.PeekKind() != '[' {
				return s.syntaxOrNil(s.dec.SkipValue())
			}
			return s.list(pointer+"/fhir/"+told(typ), func(v value, at string) error {
				return s.im.wrapped(v, at, scope)
			})
		})
	})
}

// told is a name that may be told in a place: that of a resource type.
func told(typ string) string {
	if typ == "" || !typeName(typ) {
		return "?"
	}
	return typ
}

// wrapped reads a resource, or the wrapper that holds it under "resource" or
// "resource_raw", of the server that scope stands for.
func (im *importer) wrapped(v value, pointer, scope string) error {
	for _, name := range []string{"resource_raw", "resource"} {
		if inner := v.Get(name); inner.Kind() == '{' && v.TextOf("resourceType") == "" {
			v, pointer = inner, pointer+"/"+name
		}
	}
	at := resourceAt{pointer: pointer}
	if typ, id := v.TextOf("resourceType"), v.TextOf("id"); id != "" {
		at.fullURL = scope + typ + "/" + id
	}
	if im.entryCount++; im.entryCount > entriesLimit {
		im.refuse(pointer, "more than 500,000 entries in one file; this one and those behind it were not read")
		return nil
	}
	im.inDocument++
	if im.repeated(v) {
		im.note(pointer, exchange.Absorbed, told(v.TextOf("resourceType")), record.Information, "")
		return nil
	}
	return im.resource(v, at)
}

// repeated says whether the same resource, byte for byte, stood in the file
// before: wrappers list it under each provider that knows it.
func (im *importer) repeated(v value) bool {
	if v.TextOf("id") == "" {
		return false
	}
	if im.read == nil {
		im.read = map[[sha256.Size]byte]bool{}
	}
	sum := sha256.Sum256(v.Raw())
	again := im.read[sum]
	im.read[sum] = true
	return again
}

// clinicalDocuments is the collection of Mere Medical that holds the record.
const clinicalDocuments = "clinical_documents"

// collection reads one collection of a Mere Medical export. Those besides the
// clinical documents are accounts, connections and settings.
func (s *stream) collection(pointer string) error {
	name := ""
	return s.members(func(member string) error {
		switch {
		case member == "name" && s.dec.PeekKind() == '"':
			tok, err := s.dec.ReadToken()
			if err == nil {
				name = tok.String()
			}
			return s.syntaxOrNil(err)
		case member == "docs" && s.dec.PeekKind() == '[' && name == clinicalDocuments:
			s.im.seen = true
			return s.list(pointer+"/docs", s.im.clinicalDocument)
		case member == "docs":
			s.im.administrative(pointer+"/docs", "collection of accounts and settings")
		}
		return s.syntaxOrNil(s.dec.SkipValue())
	})
}

// clinicalDocument reads one document of Mere Medical.
func (im *importer) clinicalDocument(v value, pointer string) error {
	data := v.Get("data_record")
	raw := data.Get("raw")
	pointer += "/data_record/raw"
	scope := wrappedScheme + strings.ReplaceAll(v.TextOf("connection_record_id"), "/", "") + "/"
	switch {
	case v.Get("_deleted").Kind() == 't':
		im.keep(pointer, "Document", "the source marks it as deleted")
	case raw.Kind() == '"':
		im.text(v, raw, pointer)
	case raw.Kind() != '{':
		im.refuse(pointer, "not a FHIR resource: not an object")
	default:
		return im.wrappedAt(raw, pointer, scope)
	}
	return nil
}

// wrappedAt is wrapped with the full URL that stands beside the resource, where
// that is one.
func (im *importer) wrappedAt(raw value, pointer, scope string) error {
	if u := raw.Get("fullUrl").First().Text(); raw.Get("resource").Kind() == '{' && serverOf(u) != "" {
		im.inDocument++
		return im.resource(raw.Get("resource"), resourceAt{pointer: pointer + "/resource", fullURL: u})
	}
	return im.wrapped(raw, pointer, scope)
}

// text files a document that is carried as its own text: a C-CDA of the portal.
func (im *importer) text(v, raw value, pointer string) {
	im.seen = true
	content := []byte(raw.Text())
	title := v.Path("metadata", "display_name").Text()
	kept, err := im.sink.Attach(title, trusted(v.Path("data_record", "content_type").Text(), content), bytes.NewReader(content))
	if err != nil {
		im.refuse(pointer, "the content could not be kept; it is too large")
		return
	}
	offset, length := im.span(raw)
	d := newDraft(draft{document: len(im.starts) - 1, pointer: pointer, typ: "DocumentReference", self: &target{typ: "DocumentReference"}})
	d.resource = &record.DocumentReference{Title: title, Content: []record.Attachment{kept}}
	d.provenance.Span = record.Span{Offset: offset, Length: length}
	im.drafts = append(im.drafts, d)
	exchange.Offer(im.sink, kept)
	im.remark(pointer, "a document inside; where it is a clinical document, what it states is read from it")
}

// wrapper finds out from the names of members whether a file wraps resources.
type wrapper struct {
	dec        *jsontext.Decoder
	collection string // index of the collection of clinical documents
}

// tells says whether a member of that name, which was just read, may be where a
// resource's type stands, and notes what a collection is called.
func (w *wrapper) tells(name string) bool {
	if name != "name" {
		return name == "resourceType" || name == "raw"
	}
	p := strings.Split(string(w.dec.StackPointer()), "/")
	if len(p) == 4 && p[1] == "collections" && w.dec.PeekKind() == '"' {
		if value, err := w.dec.ReadToken(); err == nil && value.String() == clinicalDocuments {
			w.collection = p[2]
		}
	}
	return false
}

// wraps says whether a JSON pointer into the head of a file is where a wrapper
// has the first type of a resource.
func (w *wrapper) wraps(pointer jsontext.Pointer) bool {
	p := strings.Split(string(pointer), "/")
	switch {
	case len(p) == 7 && p[1] == "providers":
		return p[3] == "fhir" && p[6] == "resourceType"
	case len(p) == 7 && p[1] == "collections":
		return p[2] == w.collection && p[3] == "docs" && p[5] == "data_record" && p[6] == "raw"
	}
	return false
}
