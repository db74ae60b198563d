package xdm_test

import "testing"

// FuzzList reads anything as a list of documents: nothing panics, no file is
// opened that is not in the tree, and no document is passed over.
func FuzzList(f *testing.F) {
	f.Add([]byte(list(of("d1", "DOC.XML", made, slot("sourcePatientId", "7^^^&amp;1.2.3&amp;ISO"), slot("sourcePatientInfo", "PID-5|A^B~C", "PID-7|1961", "PID-11|^^^^")))))
	f.Add([]byte(list(of("d1", "../../x", made), of("d2", "%2e%2e/DOC.XML", made), document("d3"))))
	f.Add([]byte(list(document("d1", slot("URI", "1|D", "2|OC.XML"), slot("size", "99999999999999999999"), slot("hash", "zz"), slot("creationTime", "2021")))))
	f.Add([]byte(`<rim:x xmlns:rim="urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0">` + slot("hash", "00") + `</rim:x>`))
	f.Add([]byte("<x"))
	f.Fuzz(func(t *testing.T, content []byte) {
		i := indexed(t, map[string]string{meta: string(content), root + "DOC.XML": made, "INDEX.HTM": "x"})
		if i.Members[root+"DOC.XML"].Skip != "" {
			t.Error("a document is passed over")
		}
	})
}
