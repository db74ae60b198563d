package xdm

import (
	"bytes"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"io"
	"math/big"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/record"
)

// Set is a submission set that is about to leave: the documents of one folder
// below IHE_XDM (IHE ITI TF-2, 3.32.4.1.2).
type Set struct {
	Title     string
	Made      time.Time
	Person    string // what Carnet calls the patient
	Patient   *record.Patient
	Documents []Document
}

// Document is one of them.
type Document struct {
	URI       string // its name in the folder
	Title     string
	MediaType string
	Type      record.Coding // class and type of the document
	Format    record.Coding // of IHE's format codes
	Size      int64         // bytes
	SHA1      string        // hexadecimal, as XDS has it (IHE ITI TF-3, 4.2.3.2.10)
	Seed      string        // of its unique ID
}

// The identification schemes of XDS (IHE ITI TF-3, 4.2.5.2).
const (
	stableDocument = "urn:uuid:7edca82f-054d-47f2-a032-9b2a5b5186c1"
	documentAuthor = "urn:uuid:93606bcf-9494-43ec-9b4e-a7748d1a838d"
	documentClass  = "urn:uuid:41a5887f-8865-4c09-adf7-e362475b143a"
	documentType   = "urn:uuid:f0306f51-975f-434e-a61c-c59651d33983"
	documentFormat = "urn:uuid:a09d5840-386c-46f2-b5ad-9c3699a4309d"
	documentLabel  = "urn:uuid:f4f85eac-e6cb-4883-b524-f2705394840f"
	documentPlace  = "urn:uuid:f33fb8ac-18af-42cc-ae0e-ed0b0bdb91e1"
	documentField  = "urn:uuid:cccf5598-8b07-4b77-a05e-ae952c785ead"
	documentUnique = "urn:uuid:2e82c1f6-a085-4c72-9da3-8640a32e42ab"
	submissionSet  = "urn:uuid:a54d6aa5-d40d-43f9-88c5-b4633d873bdd"
	setAuthor      = "urn:uuid:a7058bb9-b4e4-4307-ba5b-e3f0ab85e12d"
	setContent     = "urn:uuid:aa543740-bdda-424e-8c96-df4873be8500"
	setUnique      = "urn:uuid:96fdda7c-d067-4183-912e-bf5ee74998a8"
	setSource      = "urn:uuid:554ac39e-e3fe-47fe-b233-965d2a147832"
	setPatient     = "urn:uuid:6b5aea1a-874d-4603-a4bc-96a0a7b38446"
)

// source is the OID of Carnet as a maker of submission sets and of numbers of
// patients: a UUID, fixed for good (ITU-T X.667).
const source = "2.25.212964810362217518431936730954721580911"

// Write writes METADATA.XML: a SubmitObjectsRequest of ebXML RegRep 3.0 (IHE ITI
// TF-3, 4.2). The same set gives the same bytes.
func Write(w io.Writer, s Set) error {
	var b bytes.Buffer
	x := &list{b: &b, set: s}
	b.WriteString(xml.Header)
	b.WriteString(`<lcm:SubmitObjectsRequest xmlns:lcm="urn:oasis:names:tc:ebxml-regrep:xsd:lcm:3.0" xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0">` + "\n<rim:RegistryObjectList>\n")
	for n := range s.Documents {
		x.document(n, s.Documents[n])
	}
	x.submission()
	for n := range s.Documents {
		fmt.Fprintf(&b, `<rim:Association id="as%02d" associationType="urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember" sourceObject="set" targetObject="%s">`, n+1, object(n))
		x.slot("SubmissionSetStatus", "Original")
		b.WriteString("</rim:Association>\n")
	}
	b.WriteString("</rim:RegistryObjectList>\n</lcm:SubmitObjectsRequest>\n")
	_, err := w.Write(b.Bytes())
	return err
}

// list writes the entries; n counts the classifications, which have IDs.
type list struct {
	b   *bytes.Buffer
	set Set
	n   int
}

func object(n int) string { return fmt.Sprintf("doc%02d", n+1) }

func text(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}

func (x *list) slot(name string, values ...string) {
	fmt.Fprintf(x.b, `<rim:Slot name="%s"><rim:ValueList>`, name)
	for _, v := range values {
		x.b.WriteString("<rim:Value>" + text(v) + "</rim:Value>")
	}
	x.b.WriteString("</rim:ValueList></rim:Slot>\n")
}

func (x *list) name(s string) {
	x.b.WriteString(`<rim:Name><rim:LocalizedString value="` + text(s) + `"/></rim:Name>` + "\n")
}

// classify states a code.
func (x *list) classify(of, scheme string, c record.Coding) {
	x.n++
	fmt.Fprintf(x.b, `<rim:Classification id="cl%02d" classificationScheme="%s" classifiedObject="%s" nodeRepresentation="%s">`+"\n", x.n, scheme, of, text(c.Code))
	x.slot("codingScheme", strings.TrimPrefix(c.System, "urn:oid:"))
	x.name(c.Display)
	x.b.WriteString("</rim:Classification>\n")
}

// author says who put it together: the patient.
func (x *list) author(of, scheme string) {
	x.n++
	fmt.Fprintf(x.b, `<rim:Classification id="cl%02d" classificationScheme="%s" classifiedObject="%s" nodeRepresentation="">`+"\n", x.n, scheme, of)
	x.slot("authorPerson", personName(x.set.Patient))
	x.slot("authorRole", "Patient")
	x.b.WriteString("</rim:Classification>\n")
}

func (x *list) external(of, scheme, name, value string) {
	x.n++
	fmt.Fprintf(x.b, `<rim:ExternalIdentifier id="id%02d" registryObject="%s" identificationScheme="%s" value="%s">`, x.n, of, scheme, text(value))
	x.name(name)
	x.b.WriteString("</rim:ExternalIdentifier>\n")
}

func dtm(t time.Time) string { return t.UTC().Format("20060102150405") }

// document writes an XDSDocumentEntry (IHE ITI TF-3, 4.2.3.2).
func (x *list) document(n int, d Document) {
	of := object(n)
	fmt.Fprintf(x.b, `<rim:ExtrinsicObject id="%s" mimeType="%s" objectType="%s" status="urn:oasis:names:tc:ebxml-regrep:StatusType:Approved">`+"\n", of, text(d.MediaType), stableDocument)
	x.slot("creationTime", dtm(x.set.Made))
	x.slot("hash", d.SHA1)
	x.slot("languageCode", "en")
	x.slot("size", fmt.Sprint(d.Size))
	x.slot("sourcePatientId", x.patientID())
	x.slot("sourcePatientInfo", x.patientInfo()...)
	x.slot("URI", d.URI)
	x.name(d.Title)
	x.author(of, documentAuthor)
	x.classify(of, documentClass, d.Type)
	x.classify(of, documentLabel, record.Coding{System: "2.16.840.1.113883.5.25", Code: "N", Display: "normal"})
	x.classify(of, documentFormat, d.Format)
	x.classify(of, documentPlace, record.Coding{System: "2.16.840.1.113883.5.1008", Code: "OTH", Display: "other"})
	x.classify(of, documentField, record.Coding{System: "2.16.840.1.113883.5.1008", Code: "OTH", Display: "other"})
	x.classify(of, documentType, d.Type)
	x.external(of, patientIDScheme, "XDSDocumentEntry.patientId", x.patientID())
	x.external(of, documentUnique, "XDSDocumentEntry.uniqueId", unique("document", d.Seed, d.SHA1))
	x.b.WriteString("</rim:ExtrinsicObject>\n")
}

// submission writes the XDSSubmissionSet (IHE ITI TF-3, 4.2.3.3).
func (x *list) submission() {
	x.b.WriteString(`<rim:RegistryPackage id="set" status="urn:oasis:names:tc:ebxml-regrep:StatusType:Approved">` + "\n")
	x.slot("submissionTime", dtm(x.set.Made))
	x.name(x.set.Title)
	x.author("set", setAuthor)
	x.classify("set", setContent, record.Coding{System: "2.16.840.1.113883.6.1", Code: "34133-9", Display: "Summary of episode note"})
	seed := dtm(x.set.Made)
	for _, d := range x.set.Documents {
		seed += d.SHA1
	}
	x.external("set", setUnique, "XDSSubmissionSet.uniqueId", unique("set", seed))
	x.external("set", setSource, "XDSSubmissionSet.sourceId", source)
	x.external("set", setPatient, "XDSSubmissionSet.patientId", x.patientID())
	x.b.WriteString("</rim:RegistryPackage>\n")
	x.n++
	fmt.Fprintf(x.b, `<rim:Classification id="cl%02d" classifiedObject="set" classificationNode="%s"/>`+"\n", x.n, submissionSet)
}

// unique is an OID made of what it names (ITU-T X.667).
func unique(parts ...string) string {
	sum := sha256.Sum256([]byte("carnet xdm\x00" + strings.Join(parts, "\x00")))
	sum[6], sum[8] = sum[6]&0x0F|0x80, sum[8]&0x3F|0x80 // a UUID of version 8
	return "2.25." + new(big.Int).SetBytes(sum[:16]).String()
}
