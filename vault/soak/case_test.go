package soak_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// cases is what a child is told to try.
type cases struct {
	Base base   `json:"base"`
	Dir  string `json:"dir"` // for copies
	Seed uint64 `json:"seed"`
	From int    `json:"from"` // the first case
	To   int    `json:"to"`   // the one behind the last
	Step int    `json:"step"`
	Want full   `json:"want"`
}

// full is what a vault gives on every question.
type full struct {
	Contents contents               `json:"contents"`
	Found    map[string][]record.ID `json:"found"` // by words
	Counts   map[record.Kind]int    `json:"counts"`
}

// verdict is the outcome of one case.
type verdict struct {
	Case    int      `json:"case"`
	Kind    string   `json:"kind"`
	Told    []string `json:"told"`
	Outcome string   `json:"outcome"`           // mended, reported, refused, harmless
	Rescued int      `json:"rescued,omitempty"` // items that Rescue gave of a refused vault
	Wrong   []string `json:"wrong,omitempty"`
}

// fullOf asks a vault everything.
func fullOf(ctx context.Context, v *vault.Vault) (f full, err error) {
	for _, q := range questions() {
		if err := q(ctx, v, &f); err != nil {
			return f, err
		}
	}
	return f, nil
}

// questions are all that a vault can be asked. Each answers in a part of its
// own.
func questions() []func(context.Context, *vault.Vault, *full) error {
	return []func(context.Context, *vault.Vault, *full) error{
		func(ctx context.Context, v *vault.Vault, f *full) (err error) {
			f.Contents.Records, err = recordsOf(ctx, v)
			return err
		},
		func(ctx context.Context, v *vault.Vault, f *full) (err error) {
			f.Contents.Receipts, err = receiptsOf(ctx, v)
			return err
		},
		func(ctx context.Context, v *vault.Vault, f *full) (err error) {
			f.Contents.Originals, err = originalsOf(ctx, v)
			return err
		},
		func(ctx context.Context, v *vault.Vault, f *full) (err error) {
			f.Counts, err = v.Counts(ctx, "")
			return err
		},
		func(ctx context.Context, v *vault.Vault, f *full) (err error) {
			f.Found, err = found(ctx, v)
			return err
		},
	}
}

func found(ctx context.Context, v *vault.Vault) (map[string][]record.ID, error) {
	m := map[string][]record.ID{}
	for _, words := range []string{"walnut", "harb numb", "glucose", "made-up 7", "penicillin hives", "nobodysaidthis"} {
		hits, err := v.Search(ctx, words, record.Filter{}, 0)
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		m[words] = []record.ID{}
		for _, h := range hits {
			m[words] = append(m[words], h.Record.ID)
		}
	}
	return m, nil
}

// hurtCases tries cases one after the other and tells of each before and behind it.
func hurtCases() error {
	var c cases
	if err := json.Unmarshal([]byte(os.Getenv("CARNET_SOAK_ORDER")), &c); err != nil {
		return err
	}
	b, err := os.ReadFile(filepath.Join(c.Base.Top, "want.json"))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, &c.Want); err != nil {
		return err
	}
	for n := c.From; n < c.To; n += c.Step {
		fmt.Printf("case %d\n", n)
		v := c.try(n)
		b, err := json.Marshal(v)
		if err != nil {
			return err
		}
		fmt.Printf("%s\n", b)
	}
	return nil
}

// try hurts a copy of the vault and sees what becomes of it.
func (c cases) try(n int) (o verdict) {
	o.Case = n
	defer func() {
		if p := recover(); p != nil {
			o.Wrong = append(o.Wrong, fmt.Sprintf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	dir := filepath.Join(c.Dir, fmt.Sprint("case", n))
	defer os.RemoveAll(dir)
	defer os.RemoveAll(dir + ".memory")
	p := &patient{base: c.Base, dir: dir, rnd: rand.New(rand.NewPCG(c.Seed, uint64(n))), hurt: map[string]bool{}}
	if err := c.prepare(p, &o); err != nil {
		o.Wrong = append(o.Wrong, "the case could not be made: "+err.Error())
		return o
	}
	t := &trial{ctx: context.Background(), cases: c, p: p, o: &o}
	t.run()
	return o
}

func (c cases) prepare(p *patient, o *verdict) error {
	if err := copyTree(c.Base.now(), p.dir, neverWritten); err != nil {
		return err
	}
	if err := copyTree(c.Base.memory(), p.dir+".memory", none); err != nil {
		return err
	}
	t, err := treeOf(p.dir)
	if err != nil {
		return err
	}
	for name := range t {
		if !strings.HasSuffix(name, "/") {
			p.names = append(p.names, name)
		}
	}
	slices.Sort(p.names)
	all := hurts()
	places := pick(p.rnd, 1, 1, 2, 3)
	for i := range places {
		k := all[p.rnd.IntN(len(all))]
		if i == 0 {
			k = all[o.Case%len(all)]
			o.Kind = k.kind
		}
		if err := k.do(p); err != nil {
			return err
		}
	}
	o.Told = p.told
	return nil
}

// trial opens what was hurt and judges.
type trial struct {
	cases
	ctx      context.Context
	p        *patient
	o        *verdict
	before   tree // as it was hurt
	healed   bool // the journal was written again as a whole
	repaired bool // Repair did what it could, and its report was judged
}

func (t *trial) wrong(format string, a ...any) {
	t.o.Wrong = append(t.o.Wrong, fmt.Sprintf(format, a...))
}

func (t *trial) run() {
	var err error
	if t.before, err = treeOf(t.p.dir); err != nil {
		t.wrong("%v", err)
		return
	}
	v, err := t.open(t.Base.Secret)
	if err != nil {
		t.refused(err)
	}
	if errors.Is(err, vault.ErrWrongPassphrase) && t.o.Outcome == "older key" {
		v, err = t.open(t.Base.Former)
		if err != nil && !errors.Is(err, vault.ErrDamaged) && !errors.Is(err, vault.ErrOlder) {
			t.wrong("with the former passphrase: %v", err)
		}
	}
	if err != nil {
		return
	}
	names := t.opened(v)
	if t.o.Case%7 == 0 && len(t.o.Wrong) == 0 {
		for name := range t.again(false) {
			if !names[name] {
				t.wrong("only the second check names %s", name)
			}
		}
	}
	if t.o.Case%7 == 1 && len(t.o.Wrong) == 0 {
		t.again(true)
		t.again(false)
	}
}

// again opens the vault once more, and lets it repair itself where repair says
// so.
func (t *trial) again(repair bool) map[string]bool {
	v, err := t.open(t.Base.Secret)
	if err != nil {
		t.wrong("opened once, then refused: %v", err)
		return nil
	}
	if repair {
		t.repaired, t.healed = true, true // the journal may have been written anew
		report, err := v.Repair(t.ctx, nil)
		if err != nil {
			t.wrong("repair: %v", err)
		}
		for _, p := range unmended(report.Problems) {
			original := strings.HasPrefix(p.File, "originals/") && t.p.hurt["backups"]
			if !original && p.File != "backups" && exists(filepath.Join(t.Base.now(), p.File)) {
				t.wrong("repair leaves %s: %s", p.File, p.Text)
			}
		}
	}
	return t.opened(v)
}

func (t *trial) open(secret string) (*vault.Vault, error) {
	return vault.Open(t.ctx, t.p.dir, []byte(secret), options(t.p.dir+".memory"))
}

// olderHeader says that no header of now is left, but an older one is.
func (t *trial) olderHeader() bool {
	older := false
	for _, name := range []string{"vault.json", "vault.json.bak"} {
		if sameFile(t.p.path(name), filepath.Join(t.Base.now(), "vault.json")) {
			return false
		}
		for n := range t.Base.Ages {
			older = older || sameFile(t.p.path(name), filepath.Join(t.Base.age(n), "vault.json"))
		}
	}
	return older
}

// refused judges a vault that did not open.
func (t *trial) refused(err error) {
	t.o.Outcome = "refused"
	after, terr := treeOf(t.p.dir)
	if terr != nil {
		t.wrong("%v", terr)
	}
	if list := changes(after, t.before); len(list) > 0 {
		t.wrong("refused with %v, and changed: %v", err, list)
	}
	gone := true
	for _, name := range []string{"vault.json", "vault.json.bak", "journal/"} {
		_, there := t.before[name]
		gone = gone && !there
	}
	switch {
	case errors.Is(err, vault.ErrDamaged):
		t.rescue()
	case errors.Is(err, vault.ErrOlder):
		t.o.Outcome = "refused as older"
	case errors.Is(err, vault.ErrWrongPassphrase) && t.olderHeader():
		t.o.Outcome = "older key"
	case errors.Is(err, vault.ErrNotVault) && gone:
	default:
		t.wrong("refused with %v, want a word of damage", err)
	}
}

// rescue opens what is left of a refused vault: nothing that never was, and no
// change to the folder.
func (t *trial) rescue() {
	v, err := vault.Rescue(t.ctx, t.p.dir, []byte(t.Base.Secret), options(t.p.dir+".memory"))
	if err != nil {
		if !errors.Is(err, vault.ErrDamaged) && !t.olderHeader() {
			t.wrong("rescue: %v", err)
		}
		return
	}
	got, err := contentsOf(t.ctx, v)
	if err != nil {
		t.wrong("rescue: %v", err)
	}
	for d := range got.digests() {
		t.o.Rescued++
		if !t.Base.Ever[d] {
			t.wrong("the rescue gives an item that never was")
		}
	}
	unreadable(t.ctx, v, got)
	if len(v.Damage()) == 0 {
		t.wrong("the rescue of a refused vault knows of no damage")
	}
	if err := v.Close(); err != nil {
		t.wrong("close the rescue: %v", err)
	}
	if after, err := treeOf(t.p.dir); err != nil || len(changes(after, t.before)) > 0 {
		t.wrong("the rescue changed %v, %v", changes(after, t.before), err)
	}
}

// ask asks everything: an answer must be right, or the word that db/ is damaged.
func (t *trial) ask(v *vault.Vault) (damaged bool) {
	got := t.Want
	for _, q := range questions() {
		answer := got
		err := q(t.ctx, v, &answer)
		var d *vault.DamageError
		switch {
		case errors.As(err, &d) && strings.HasPrefix(d.File, "db"):
			damaged = true
			continue
		case err != nil:
			t.wrong("opened, but: %v", err)
			continue
		}
		got = answer
	}
	for _, d := range differences(got.Contents, t.Want.Contents) {
		t.wrong("opened with other %s", d)
	}
	if digest(got.Found) != digest(t.Want.Found) {
		t.wrong("searches find something else")
	}
	if digest(got.Counts) != digest(t.Want.Counts) {
		t.wrong("counts differ")
	}
	return damaged
}

// opened judges a vault that did open, closes it, and gives the files that it
// spoke of.
func (t *trial) opened(v *vault.Vault) map[string]bool {
	if t.ask(v) {
		// A damaged index may be found out while it is read: then it says so, and
		// is built again.
		if err := v.Close(); err != nil {
			t.wrong("close: %v", err)
		}
		var err error
		if v, err = t.open(t.Base.Secret); err != nil {
			t.wrong("opened, then damaged, then refused: %v", err)
			return nil
		}
		t.o.Outcome = "mended, and said"
		if t.ask(v) {
			t.wrong("the index was not built again")
		}
	}
	bad := unreadable(t.ctx, v, t.Want.Contents)
	if draft, err := v.Draft("form"); err != nil || !wholeDraft(draft) {
		t.wrong("a draft of %d bytes, %v", len(draft), err)
	}
	named := map[string]bool{}
	for _, p := range v.Notices() {
		named[p.File] = true
		t.healed = t.healed || strings.HasPrefix(p.File, "journal")
	}
	report, err := v.Check(t.ctx, true, nil)
	if err != nil {
		t.wrong("check: %v", err)
	}
	for _, p := range report.Problems {
		named[p.File] = true
		if !p.Mended && strings.HasPrefix(p.File, "journal") && exists(filepath.Join(t.Base.now(), p.File)) {
			t.healed = false
		}
	}
	if err := v.Close(); err != nil {
		t.wrong("close: %v", err)
	}
	t.judge(named, len(bad))
	return named
}

// judge wants every damage that is still there to be named.
func (t *trial) judge(named map[string]bool, bad int) {
	left := 0
	for name := range t.p.hurt {
		if t.matters(name) && !sameFile(t.p.path(name), filepath.Join(t.Base.now(), name)) {
			left++
			if !spoken(named, name) {
				t.wrong("%s is not as it was, and nothing is said of it (said: %v)", name, named)
			}
		}
	}
	if bad > 0 && left == 0 {
		t.wrong("%d originals cannot be read, and nothing is damaged", bad)
	}
	switch {
	case t.o.Outcome != "":
	case left > 0:
		t.o.Outcome = "reported"
	case len(named) > 0:
		t.o.Outcome = "mended, and said"
	default:
		t.o.Outcome = "mended"
	}
}

// matters says whether a check must speak of a file that is not as it was: what
// is built from the journal is right when the answers are.
func (t *trial) matters(name string) bool {
	known, still := exists(filepath.Join(t.Base.now(), name)), exists(t.p.path(name))
	_, hurt := t.before[name] // else it was gone, and what is there now was made since
	switch {
	case strings.HasPrefix(name, "snapshots/lists/"), name == "backups": // one that is gone is not missed
		return known && still && hurt && !t.repaired
	case strings.HasPrefix(name, "snapshots/"):
		return known && still && hurt && !t.repaired && !t.listHurt()
	case strings.HasPrefix(name, "db/"), strings.HasPrefix(name, "search/"), strings.HasPrefix(name, "drafts/"), strings.HasPrefix(name, "kept/"), name == "lock":
		return false
	case (t.healed || t.repaired) && known && strings.HasPrefix(name, "journal/"):
		return false
	case !known: // a stranger: only where it could be a copy of what counts
		return still && (strings.HasPrefix(name, "vault") || strings.HasPrefix(name, "journal/"))
	}
	return true
}

// listHurt says that a snapshot's list was hurt: what only that one names is of
// nobody then.
func (t *trial) listHurt() bool {
	for name := range t.p.hurt {
		if strings.HasPrefix(name, "snapshots/lists/") {
			return true
		}
	}
	return false
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// spoken says whether a file, or the folder that it lies in, was named.
func spoken(named map[string]bool, name string) bool {
	top, _, _ := strings.Cut(name, "/")
	return named[name] || named[top] || named[path.Dir(name)]
}
