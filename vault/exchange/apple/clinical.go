package apple

import (
	"io/fs"
	"path"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// clinicalRecord looks at an entry of the list of clinical records: each of
// these is a file of its own beside export.xml, in FHIR.
func (r *reader) clinicalRecord(e *element) {
	if e.nth > listedLimit {
		r.kept(e, "ClinicalRecord", "the list of clinical records is longer than is looked at")
		return
	}
	name := path.Join(path.Dir(r.src.Path), path.Clean("/"+e.get("resourceFilePath")))
	if fs.ValidPath(name) && r.src.FS != nil {
		if info, err := fs.Stat(r.src.FS, name); err == nil && info.Mode().IsRegular() {
			r.sink.Report(exchange.Issue{
				Issue:   record.Issue{Severity: record.Information, Place: e.place(), Text: "the list of clinical records; each is read from its own file"},
				Outcome: exchange.Administrative, What: "ClinicalRecord",
			})
			return
		}
	}
	r.sink.Report(exchange.Issue{
		Issue:   record.Issue{Severity: record.Warning, Place: e.place(), Text: "the clinical record that is listed does not lie beside export.xml; bring in the whole export.zip"},
		Outcome: exchange.Kept, What: "ClinicalRecord",
	})
}
