package xdm_test

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/xdm"
	"github.com/carnet-phr/carnet/vault/record"
)

// made is a small document; made up, like all here.
const made = `<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>Made-up summary</title></ClinicalDocument>`

func sum(s string) string {
	h := sha1.Sum([]byte(s))
	return hex.EncodeToString(h[:])
}

func slot(name string, values ...string) string {
	s := `<rim:Slot name="` + name + `"><rim:ValueList>`
	for _, v := range values {
		s += "<rim:Value>" + v + "</rim:Value>"
	}
	return s + "</rim:ValueList></rim:Slot>"
}

// document is one entry of a list.
func document(id string, inside ...string) string {
	return `<rim:ExtrinsicObject id="` + id + `" mimeType="text/xml" status="urn:oasis:names:tc:ebxml-regrep:StatusType:Approved">` + strings.Join(inside, "") + `</rim:ExtrinsicObject>`
}

// of is an entry that agrees with a file.
func of(id, uri, content string, more ...string) string {
	return document(id, append([]string{slot("URI", uri), slot("size", fmt.Sprint(len(content))), slot("hash", sum(content))}, more...)...)
}

func list(objects ...string) string {
	return `<lcm:SubmitObjectsRequest xmlns:lcm="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0" xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0"><rim:RegistryObjectList>` + strings.Join(objects, "") + `</rim:RegistryObjectList></lcm:SubmitObjectsRequest>`
}

// indexed gives the index of files.
func indexed(t testing.TB, files map[string]string) *exchange.Index {
	t.Helper()
	tree := exchange.Tree{Name: "made.zip"}
	in := fstest.MapFS{}
	for name, content := range files {
		in[name] = &fstest.MapFile{Data: []byte(content)}
		tree.Names = append(tree.Names, name)
	}
	slices.Sort(tree.Names)
	tree.FS = onlyListed{in, t}
	i, err := xdm.Format.Index(t.Context(), tree)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// onlyListed is a file system that fails the test when a name outside of it is
// opened.
type onlyListed struct {
	fstest.MapFS
	t testing.TB
}

func (o onlyListed) Open(name string) (fs.File, error) {
	if o.MapFS[name] == nil {
		o.t.Errorf("a name that is not in the tree was opened")
	}
	return o.MapFS.Open(name)
}

// texts are the words of issues.
func texts(issues []record.Issue) string {
	var out []string
	for _, i := range issues {
		out = append(out, string(i.Severity)+": "+i.Text)
	}
	return strings.Join(out, "; ")
}

const (
	root = "IHE_XDM/SUBSET01/"
	meta = root + "METADATA.XML"
)

func TestListAgrees(t *testing.T) {
	person := slot("sourcePatientId", "7^^^&amp;1.2.3&amp;ISO") + slot("sourcePatientInfo", "PID-3|7^^^&amp;1.2.3&amp;ISO", "PID-5|Testperson^Ada^B.^^Dr.", "PID-7|19610403000000", "PID-8|F", "PID-11|1 Road^^Town^ST^12345^US")
	title := `<rim:Name><rim:LocalizedString value="  Visit   summary "/></rim:Name>`
	for name, files := range map[string]map[string]string{
		"as the standard has it": {meta: list(of("d1", "DOC0001.XML", made, person, title, slot("creationTime", "20210304153000"))), root + "DOC0001.XML": made},
		"names in small letters": {strings.ToLower(meta): list(of("d1", "DOC0001.XML", made, person, title, slot("creationTime", "20210304153000"))), strings.ToLower(root) + "doc0001.xml": made},
		"another folder around":  {"Download/" + meta: list(of("d1", "DOC0001.XML", made, person, title, slot("creationTime", "20210304153000"))), "Download/" + root + "DOC0001.XML": made},
		"only the inner folder":  {"METADATA.XML": list(of("d1", "DOC0001.XML", made, person, title, slot("creationTime", "20210304153000"))), "DOC0001.XML": made},
		"in an inner folder":     {meta: list(of("d1", "docs/DOC%200001.XML", made, person, title, slot("creationTime", "20210304153000"))), root + "docs/DOC 0001.XML": made},
		"URI in parts":           {meta: list(document("d1", slot("URI", "2|0001.XML", "1|DOC"), slot("size", fmt.Sprint(len(made))), slot("hash", strings.ToUpper(sum(made))), person, title, slot("creationTime", "20210304153000"))), root + "DOC0001.XML": made},
	} {
		t.Run(name, func(t *testing.T) {
			i := indexed(t, files)
			if i == nil || len(i.Issues) > 0 || len(i.Members) != 2 {
				t.Fatalf("got %+v", i)
			}
			for name, m := range i.Members {
				if strings.Contains(strings.ToLower(name), "metadata") {
					if m.Skip == "" || m.Outcome != exchange.Administrative {
						t.Errorf("the list itself: got %+v", m)
					}
					continue
				}
				if m.Skip != "" || len(m.Issues) > 0 || m.Title != "Visit summary" || m.Date != "2021-03-04T15:30:00Z" {
					t.Errorf("got %+v", m)
				}
				p := m.Patient
				if p == nil || p.DisplayName() != "Dr. Ada B. Testperson" || p.BirthDate != "1961-04-03" || p.Gender != "female" || p.Address[0].City != "Town" {
					t.Errorf("got patient %+v", p)
				}
				if want := (record.Identifier{System: "urn:oid:1.2.3", Value: "7"}); !slices.Equal(m.Identifiers, []record.Identifier{want}) {
					t.Errorf("got %v, want %v", m.Identifiers, want)
				}
			}
		})
	}
}

func TestListDisagrees(t *testing.T) {
	for _, tt := range []struct {
		name, list  string
		whole, file string // what is told of the whole and of the document
	}{
		{"another checksum", list(document("d", slot("URI", "DOC.XML"), slot("size", fmt.Sprint(len(made))), slot("hash", sum("x")))), "", "warning: the file differs"},
		{"another size", list(document("d", slot("URI", "DOC.XML"), slot("size", "1"), slot("hash", sum(made)))), "", "warning: the file differs"},
		{"a size that is none", list(document("d", slot("URI", "DOC.XML"), slot("size", "x"), slot("hash", sum(made)))), "", "warning: the file differs"},
		{"no checksum", list(document("d", slot("URI", "DOC.XML"))), "", "information: its list of documents gives no checksum"},
		{"another kind", strings.Replace(list(of("d", "DOC.XML", made)), "text/xml", "application/pdf", 1), "", "warning: the file is of another kind"},
		{"absent", list(of("a", "DOC.XML", made), of("b", "GONE.XML", made)), "warning: the list names a document that is not among the files", ""},
		{"no name", list(document("a"), of("b", "DOC.XML", made)), "warning: the list has a document without a file name", ""},
		{"out of the folder", list(of("a", "../../../../etc/passwd", made), of("b", "DOC.XML", made)), "warning: the list names a document outside", ""},
		{"out, hidden", list(of("a", "%2e%2e/%2e%2e/%2e%2e/%2e%2e/x", made), of("b", "DOC.XML", made)), "warning: the list names a document outside", ""},
		{"out with backslashes", list(of("a", `..\..\..\x`, made), of("b", "DOC.XML", made)), "warning: the list names a document outside", ""},
		{"absolute", list(of("a", "/etc/passwd", made), of("b", "DOC.XML", made)), "warning: the list names a document outside", ""},
		{"on another computer", list(of("a", "https://127.0.0.1/x", made), of("b", "DOC.XML", made)), "warning: the list names a document outside", ""},
		{"itself", list(of("a", "METADATA.XML", made), of("b", "DOC.XML", made)), "warning: its list of documents names it twice", ""},
		{"twice", list(of("a", "DOC.XML", made), of("b", "doc.xml", made)), "", "warning: its list of documents names it twice"},
		{"replaced", list(of("a", "DOC.XML", made), `<rim:Association associationType="urn:ihe:iti:2007:AssociationType:RPLC" sourceObject="b" targetObject="a"/>`), "", "warning: its list of documents says that a newer document"},
		{"deprecated", strings.Replace(list(of("a", "DOC.XML", made)), ":Approved", ":Deprecated", 1), "", "warning: its list of documents says that a newer document"},
		{"not in the list", list(), "", "information: it is not in the list"},
		{"a broken list", "<lcm:SubmitObjectsRequest", "warning: the list of documents (IHE XDM) could not be read", ""},
		{"another document", "<x/>", "warning: this is no list of documents", ""},
		{"an entity", `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>`, "warning: the list of documents (IHE XDM) could not be read", ""},
		{"slots without a frame", `<rim:x xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0">` + slot("hash", sum("x")) + `</rim:x>`, "", "warning: the file differs"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			i := indexed(t, map[string]string{meta: tt.list, root + "DOC.XML": made})
			if got := texts(i.Issues); !strings.HasPrefix(got, tt.whole) || (got == "") != (tt.whole == "") {
				t.Errorf("of the whole: got %q, want %q", got, tt.whole)
			}
			m := i.Members[root+"DOC.XML"]
			if got := texts(m.Issues); !strings.HasPrefix(got, tt.file) || (got == "") != (tt.file == "") {
				t.Errorf("of the file: got %q, want %q", got, tt.file)
			}
			if m.Skip != "" {
				t.Error("the document is passed over")
			}
			for _, x := range append(i.Issues, m.Issues...) {
				if strings.Contains(x.Text+x.Place, "passwd") || strings.Contains(x.Text, "127.0.0.1") {
					t.Errorf("an issue quotes the list: %+v", x)
				}
			}
		})
	}
}

func TestFilesAroundTheDocuments(t *testing.T) {
	files := map[string]string{
		meta: list(of("d1", "DOC0001.XML", made, slot("sourcePatientInfo", "PID-5|Testperson^Ada"), `<rim:Name><rim:LocalizedString value="Visit"/></rim:Name>`)), root + "DOC0001.XML": made, root + "STYLE.XSL": "<x/>", root + "DOC0001.HTM": "<html>", root + "PAGE.JS": "x",
		"INDEX.HTM": "<html>", "README - Open for Instructions.TXT": "Open.", "style.css": "x{}", "1 of 1 - My Health Summary.PDF": "%PDF-1.4", "scan.pdf": "%PDF-1.4",
	}
	i := indexed(t, files)
	for name, want := range map[string]string{
		meta: "the list of documents", root + "STYLE.XSL": "a style sheet", root + "PAGE.JS": "a program", "INDEX.HTM": "the portal's page", "README - Open for Instructions.TXT": "the portal's instructions", "style.css": "a style sheet",
	} {
		if m := i.Members[name]; !strings.HasPrefix(m.Skip, want) || m.Outcome != exchange.Administrative {
			t.Errorf("%s: got %+v", name, m)
		}
	}
	for name, title := range map[string]string{"1 of 1 - My Health Summary.PDF": "My Health Summary", root + "DOC0001.HTM": "Visit"} {
		m := i.Members[name]
		if m.Skip != "" || m.Title != title || m.Patient == nil || !strings.Contains(texts(m.Issues), "readable form") {
			t.Errorf("%s: got %+v", name, m)
		}
	}
	if _, known := i.Members["scan.pdf"]; known {
		t.Error("a file that nothing is known of is in the index")
	}
}

func TestTreesWithoutAList(t *testing.T) {
	for name, tt := range map[string]struct {
		files map[string]string
		want  map[string]string
	}{
		"a portal's three forms": {map[string]string{"Summary.xml": made, "Summary.pdf": "%PDF", "Summary.html": "<html>", "CDA.xsl": "<x/>"}, map[string]string{"Summary.pdf": "readable form", "Summary.html": "readable form", "CDA.xsl": "style sheet"}},
		"nothing of ours":        {map[string]string{"a.txt": "x", "b.pdf": "%PDF", "metadata.xml": "<other/>", "site.css": "x"}, nil},
		"another XML":            {map[string]string{"a.xml": "<x/>", "a.pdf": "%PDF"}, nil},
		"nothing":                {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			i := indexed(t, tt.files)
			if tt.want == nil {
				if i != nil {
					t.Errorf("got %+v, want nothing", i)
				}
				return
			}
			for file, want := range tt.want {
				if m := i.Members[file]; !strings.Contains(m.Skip+texts(m.Issues), want) {
					t.Errorf("%s: got %+v", file, m)
				}
			}
			if len(i.Members) != len(tt.want) {
				t.Errorf("got %d members, want %d", len(i.Members), len(tt.want))
			}
		})
	}
}

func classification(scheme, code string, inside ...string) string {
	return `<rim:Classification classificationScheme="` + scheme + `" nodeRepresentation="` + code + `">` + strings.Join(inside, "") + `</rim:Classification>`
}

// TestListSaysWhoAndWhat: author, kind and confidentiality of an entry.
func TestListSaysWhoAndWhat(t *testing.T) {
	called := func(s string) string { return `<rim:Name><rim:LocalizedString value="` + s + `"/></rim:Name>` }
	i := indexed(t, map[string]string{root + "A.PDF": "%PDF-1.4", meta: list(of("d1", "A.PDF", "%PDF-1.4",
		classification("urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d", "", slot("authorPerson", "7^Example^Bea^^^Dr."), slot("authorInstitution", "Made-up Hospital^^^^^&amp;1.2.3&amp;ISO")),
		classification("urn:uuid:f0306f51-975f-434e-a61c-c59651d33983", "18842-5", slot("codingScheme", "2.16.840.1.113883.6.1"), called("Discharge summary")),
		classification("urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a", "Letters", slot("codingScheme", "Made-up classes"), called("Letters")),
		classification("urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f", "R", slot("codingScheme", "2.16.840.1.113883.5.25"), called("Restricted")),
		classification("urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f", "N", slot("codingScheme", "2.16.840.1.113883.5.25")),
	))})
	m := i.Members[root+"A.PDF"]
	if !slices.Equal(m.Author, []string{"Dr. Bea Example"}) || m.Custodian != "Made-up Hospital" {
		t.Errorf("got author %q of %q", m.Author, m.Custodian)
	}
	if m.Type.Code(record.LOINC) != "18842-5" || m.Type.Text != "Discharge summary" || m.Class.Words() != "Letters" {
		t.Errorf("got type %+v, class %+v", m.Type, m.Class)
	}
	want := record.Coding{System: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", Code: "R", Display: "Restricted"}
	if !slices.Equal(m.Security, []record.Coding{want}) {
		t.Errorf("got labels %+v", m.Security)
	}
}
