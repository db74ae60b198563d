package disclose

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Request is what a person asks for.
type Request struct {
	Scope     exchange.Scope // of it, Whole and Since are filled in here
	Preset    string         // a name of [Presets]; "" for none
	HoldBack  []string       // names of [Categories] whose entries stay, besides Scope.Exclude
	Mentions  bool           // entries that tell of what is held back stay too
	Told      bool           // or may leave: the patient has seen them
	SinceLast bool           // only what is new for the same recipient
}

// The reasons why there is no plan.
var (
	ErrCategory = errors.New("no such category")
	ErrNobody   = errors.New("name the recipient: only what is new for whom?")
	ErrNoFormer = errors.New("no package for this recipient is in the log: leave “since last” out")
)

// Plan is what would leave.
type Plan struct {
	Selection exchange.Selection
	Preset    Preset
	Proposals []Proposal         // sensitive entries that leave, by category
	Held      []Proposal         // those that stay because of their category
	Mentions  []record.Record    // entries that leave and tell of what is held back
	Told      bool               // which the patient allows
	Former    *record.AuditEvent // the package that this one builds on; nil for none
}

// Proposal is the entries of one category.
type Proposal struct {
	Category Category
	Records  []record.Record
}

// New makes the plan of a request.
func New(ctx context.Context, lib exchange.Library, req Request, now time.Time, version string) (*Plan, error) {
	p := &Plan{}
	scope := req.Scope
	scope.Exclude = slices.Clone(scope.Exclude)
	if req.Preset != "" {
		preset, err := LookupPreset(req.Preset)
		if err != nil {
			return nil, err
		}
		p.Preset = preset
		preset.limit(&scope, now)
	}
	for _, name := range req.HoldBack {
		if _, ok := LookupCategory(name); !ok {
			return nil, ErrCategory
		}
	}
	if req.SinceLast {
		if err := p.build(ctx, lib, &scope); err != nil {
			return nil, err
		}
	}
	sel, err := exchange.Select(ctx, lib, scope, now, version)
	if err != nil {
		return nil, err
	}
	sort := newSorter()
	found := proposals(sort, sel.Records)
	if p.hold(found, req.HoldBack, &scope) {
		if sel, err = exchange.Select(ctx, lib, scope, now, version); err != nil {
			return nil, err
		}
	}
	if req.Mentions {
		if sel, err = withoutMentions(ctx, lib, sel, &scope, now, version); err != nil {
			return nil, err
		}
	}
	p.Selection = sel
	p.Mentions, p.Told = sel.Mentions(), req.Told
	if p.Proposals = found; len(scope.Exclude) > len(req.Scope.Exclude) { // fewer leave than were sorted
		p.Proposals = proposals(sort, sel.Records)
	}
	return p, nil
}

// build makes the scope build on what the recipient has.
func (p *Plan) build(ctx context.Context, lib exchange.Library, scope *exchange.Scope) error {
	if scope.For == "" {
		return ErrNobody
	}
	log, err := Log(ctx, lib, scope.Person)
	if err != nil {
		return err
	}
	p.Former, scope.Since = since(log, scope.For)
	if p.Former == nil {
		return ErrNoFormer
	}
	return nil
}

// hold puts the entries of some categories on the list of those that stay.
func (p *Plan) hold(found []Proposal, names []string, scope *exchange.Scope) bool {
	out := map[record.ID]bool{}
	for _, id := range scope.Exclude {
		out[id] = true
	}
	for _, f := range found {
		if !slices.Contains(names, f.Category.Name) {
			continue
		}
		p.Held = append(p.Held, f)
		for _, r := range f.Records {
			if !out[r.ID] {
				out[r.ID] = true
				scope.Exclude = append(scope.Exclude, r.ID)
			}
		}
	}
	return len(p.Held) > 0
}

// mentionRounds is how often what tells of the held back is looked for again: a
// letter that stays is told of by another one.
const mentionRounds = 8

func withoutMentions(ctx context.Context, lib exchange.Library, sel exchange.Selection, scope *exchange.Scope, now time.Time, version string) (exchange.Selection, error) {
	for range mentionRounds {
		more := sel.Mentions()
		if len(more) == 0 {
			return sel, nil
		}
		for _, r := range more {
			scope.Exclude = append(scope.Exclude, r.ID)
		}
		var err error
		if sel, err = exchange.Select(ctx, lib, *scope, now, version); err != nil {
			return sel, err
		}
	}
	return sel, nil
}

// proposals sorts records by category; one may be of several.
func proposals(sort *sorter, records []record.Record) []Proposal {
	by := map[string][]record.Record{}
	for _, r := range records {
		for _, name := range sort.of(r) {
			by[name] = append(by[name], r)
		}
	}
	var out []Proposal
	for _, c := range Categories {
		if len(by[c.Name]) > 0 {
			out = append(out, Proposal{c, by[c.Name]})
		}
	}
	return out
}
