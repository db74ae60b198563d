package apple

import (
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// candidatesLimit is how many XML files of a tree are looked at.
const candidatesLimit = 40

// clinicalFolder holds the records of care providers, in FHIR.
const clinicalFolder = "clinical-records"

// index says what the files of an export are. The export is known by what is in
// it: a phone names folder and files in its own language (Export.xml,
// exportation.xml, 导出.xml).
func index(ctx context.Context, t exchange.Tree) (*exchange.Index, error) {
	root, export, found := exportFolder(ctx, t)
	if !found {
		return nil, ctx.Err()
	}
	ix := &exchange.Index{Members: map[string]exchange.Member{}}
	routes, records := 0, 0
	var owner map[string]*record.Patient
	if slices.ContainsFunc(t.Names, func(n string) bool { return path.Base(path.Dir(n)) == clinicalFolder }) {
		var err error
		if owner, err = owners(ctx, t, export); err != nil {
			return nil, err
		}
	}
	for _, name := range t.Names {
		if root != "." && !strings.HasPrefix(name, root+"/") {
			continue
		}
		switch dir := path.Dir(name); {
		case dir == root && strings.HasSuffix(name, ".xml") && headRoot(t, name) == "ClinicalDocument":
			ix.Members[name] = exchange.Member{Title: "Apple Health export as a clinical document", Issues: []record.Issue{{
				Severity: record.Information, Place: t.Name + "/" + name,
				Text: "this document repeats vital signs that export.xml holds, reading by reading; what says the same at the same time is linked where the two agree",
			}}}
		case strings.EqualFold(path.Ext(name), ".gpx"):
			routes++
			ix.Members[name] = exchange.Member{Skip: "the route of a workout; it is kept, its track is not shown", Outcome: exchange.Kept}
		case path.Base(dir) == clinicalFolder:
			records++
			if p := owner[name]; p != nil {
				ix.Members[name] = exchange.Member{Patient: p}
			}
		}
	}
	text := "an export of Apple Health"
	if records > 0 {
		text += fmt.Sprintf(" with %d clinical records, from one or more care providers; whose they are is compared with the owner of the phone", records)
	}
	if routes > 0 {
		text += fmt.Sprintf("; %d routes of workouts are kept and not shown", routes)
	}
	ix.Issues = []record.Issue{{Severity: record.Information, Place: t.Name, Text: text}}
	return ix, nil
}

// exportFolder finds the folder whose XML file has HealthData as its root.
func exportFolder(ctx context.Context, t exchange.Tree) (dir, export string, found bool) {
	looked := 0
	for _, name := range t.Names {
		if !strings.EqualFold(path.Ext(name), ".xml") || strings.Count(name, "/") > 2 {
			continue
		}
		if looked++; looked > candidatesLimit || ctx.Err() != nil {
			return "", "", false
		}
		if headRoot(t, name) == "HealthData" {
			return path.Dir(name), name, true
		}
	}
	return "", "", false
}

// headRoot is the root element of one file of a tree.
func headRoot(t exchange.Tree, name string) string {
	f, err := t.FS.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, headSize))
	if err != nil {
		return ""
	}
	return rootOf(head)
}
