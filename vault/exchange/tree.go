package exchange

import (
	"context"
	"errors"
	"io/fs"

	"github.com/carnet-phr/carnet/vault/record"
)

// Tree is what lies together: the members of a container, or a folder that the
// user gave.
type Tree struct {
	Name  string // for people
	FS    fs.FS
	Names []string // of all files, sorted; paths inside FS
}

// Index is what a format knows about the files of a tree from one of them: the
// METADATA.XML of IHE XDM, a DICOMDIR.
type Index struct {
	Issues  []record.Issue    // on the tree as a whole
	Members map[string]Member // by name in Tree.Names; the others are read as usual
}

// Member is what an index says about one file.
type Member struct {
	Skip    string         // why the file is not read by itself ("the portal's style sheet"); it is kept, and counts as one item
	Outcome Outcome        // of a skipped file: Kept or Administrative
	Issues  []record.Issue // told with the file (a checksum that does not agree)
	Title   string         // better than the file's name, for a file kept as a document
	Date    record.Date    // when the file was made, for a file kept as a document

	// Who made it, where, and what it is, for a file kept as a document that
	// does not say so itself.
	Author    []string
	Custodian string
	Type      record.Concept
	Class     record.Concept

	// Security are labels of confidentiality. They hold for all that the file
	// states without a label of its own.
	Security []record.Coding

	// LeaveOut says of a skipped file that it is not kept: a program on a disc.
	LeaveOut bool

	// Patient is whom the file is about according to the index. It decides for
	// a file that names nobody itself, and is compared with whom the file names.
	Patient     *record.Patient
	Identifiers []record.Identifier
}

// indexOf asks every format about a tree. Two formats may know different files;
// of two that know the same one, the first in the list is heard.
func indexOf(ctx context.Context, formats []Format, t Tree) Index {
	all := Index{Members: map[string]Member{}}
	for _, f := range formats {
		if f.Index == nil {
			continue
		}
		one, err := safeIndex(ctx, f, t)
		if err != nil {
			all.Issues = append(all.Issues, record.Issue{Severity: record.Warning, Place: t.Name, Text: err.Error() + "; the files were read without it"})
		}
		if one == nil {
			continue
		}
		all.Issues = append(all.Issues, one.Issues...)
		for name, m := range one.Members {
			if _, known := all.Members[name]; !known {
				all.Members[name] = m
			}
		}
	}
	return all
}

func safeIndex(ctx context.Context, f Format, t Tree) (one *Index, err error) {
	defer func() {
		if p := recover(); p != nil {
			one, err = nil, errors.New("the list of files could not be read because of a fault in Carnet; please keep it and report it")
		}
	}()
	return f.Index(ctx, t)
}
