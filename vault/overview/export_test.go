package overview

import (
	"context"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// Scratch is the page made from all records at once, with nothing kept.
func Scratch(ctx context.Context, v *vault.Vault, id record.ID) (Page, error) {
	person, err := v.Get(ctx, id)
	if err != nil {
		return Page{}, err
	}
	records, err := recordsOf(ctx, v, record.Filter{Person: id})
	return Of(person, records), err
}

// Believed says which parts of what is kept are of the records as they are.
func Believed(ctx context.Context, v *vault.Vault, id record.ID) (names []string) {
	stamp, err := v.Stamp(ctx, id)
	if err != nil {
		return nil
	}
	k := load(v, id, rules())
	for _, part := range parts {
		if had, ok := k.Parts[part.name]; ok && had.Stamp.Agrees(stamp, part.kinds...) {
			names = append(names, part.name)
		}
	}
	if k.Noticed != nil && k.Stamp.Same(stamp) {
		names = append(names, "noticed")
	}
	return names
}

// KeepLie puts a changed banner aside under the name of these rules, with a stamp.
func KeepLie(v *vault.Vault, id record.ID, rules string, stamp vault.Stamp, words string) {
	k := kept{Rules: rules, Person: id, Parts: map[string]keptPart{}, Stamp: stamp, Noticed: &Noticed{Differ: []Remark{{Words: words}}}}
	for _, part := range parts {
		k.Parts[part.name] = keptPart{Stamp: stamp, Section: Section{Banner: words, Past: 77}}
	}
	k.save(v)
}

// Rules are those of this program.
func Rules() string { return rules() }
