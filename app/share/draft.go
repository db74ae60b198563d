package share

import (
	"encoding/json"
	"slices"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/vault/record"
)

// draft is what was chosen for a package that is not made yet.
type draft struct {
	Recipient string        `json:"recipient,omitempty"`
	Folder    string        `json:"folder,omitempty"` // where the user chose one
	Left      []record.Kind `json:"left,omitempty"`   // sections that stay here
	Held      []record.ID   `json:"held,omitempty"`   // entries held back
}

// draftOf is the choices as they stand; nil where nothing was chosen.
func draftOf(recipient, folder, suggested string, all []section, chosen map[record.Kind]bool, held map[record.ID]bool) []byte {
	d := draft{Recipient: recipient, Held: heldBack(held)}
	if folder != suggested {
		d.Folder = folder
	}
	for _, s := range all {
		if !chosen[s.Kind] {
			d.Left = append(d.Left, s.Kind)
		}
	}
	if d.Recipient == "" && d.Folder == "" && len(d.Left) == 0 && len(d.Held) == 0 {
		return nil
	}
	data, err := json.Marshal(d)
	if err != nil {
		return nil
	}
	return data
}

// readDraft reads what draftOf wrote; what does not read is nothing.
func readDraft(data []byte) (d draft) {
	if len(data) > 0 && json.Unmarshal(data, &d) != nil {
		return draft{}
	}
	return d
}

// heldBack are the entries held back, in a fixed order.
func heldBack(held map[record.ID]bool) []record.ID {
	var out []record.ID
	for id, on := range held {
		if on {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// draft gives the form to be kept while no package was made of it.
func (p *page) draft() ui.Draft {
	if !p.asked {
		return ui.Draft{}
	}
	d := ui.Draft{Name: ui.ShareDraft(p.env.Person)}
	if !p.made {
		d.Data = draftOf(p.recipient.Text, p.folder.Text, p.suggested, p.sections, p.chosen, p.held)
	}
	return d
}

// putBack fills the form in as it was left.
func (p *page) putBack(d draft) {
	p.recipient.SetText(d.Recipient)
	if d.Folder != "" {
		p.folder.SetText(free(d.Folder, taken))
	}
	for _, k := range d.Left {
		if p.chosen[k] {
			p.chosen[k] = false
		}
	}
	for _, id := range d.Held {
		p.held[id] = true
	}
}
