package ui

import (
	"bytes"
	"errors"
	"sync"

	"github.com/carnet-phr/carnet/vault/record"
)

// Draft is what was typed on a page and is not filed yet. Empty Data is nothing;
// an empty Name says that the page cannot tell yet.
type Draft struct {
	Name string
	Data []byte
}

// IntakeDraft is the name of the draft of bringing files in.
const IntakeDraft = "bring in"

// SettingsDraft is the name of the draft of the settings.
const SettingsDraft = "settings"

// UnprovenKey is the name under which it is noted that a new recovery key was
// never typed back from its paper.
const UnprovenKey = "recovery key not typed back"

// ShareDraft is the name of the draft of a package of that person's record.
func ShareDraft(person record.ID) string { return "share/" + string(person) }

// EntryDraft is the name of the draft of a form, by the form's name or the entry's
// ID.
func EntryDraft(person record.ID, form string) string { return "entry/" + string(person) + "/" + form }

// DraftStore keeps drafts sealed: the vault.
type DraftStore interface {
	SaveDraft(name string, data []byte) error
	Draft(name string) ([]byte, error)
}

// Drafts hold the drafts of an open record, in memory until they are saved. They
// are safe for concurrent use.
type Drafts struct {
	store DraftStore

	mu      sync.Mutex
	latest  map[string][]byte // by name, as kept last
	unsaved map[string]bool

	saving sync.Mutex // one at a time, so that the latest stays
}

// NewDrafts holds drafts in front of a store.
func NewDrafts(s DraftStore) *Drafts {
	return &Drafts{store: s, latest: map[string][]byte{}, unsaved: map[string]bool{}}
}

// Keep takes a draft in place of the former one. It does not wait for the disk.
func (d *Drafts) Keep(x Draft) {
	if x.Name == "" {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if old, ok := d.latest[x.Name]; ok && bytes.Equal(old, x.Data) {
		return
	}
	d.latest[x.Name] = bytes.Clone(x.Data)
	d.unsaved[x.Name] = true
}

// Load gives a draft, nil when there is none.
func (d *Drafts) Load(name string) ([]byte, error) {
	d.mu.Lock()
	data, ok := d.latest[name]
	d.mu.Unlock()
	if ok {
		return bytes.Clone(data), nil
	}
	return d.store.Draft(name)
}

// Save seals what was kept since the last time. What could not be saved is tried
// again the next time.
func (d *Drafts) Save() error {
	d.saving.Lock()
	defer d.saving.Unlock()
	var all error
	for _, x := range d.take() {
		if err := d.store.SaveDraft(x.Name, x.Data); err != nil {
			all = errors.Join(all, err)
			d.mu.Lock()
			d.unsaved[x.Name] = true
			d.mu.Unlock()
		}
	}
	return all
}

func (d *Drafts) take() []Draft {
	d.mu.Lock()
	defer d.mu.Unlock()
	var list []Draft
	for name := range d.unsaved {
		list = append(list, Draft{name, d.latest[name]})
	}
	clear(d.unsaved)
	return list
}
