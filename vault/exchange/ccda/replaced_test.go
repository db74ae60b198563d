package ccda_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/carnet-phr/carnet/vault/exchange/ccda"
	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
	"github.com/carnet-phr/carnet/vault/record"
)

func TestHazard46Replaces(t *testing.T) {
	const parent = `<parentDocument><id root="1.2.3.4" extension="doc-0"/><setId root="1.2.3" extension="s"/><versionNumber value="2"/></parentDocument>`
	own := record.Identifier{System: "urn:oid:1.2.3.4", Value: "doc-1"}
	set := func(n string) record.Identifier {
		return record.Identifier{System: "urn:oid:1.2.3", Value: "s version " + n}
	}
	for _, tt := range []struct {
		name, related, replaces string
		want                    []record.Identifier
	}{
		{"none", "", "1.2.3^s version 2", []record.Identifier{own, set("3")}},
		{"replaces", `<relatedDocument typeCode="RPLC">` + parent + `</relatedDocument>`, "1.2.3.4^doc-0,1.2.3^s version 2", []record.Identifier{own, set("3")}},
		{"adds", `<relatedDocument typeCode="APND">` + parent + `</relatedDocument>`, "1.2.3^s version 2", []record.Identifier{own, set("3")}},
		{"another form", `<relatedDocument typeCode="XFRM">` + parent + `</relatedDocument>`, "1.2.3^s version 2", []record.Identifier{own, set("3")}},
	} {
		doc := strings.Replace(string(document()), "<component>", tt.related+"<component>", 1)
		doc = strings.Replace(doc, "<recordTarget>", `<setId root="1.2.3" extension="s"/><versionNumber value="3"/><recordTarget>`, 1)
		for _, r := range bring(t, "x.xml", []byte(doc)).records {
			d, ok := r.Resource.(*record.DocumentReference)
			if !ok {
				continue
			}
			if s := r.Source(); !slices.Equal(s.Identifiers, tt.want) || s.Version != "2021-03-04T10:30-05:00" || strings.Join(d.Replaces, ",") != tt.replaces || d.Status != "current" {
				t.Errorf("%s: got %v of %s, replaces %v", tt.name, s.Identifiers, s.Version, d.Replaces)
			}
			if said := strings.Contains(d.Description, "doc-0"); said != (tt.name == "adds" || tt.name == "another form") {
				t.Errorf("%s: got %q", tt.name, d.Description)
			}
		}
	}
}

// A document that another one replaces is history, with all that it alone states,
// whichever of the two comes first.
func TestHazard46ReplacedDocumentIsHistory(t *testing.T) {
	allergies := sec("48765-2", "Penicillin", concernOf("active", allergyOf("", "")))
	problems := sec("11450-4", "x", concernOf("active", strings.Replace(problemOf("", `<low value="2021"/>`, ""), "<code", `<id root="1.2.3" extension="p1"/><code`, 1)))
	old := document(allergies, problems)
	newer := strings.NewReplacer(`extension="doc-1"`, `extension="doc-2"`, "202103041030-0500", "202103051030-0500", "<component><structuredBody>", `<relatedDocument typeCode="RPLC"><parentDocument><id root="1.2.3.4" extension="doc-1"/></parentDocument></relatedDocument><component><structuredBody>`).Replace(string(document(problems)))
	for name, files := range map[string][][]byte{"in order": {old, []byte(newer)}, "the newer one first": {[]byte(newer), old}} {
		m := exchangetest.NewMemory()
		for n, content := range files {
			exchangetest.Import(t, m, ccda.Format, fmt.Sprintf("%d.xml", n), content)
		}
		standing := map[string]record.Standing{}
		for _, r := range m.All() {
			title := r.Summary().Title
			if d, ok := r.Resource.(*record.DocumentReference); ok {
				title = fmt.Sprint("document, replaces ", len(d.Replaces))
			}
			standing[title] = r.Summary().Standing
		}
		for title, want := range map[string]record.Standing{"document, replaces 0": record.Replaced, "document, replaces 1": record.Current, "Penicillin": record.Replaced, "Pneumonia": record.Current} {
			if standing[title] != want {
				t.Errorf("%s: %s is %q, want %q", name, title, standing[title], want)
			}
		}
	}
}

// An id that a writer gives to every entry names none of them.
func TestHazard34IdentifierOfManyEntries(t *testing.T) {
	one := func(value, time string) string {
		return strings.Replace(resultOf(`<value xsi:type="PQ" value="`+value+`" unit="mmol/L"/>`, ""), `<code code="2823-3"`, `<id root="1.2.3" extension="same"/><code code="2823-3"`, 1)
	}
	for _, tt := range []struct {
		name, a, b string
		want       int
	}{{"two readings", one("4.1", ""), one("4.7", ""), 0}, {"one reading twice", one("4.1", ""), one("4.1", ""), 1}} {
		for _, r := range bringDoc(t, sec("30954-2", "x", batteryOf(tt.a, tt.b))).records {
			if got := len(r.Source().Identifiers); r.Resource.Kind() == record.KindObservation && got != tt.want {
				t.Errorf("%s: got %d identifiers, want %d", tt.name, got, tt.want)
			}
		}
	}
}
