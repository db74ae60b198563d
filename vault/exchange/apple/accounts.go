package apple

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
	"github.com/carnet-phr/carnet/vault/record"
)

// Limits on the list of clinical records.
const (
	listedLimit      = 50_000   // records
	patientsLimit    = 200      // files that describe a patient
	patientFileLimit = 1 << 20  // bytes of such a file
	tagLimit         = 64 << 10 // bytes of one entry
)

// account is one care provider whom the phone is connected to: one login, and
// so one patient.
type account struct {
	patients []string // the files that describe a patient
	others   []string
}

// accounts reads which file of clinical-records came from which provider. Files
// there often name no patient at all, and two providers number their patients
// alike; only this list tells.
func accounts(ctx context.Context, t exchange.Tree, export string) (map[string]*account, error) {
	f, err := t.FS.Open(export)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	all, n := map[string]*account{}, 0
	err = tags(ctx, f, "<ClinicalRecord ", func(tag []byte) bool {
		d, err := strictxml.NewDecoder(bytes.NewReader(tag), strictxml.Limits{})
		if err != nil {
			return true
		}
		tok, err := d.Next()
		if err != nil {
			return true
		}
		e := element{Token: tok}
		key := strings.Clone(e.get("sourceName") + "\x00" + server(e.get("sourceURL"), e.get("type")))
		if all[key] == nil {
			all[key] = &account{}
		}
		name := path.Join(path.Dir(export), path.Clean("/"+e.get("resourceFilePath")))
		if e.get("type") == "Patient" {
			all[key].patients = append(all[key].patients, name)
		} else {
			all[key].others = append(all[key].others, name)
		}
		n++
		return n < listedLimit
	})
	return all, err
}

// server is the address of a provider's server: that of the record without the
// record's own name.
func server(url, typ string) string {
	if i := strings.LastIndex(url, "/"+typ+"/"); i >= 0 {
		return url[:i]
	}
	return url
}

// tags finds the tags of one kind in a file of any size, without reading what is
// between them. visit says whether to go on.
func tags(ctx context.Context, r io.Reader, start string, visit func([]byte) bool) error {
	window := make([]byte, 0, 1<<20)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.Read(window[len(window):cap(window)])
		window = window[:len(window)+n]
		rest := window
		for {
			i := bytes.Index(rest, []byte(start))
			if i < 0 {
				rest = rest[max(0, len(rest)-len(start)):]
				break
			}
			rest = rest[i:]
			end := bytes.IndexByte(rest, '>')
			if end < 0 {
				break
			}
			if !visit(rest[:end+1]) {
				return nil
			}
			rest = rest[end+1:]
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(rest) > tagLimit {
			rest = rest[len(start):] // no entry is that long
		}
		window = window[:copy(window[:cap(window)], rest)]
	}
}

// owners says for each file of clinical-records that is no patient's own whom
// its provider has it about, where that is certain.
func owners(ctx context.Context, t exchange.Tree, export string) (map[string]*record.Patient, error) {
	all, err := accounts(ctx, t, export)
	if err != nil {
		return nil, err
	}
	found, looked := map[string]*record.Patient{}, 0
	for _, a := range all {
		if len(a.patients) != 1 {
			continue
		}
		if looked++; looked > patientsLimit {
			break
		}
		p := patientOf(exchange.Source{Name: t.Name, FS: t.FS, Path: a.patients[0]})
		if p == nil {
			continue
		}
		for _, name := range a.others {
			found[name] = p
		}
	}
	return found, nil
}

// patientOf reads name, birth date and sex of a FHIR Patient, of any version;
// nil where there is no name and birth date to compare.
func patientOf(src exchange.Source) *record.Patient {
	content, err := src.ReadAll(patientFileLimit)
	if err != nil {
		return nil
	}
	var p struct {
		Type string `json:"resourceType"`
		Name []struct {
			Use    string         `json:"use"`
			Text   string         `json:"text"`
			Family jsontext.Value `json:"family"` // a list before STU3
			Given  []string       `json:"given"`
		} `json:"name"`
		Gender string `json:"gender"`
		Birth  string `json:"birthDate"`
	}
	if json.Unmarshal(content, &p) != nil || p.Type != "Patient" {
		return nil
	}
	out := &record.Patient{BirthDate: date(p.Birth).Day(), Gender: p.Gender}
	for _, n := range p.Name {
		var family string
		var list []string
		if json.Unmarshal(n.Family, &family) != nil && json.Unmarshal(n.Family, &list) == nil {
			family = strings.Join(list, " ")
		}
		out.Name = append(out.Name, record.HumanName{Use: n.Use, Text: n.Text, Family: family, Given: n.Given})
	}
	if len(out.Name) == 0 || out.BirthDate == "" {
		return nil
	}
	return out
}
