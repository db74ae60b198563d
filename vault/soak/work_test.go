package soak_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// order is what a child is told to do.
type order struct {
	Dir    string `json:"dir"`
	Memory string `json:"memory"` // what the computer remembers
	Stick  string `json:"stick"`  // where backups go, or come from
	Secret string `json:"secret"`
	Seed   uint64 `json:"seed"`
	Create bool   `json:"create,omitempty"`
	Size   int    `json:"size,omitempty"` // of the disk to make, in KiB
	Lie    bool   `json:"lie,omitempty"`  // tell the vault that there is room without end
}

func readOrder() (o order, err error) {
	return o, json.Unmarshal([]byte(os.Getenv("CARNET_SOAK_ORDER")), &o)
}

// worker is the child that is going to be killed.
type worker struct {
	order
	ctx context.Context // of the child's whole life
	rnd *rand.Rand
	v   *vault.Vault
}

// say writes a line to the parent, at once.
func (w *worker) say(a act) {
	b, err := json.Marshal(a)
	if err != nil {
		panic(err)
	}
	os.Stdout.Write(append(b, '\n'))
}

// do announces an act, does it, and says that it is done.
func (w *worker) do(a act, f func() error) error {
	w.say(a)
	if err := f(); err != nil {
		if w.Size > 0 && errors.Is(err, vault.ErrNoRoom) {
			w.say(act{Name: a.Name, Refused: true})
		}
		return fmt.Errorf("%s: %w", a.Name, err)
	}
	w.say(act{Name: a.Name, Done: true})
	return nil
}

// work does things to a vault until it is killed.
func work() error {
	o, err := readOrder()
	if err != nil {
		return err
	}
	w := &worker{order: o, ctx: context.Background(), rnd: rand.New(rand.NewPCG(o.Seed, 1))}
	if err := w.open(); err != nil {
		return err
	}
	acts := setting("CARNET_SOAK_ACTS", math.MaxInt)
	for range acts {
		if err := w.one(deeds()); err != nil {
			return err
		}
	}
	return w.close()
}

func (w *worker) options() vault.Options {
	opt := options(w.Memory)
	if w.Lie {
		opt.Room = func(string) (uint64, error) { return 1 << 50, nil }
	}
	return opt
}

func (w *worker) open() error {
	if w.Create {
		w.Create = false
		err := w.do(act{Name: "create", Put: map[record.ID]string{}}, func() (err error) {
			w.v, _, err = vault.Create(w.ctx, w.Dir, []byte(w.Secret), w.options())
			return err
		})
		if err != nil {
			return err
		}
		list := vaulttest.Records()
		for i := range list {
			list[i].Recorded = vaulttest.Now
		}
		return w.commit("first import", record.Change{Put: list})
	}
	w.v = nil
	return w.do(act{Name: "open"}, func() (err error) {
		w.v, err = vault.Open(w.ctx, w.Dir, []byte(w.Secret), w.options())
		return err
	})
}

func (w *worker) close() error { return w.do(act{Name: "close"}, w.v.Close) }

// deed is one of the things that are done at random.
type deed struct {
	weight int
	do     func(*worker) error
}

// deeds are all of them.
func deeds() []deed {
	return []deed{
		{6, func(w *worker) error { return w.commit("import", madeImport(w.rnd, w.rnd.IntN(60))) }},
		{1, func(w *worker) error { return w.commit("large import", madeImport(w.rnd, 500+w.rnd.IntN(2500))) }},
		{1, (*worker).long},
		{3, (*worker).bundle},
		{6, (*worker).edit},
		{3, (*worker).remove},
		{3, (*worker).undo},
		{4, (*worker).reopen},
		{3, (*worker).passphrase},
		{2, (*worker).compact},
		{2, (*worker).draft},
		{2, func(w *worker) error { return w.backup(w.Stick) }},
		{1, func(w *worker) error { return w.backup(w.Stick + ".age") }},
		{1, (*worker).repair},
	}
}

// one does one of them.
func (w *worker) one(all []deed) error {
	total := 0
	for _, d := range all {
		total += d.weight
	}
	n := w.rnd.IntN(total)
	for _, d := range all {
		if n -= d.weight; n < 0 {
			return d.do(w)
		}
	}
	return nil
}

// commit announces a change by what it will leave behind, and commits it.
func (w *worker) commit(name string, c record.Change) error {
	a := act{Name: name, Put: map[record.ID]string{}, Delete: c.Delete, Add: map[record.Hash]string{}, Receipt: map[record.ID]string{}, Undone: c.Undone}
	for _, r := range c.Put {
		if r.Recorded.IsZero() {
			r.Recorded = vaulttest.Now
		}
		a.Put[r.ID] = digestRecord(r)
	}
	if c.Undone != "" {
		var err error
		if a.Gone, err = w.goesWith(c); err != nil {
			return err
		}
	}
	for _, o := range c.Originals {
		have, err := w.v.HasOriginal(w.ctx, o.Hash)
		if err != nil {
			return err
		}
		if _, twice := a.Add[o.Hash]; !twice && !have {
			a.Add[o.Hash] = digest(o.Original)
		}
	}
	if c.Receipt != nil {
		a.Receipt[c.Receipt.Import] = digestReceipt(*c.Receipt)
	}
	return w.do(a, func() error { return w.v.Commit(w.ctx, c) })
}

// goesWith is a second opinion on which originals go with an import.
func (w *worker) goesWith(c record.Change) ([]record.Hash, error) {
	needed, named, known := map[record.Hash]bool{}, map[record.Hash]bool{}, map[record.ID]bool{"": true}
	receipts, err := w.v.Imports(w.ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range receipts {
		known[r.Import] = true
		for _, s := range r.Sources {
			needed[s.SHA256] = needed[s.SHA256] || r.Import != c.Undone
			named[s.SHA256] = named[s.SHA256] || r.Import == c.Undone
		}
	}
	put := map[record.ID]bool{}
	for _, r := range c.Put {
		put[r.ID] = true
		for _, p := range r.Provenance {
			needed[p.Original] = true
		}
	}
	list, err := w.records()
	if err != nil {
		return nil, err
	}
	for _, r := range list {
		if slices.Contains(c.Delete, r.ID) || put[r.ID] {
			for _, p := range r.Provenance {
				named[p.Original] = true
			}
			continue
		}
		for _, p := range r.Provenance {
			needed[p.Original] = true
		}
	}
	originals, err := w.v.Originals(w.ctx)
	if err != nil {
		return nil, err
	}
	may := map[record.Hash]bool{} // go, if nothing needs them
	for _, o := range originals {
		if o.Import == c.Undone || !known[o.Import] && (named[o.Hash] || named[o.Within]) {
			may[o.Hash] = true
		}
	}
	for _, o := range originals { // an archive stays as long as one of its files does, and no longer
		if may[o.Hash] && o.Path != "" {
			may[o.Within] = may[o.Within] || slices.ContainsFunc(originals, func(a record.Original) bool { return a.Hash == o.Within && !known[a.Import] })
		}
	}
	for _, o := range originals {
		if o.Path != "" && (!may[o.Hash] || needed[o.Hash]) {
			needed[o.Within] = true
		}
	}
	var gone []record.Hash
	for _, o := range originals {
		if may[o.Hash] && !needed[o.Hash] {
			gone = append(gone, o.Hash)
		}
	}
	return gone, nil
}

// records are all of the vault, in the order of their IDs.
func (w *worker) records() ([]record.Record, error) {
	var list []record.Record
	for r, err := range w.v.Query(w.ctx, record.Filter{}) {
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}

// some draws a few records, but none that is a person.
func (w *worker) some(most int) ([]record.Record, error) {
	list, err := w.records()
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(r record.Record) bool { return r.Resource.Kind() == record.KindPatient })
	w.rnd.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:min(len(list), 1+w.rnd.IntN(most))], nil
}

func (w *worker) edit() error {
	list, err := w.some(30)
	if err != nil {
		return err
	}
	for i := range list {
		list[i].Overlay = &record.Overlay{Note: fmt.Sprint("made-up note ", w.rnd.IntN(1000)), Changed: vaulttest.Now}
	}
	return w.commit("edit", record.Change{Put: list})
}

func (w *worker) remove() error {
	list, err := w.some(pick(w.rnd, 5, 400))
	if err != nil {
		return err
	}
	var ids []record.ID
	for _, r := range list {
		ids = append(ids, r.ID)
	}
	return w.commit("delete", record.Change{Delete: ids})
}

// undo takes an import back: what it alone brought goes, and what others state
// too loses its source.
func (w *worker) undo() error {
	receipts, err := w.v.Imports(w.ctx)
	if err != nil || len(receipts) == 0 {
		return err
	}
	id := pick(w.rnd, receipts...).Import
	list, err := w.records()
	if err != nil {
		return err
	}
	c := record.Change{Undone: id}
	for _, r := range list {
		rest := slices.DeleteFunc(slices.Clone(r.Provenance), func(p record.Provenance) bool { return p.Import == id })
		switch {
		case len(rest) == len(r.Provenance):
		case len(rest) == 0 && r.Resource.Kind() != record.KindPatient:
			c.Delete = append(c.Delete, r.ID)
		default:
			r.Provenance = rest
			c.Put = append(c.Put, r)
		}
	}
	return w.commit("undo", c)
}

// long fills a segment of the journal.
func (w *worker) long() error {
	list := madeRecords(w.rnd, 8, "", "")
	for i := range list {
		list[i].Resource = &record.Other{Title: noise(w.rnd, 700_000)}
	}
	return w.commit("long records", record.Change{Put: list})
}

func (w *worker) reopen() error {
	if err := w.close(); err != nil {
		return err
	}
	return w.open()
}

// passphrase changes it, to and fro.
func (w *worker) passphrase() error {
	next := vaulttest.Passphrase
	if w.Secret == next {
		next = "another " + next
	}
	err := w.do(act{Name: "passphrase", Secret: next}, func() error {
		return w.v.ChangePassphrase(w.ctx, []byte(w.Secret), []byte(next))
	})
	if err == nil {
		w.Secret = next
	}
	return err
}

func (w *worker) compact() error {
	return w.do(act{Name: "compact"}, func() error { return w.v.Compact(w.ctx, nil) })
}

func (w *worker) backup(path string) error {
	return w.do(act{Name: "backup to a " + map[bool]string{true: "file", false: "folder"}[path != w.Stick], Backup: path}, func() error {
		_, err := w.v.Backup(w.ctx, path, vault.BackupOptions{}, nil)
		return err
	})
}

func (w *worker) repair() error {
	return w.do(act{Name: "repair"}, func() error {
		_, err := w.v.Repair(w.ctx, nil)
		return err
	})
}

// draft keeps one, and now and then drops it.
func (w *worker) draft() error {
	data := madeDraft(w.rnd)
	return w.do(act{Name: "draft"}, func() error { return w.v.SaveDraft("form", data) })
}

// bundle goes the way of the programs: read, reconcile, commit.
func (w *worker) bundle() error {
	src := madeBundle(w.rnd, pick(w.rnd, 5, 40, 400))
	b, err := exchange.Import(w.ctx, announcing{w.v, w}, formats.All(), []exchange.Source{src}, exchange.Options{})
	if err != nil {
		return err
	}
	if b.Held() {
		if err := b.Assign(w.ctx, exchange.NewPerson); err != nil {
			return err
		}
	}
	_, err = b.Commit(w.ctx)
	return err
}

// announcing is a vault that says what an import will commit.
type announcing struct {
	*vault.Vault
	w *worker
}

func (a announcing) Commit(_ context.Context, c record.Change) error {
	return a.w.commit("bundle", c)
}
