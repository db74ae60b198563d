package archive

import (
	"bytes"
	"encoding/json"
	"errors"

	jsonv2 "github.com/go-json-experiment/json"

	"github.com/carnet-phr/carnet/vault/record"
)

// line is one record. What sources say in other words stands in Said, as in the
// stored form.
type line struct {
	Kind     record.Kind     `json:"kind"`
	Resource record.Resource `json:"resource"`
	Record   record.Record   `json:"record"`
	Said     []said          `json:"said,omitempty"`
	Exact    []exact         `json:"exact,omitempty"`
}

// said is what some sources of a record say otherwise.
type said struct {
	By       []int           `json:"by"` // their places in the provenance
	Resource record.Resource `json:"resource"`
}

// read is a line on its way in, before the kind is known.
type readLine struct {
	Kind     record.Kind     `json:"kind"`
	Resource json.RawMessage `json:"resource"`
	Record   record.Record   `json:"record"`
	Said     []struct {
		By       []int           `json:"by"`
		Resource json.RawMessage `json:"resource"`
	} `json:"said"`
	Exact []exact `json:"exact"`
}

// importLine and originalLine are a receipt, and an original with where it lies.
type importLine struct {
	Import record.Receipt `json:"import"`
	Exact  []exact        `json:"exact,omitempty"`
}

type originalLine struct {
	File     string          `json:"file,omitempty"` // in the archive; for a member of an archive, that one's
	Original record.Original `json:"original"`
	Exact    []exact         `json:"exact,omitempty"`
}

// errLine is a line that is none of an archive's.
var errLine = errors.New("a line is not as an archive has them")

// encodeRecord gives the line of a record.
func encodeRecord(r record.Record) ([]byte, error) {
	l := line{Kind: r.Resource.Kind(), Resource: r.Resource, Record: r}
	parts := []any{r.Resource, &l.Record}
	at := map[string]int{} // of the same words, the first
	for n, p := range r.Provenance {
		if p.Said == nil {
			continue
		}
		words, err := json.Marshal(p.Said)
		if err != nil {
			return nil, errLine
		}
		i, same := at[string(words)]
		if !same {
			i = len(l.Said)
			at[string(words)] = i
			l.Said = append(l.Said, said{Resource: p.Said})
			parts = append(parts, p.Said)
		}
		l.Said[i].By = append(l.Said[i].By, n)
	}
	return encode(&l, &l.Exact, parts...)
}

// decodeRecord reads it again.
func decodeRecord(b []byte) (record.Record, error) {
	var l readLine
	if err := jsonv2.Unmarshal(b, &l); err != nil {
		return record.Record{}, errLine
	}
	resource := record.NewResource(l.Kind)
	if resource == nil || l.Record.ID == "" || jsonv2.Unmarshal(l.Resource, resource) != nil {
		return record.Record{}, errLine
	}
	r := l.Record
	r.Resource = resource
	parts := []any{resource, &r}
	for _, s := range l.Said {
		other := record.NewResource(l.Kind)
		if jsonv2.Unmarshal(s.Resource, other) != nil {
			return record.Record{}, errLine
		}
		for _, n := range s.By {
			if n < 0 || n >= len(r.Provenance) {
				return record.Record{}, errLine
			}
			r.Provenance[n].Said = other
		}
		parts = append(parts, other)
	}
	return r, restore(l.Exact, parts...)
}

func decodeImport(b []byte) (record.Receipt, error) {
	var l importLine
	if jsonv2.Unmarshal(b, &l) != nil || l.Import.Import == "" {
		return record.Receipt{}, errLine
	}
	return l.Import, restore(l.Exact, &l.Import)
}

func decodeOriginal(b []byte) (originalLine, error) {
	var l originalLine
	if jsonv2.Unmarshal(b, &l) != nil {
		return l, errLine
	}
	err := restore(l.Exact, &l.Original)
	return l, err
}

// encode writes a line. Text that is not UTF-8, which a source's broken bytes
// can be, stands in it with U+FFFD, and its bytes in exact.
func encode(l any, e *[]exact, parts ...any) ([]byte, error) {
	b, err := marshal(l)
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(b, []byte(`\ufffd`)) { // as encoding/json writes what is no UTF-8
		return b, nil
	}
	if *e = exactly(parts...); len(*e) == 0 {
		return b, nil
	}
	return marshal(l)
}

func marshal(l any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(l) != nil {
		return nil, errLine
	}
	return b.Bytes(), nil
}
