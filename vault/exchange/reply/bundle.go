package reply

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Limits on an answer: the form that writes it has lower ones.
const (
	sizeLimit     = 4 << 20 // bytes of the file
	entriesLimit  = 500
	noteLimit     = 200_000 // bytes of a note
	wordsLimit    = 4_000   // bytes of any other text
	depthLimit    = 24
	proposalWords = "Proposal"
)

// The tag by which an answer is known.
const (
	tagSystem = "urn:carnet:kind"
	tagCode   = "reply"
)

// bundle is what is read of the file; what else stands in it says nothing of the
// patient, or is refused.
type bundle struct {
	ResourceType  string        `json:"resourceType"`
	Type          string        `json:"type"`
	Timestamp     string        `json:"timestamp"`
	ImplicitRules string        `json:"implicitRules"`
	Meta          meta          `json:"meta"`
	Entry         []bundleEntry `json:"entry"`
}

type meta struct {
	Tag []coding `json:"tag"`
}

type coding struct {
	System string `json:"system"`
	Code   string `json:"code"`
}

type bundleEntry struct {
	FullURL  string         `json:"fullUrl"`
	Resource jsontext.Value `json:"resource"`
}

// head is what every resource is asked first.
type head struct {
	ResourceType      string           `json:"resourceType"`
	ImplicitRules     string           `json:"implicitRules"`
	ModifierExtension []jsontext.Value `json:"modifierExtension"`
	Contained         []jsontext.Value `json:"contained"`
}

type display struct {
	Display string `json:"display"`
}

type words struct {
	Text string `json:"text"`
}

type patient struct {
	Name []struct {
		Text   string   `json:"text"`
		Family string   `json:"family"`
		Given  []string `json:"given"`
	} `json:"name"`
	BirthDate  string `json:"birthDate"`
	Gender     string `json:"gender"`
	Identifier []struct {
		System string `json:"system"`
		Value  string `json:"value"`
	} `json:"identifier"`
}

type note struct {
	Status      string    `json:"status"`
	Date        string    `json:"date"`
	Author      []display `json:"author"`
	Description string    `json:"description"`
	Content     []struct {
		Attachment struct {
			ContentType string `json:"contentType"`
			Data        []byte `json:"data"`
			URL         string `json:"url"`
		} `json:"attachment"`
	} `json:"content"`
}

type proposal struct {
	Intent       string  `json:"intent"`
	DoNotPerform bool    `json:"doNotPerform"`
	Medication   words   `json:"medicationCodeableConcept"`
	AuthoredOn   string  `json:"authoredOn"`
	Requester    display `json:"requester"`
	Dosage       []words `json:"dosageInstruction"`
	Note         []words `json:"note"`
}

// The reasons to refuse an answer.
var (
	errSize     = errors.New("the answer is larger than any that can be typed")
	errSyntax   = errors.New("the answer is no strict JSON: a name twice, text that is not UTF-8, or something behind its end")
	errShape    = errors.New("the answer is not as the form writes it")
	errModifier = errors.New("the answer carries something that could change what it says")
	errNoPerson = errors.New("the answer does not say whose record it answers")
	errEmpty    = errors.New("the answer says nothing")
)

// read reads and checks the file as a whole.
func read(r io.Reader) (*bundle, error) {
	b, err := io.ReadAll(io.LimitReader(r, sizeLimit+1))
	if err != nil {
		return nil, err
	}
	if len(b) > sizeLimit {
		return nil, errSize
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if err := flat(b); err != nil {
		return nil, err
	}
	var all bundle
	if json.Unmarshal(b, &all) != nil {
		return nil, errShape
	}
	if all.ResourceType != "Bundle" || all.Type != "collection" || !all.tagged() || len(all.Entry) > entriesLimit {
		return nil, errShape
	}
	if all.ImplicitRules != "" {
		return nil, errModifier
	}
	return &all, nil
}

// flat reads every token: names twice, broken UTF-8, what follows the end, and
// too deep nesting end it.
func flat(b []byte) error {
	d := jsontext.NewDecoder(bytes.NewReader(b))
	for ends := false; ; {
		t, err := d.ReadToken()
		if errors.Is(err, io.EOF) && ends {
			return nil
		}
		if err != nil {
			return errSyntax
		}
		if d.StackDepth() > depthLimit {
			return errShape
		}
		ends = d.StackDepth() == 0
		_ = t
	}
}

func (b *bundle) tagged() bool {
	for _, t := range b.Meta.Tag {
		if t.System == tagSystem && t.Code == tagCode {
			return true
		}
	}
	return false
}

// one reads an entry's resource; out is nil to look at its head alone.
func one(n int, raw jsontext.Value, out any) (string, error) {
	var h head
	if json.Unmarshal(raw, &h) != nil {
		return "", place(n, errShape)
	}
	if h.ImplicitRules != "" || len(h.ModifierExtension) > 0 || len(h.Contained) > 0 {
		return "", place(n, errModifier)
	}
	if out != nil && json.Unmarshal(raw, out) != nil {
		return "", place(n, errShape)
	}
	return h.ResourceType, nil
}

func place(n int, err error) error { return fmt.Errorf("%s: %w", pointer(n), err) }

func pointer(n int) string { return fmt.Sprintf("/entry/%d/resource", n) }

// said is a text of the file, in one line; an error where nobody could have typed
// it.
func said(s string) (string, error) {
	if len(s) > wordsLimit {
		return "", errShape
	}
	return strings.Join(strings.Fields(s), " "), nil
}
