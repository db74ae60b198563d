package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/clinic"
	"github.com/carnet-phr/carnet/vault/overview"
	"github.com/carnet-phr/carnet/vault/record"
)

// wants says whether a section is asked for; all are where none is named.
func (x *summaryCmd) wants(section string) bool {
	return len(x.Section) == 0 || slices.Contains(x.Section, section)
}

// wanted are the sections that are asked for.
func (x *summaryCmd) wanted(all map[string]any) (map[string]any, error) {
	for _, name := range x.Section {
		if _, ok := all[name]; !ok && name == "changes" {
			return nil, usageError("what changed needs a --since")
		} else if !ok {
			return nil, usageError("there is no section of that name; there are changes, " + strings.Join(slices.Sorted(maps.Keys(all)), ", "))
		}
	}
	maps.DeleteFunc(all, func(name string, _ any) bool { return name != "person" && !x.wants(name) })
	return all, nil
}

// changes are what changed since a date, an import or a visit; nil where nobody
// asked.
func (x *summaryCmd) changes(ctx context.Context, v *vault.Vault, w overview.Whole) (*clinic.Changes, error) {
	var since clinic.Since
	switch x.Since {
	case "":
		return nil, nil
	case "visit":
		l, ok := w.LastVisit()
		if !ok {
			return nil, usageError("there is no visit with a date; name a date or an import")
		}
		since.Encounter = l.ID
	default:
		if at, err := time.ParseInLocation(time.DateOnly, x.Since, time.Local); err == nil {
			since.Time = at
			break
		}
		receipts, err := v.Imports(ctx)
		if err != nil {
			return nil, err
		}
		id := record.ID(x.Since)
		if slices.ContainsFunc(receipts, func(r record.Receipt) bool { return r.Import == id }) {
			since.Import = id
		} else {
			since.Encounter = id
		}
	}
	c := w.Changes(since)
	if !c.Found {
		return nil, usageError("--since is neither a date like 2026-03-05, nor an import, nor a visit with a date")
	}
	return &c, nil
}

// printWhole prints what all records together tell.
func (c *console) printWhole(w overview.Whole, changes *clinic.Changes, wants func(string) bool) {
	if wants("differ") && len(w.Differ) > 0 {
		fmt.Fprintf(c.out, "\nWhat sources state differently\n")
		for _, d := range w.Differ {
			fmt.Fprintf(c.out, "  %s\n", visible(d.Words()))
		}
	}
	if wants("missing") && len(w.Missing) > 0 {
		fmt.Fprintf(c.out, "\nWhat is missing\n")
		for _, u := range w.Missing {
			fmt.Fprintf(c.out, "  %s\n", visible(u.Words()))
		}
	}
	if changes == nil || !wants("changes") {
		return
	}
	fmt.Fprintf(c.out, "\nWhat changed: %s\n", changes.Words())
	list := func(words string, lines []clinic.Line) {
		for _, l := range lines {
			fmt.Fprintf(c.out, "  %s: %s\n", words, newEntry(l.Record).line(l.Record))
		}
	}
	list("new", changes.New)
	list("changed", linesOf(changes.Changed))
	list("stopped or resolved", linesOf(changes.Stopped))
	for _, l := range changes.Withdrawn { // named, and its value shown nowhere
		fmt.Fprintf(c.out, "  withdrawn: %s (%s)\n", visible(l.Title), l.ID)
	}
	list("stated once more", changes.Again)
	list("may be new, its date does not say", changes.Unclear)
}

func linesOf(changes []clinic.Change) []clinic.Line {
	var out []clinic.Line
	for _, x := range changes {
		out = append(out, x.Line)
	}
	return out
}

// wholeJSON is the summary with what all records together tell.
func wholeJSON(w overview.Whole, changes *clinic.Changes) map[string]any {
	all := summaryJSON(w.Summary)
	missing := []map[string]any{}
	for _, u := range w.Missing {
		missing = append(missing, map[string]any{"section": u.Section, "silence": u.Silence, "listed": u.Listed, "reason": u.Reason, "words": u.Words()})
	}
	differ := []map[string]any{}
	for _, d := range w.Differ {
		sides := []map[string]any{}
		for _, s := range d.Sides {
			sides = append(sides, map[string]any{"words": s.Words, "records": idsOf(s.By)})
		}
		differ = append(differ, map[string]any{"section": d.Section, "title": d.Title, "about": d.About, "sides": sides})
	}
	all["missing"], all["differ"] = missing, differ
	if changes == nil {
		return all
	}
	entries := func(lines []clinic.Line) []entry {
		out := []entry{}
		for _, l := range lines {
			out = append(out, newEntry(l.Record))
		}
		return out
	}
	withdrawn := []record.ID{}
	for _, l := range changes.Withdrawn {
		withdrawn = append(withdrawn, l.ID)
	}
	all["changes"] = map[string]any{
		"new": entries(changes.New), "changed": entries(linesOf(changes.Changed)), "stopped": entries(linesOf(changes.Stopped)),
		"withdrawn": withdrawn, "again": entries(changes.Again), "unclear": entries(changes.Unclear),
	}
	return all
}

func idsOf(statements []clinic.Statement) []record.ID {
	ids := []record.ID{}
	for _, s := range statements {
		ids = append(ids, s.Record)
	}
	return ids
}
