package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

type undoCmd struct {
	Import string `arg:"" help:"The import's ID, as imports prints it, or last for the newest."`
	Yes    bool   `help:"Take it back without asking."`
	JSON   bool   `help:"Print what was taken back as JSON."`
}

// undone is what undo prints in JSON. The names are part of the command line's
// contract (doc.go).
type undone struct {
	Import   record.ID   `json:"import"`
	Gone     []record.ID `json:"gone"`
	Stay     int         `json:"stay"`
	Restored int         `json:"restored"`
	Noted    []record.ID `json:"noted"`
	Nameless []record.ID `json:"nameless"`
}

// Run takes an import back: what it alone brought goes.
func (x *undoCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	id, err := x.which(ctx, v)
	if err != nil {
		return err
	}
	u, err := exchange.PlanUndo(ctx, v, id)
	if errors.Is(err, exchange.ErrNoImport) {
		return fmt.Errorf("the vault has no import %s; carnetctl imports shows the IDs", visible(x.Import))
	}
	if err != nil {
		return err
	}
	if !x.JSON || !x.Yes {
		c.printUndoing(u)
	}
	if !x.Yes {
		if ok, err := c.confirm(ctx, "Take it back?"); err != nil || !ok {
			fmt.Fprintln(c.err, "nothing was taken back")
			return err
		}
	}
	if err := u.Commit(ctx); err != nil {
		return err
	}
	if x.JSON {
		out := undone{Import: u.Receipt.Import, Gone: append([]record.ID{}, u.Gone...), Stay: u.Stay, Restored: u.Restored, Noted: []record.ID{}, Nameless: append([]record.ID{}, u.Nameless...)}
		for _, r := range u.Noted {
			out.Noted = append(out.Noted, r.ID)
		}
		if err := c.json(out); err != nil {
			return err
		}
	}
	return v.Close()
}

// which is the import meant.
func (x *undoCmd) which(ctx context.Context, v *vault.Vault) (record.ID, error) {
	if x.Import != "last" {
		return record.ID(x.Import), nil
	}
	receipts, err := v.Imports(ctx)
	if err != nil {
		return "", err
	}
	if len(receipts) == 0 {
		return "", errors.New("nothing was brought in yet")
	}
	return receipts[0].Import, nil
}

// printUndoing says what taking an import back does.
func (c *console) printUndoing(u *exchange.Undoing) {
	fmt.Fprintf(c.out, "import of %s\n", u.Receipt.At.Format("2 January 2006, 15:04 MST"))
	fmt.Fprintf(c.out, "%d records go, with the files that nothing else refers to\n", len(u.Gone))
	if u.Stay > 0 {
		fmt.Fprintf(c.out, "%d records stay, as the other files state them\n", u.Stay)
	}
	if u.Restored > 0 {
		fmt.Fprintf(c.out, "%d records stand again that it had corrected or withdrawn\n", u.Restored)
	}
	for _, r := range u.Noted {
		fmt.Fprintf(c.out, "  with your own note goes: %s\n", newEntry(r).line(r))
	}
	for _, id := range u.Nameless {
		fmt.Fprintf(c.out, "  what stays of person %s has no name any more: no other file says whose it is\n", id)
	}
}
