package xdm

import (
	"context"
	"path"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Format knows the files of a tree by their IHE XDM list. It reads no document.
var Format = exchange.Format{
	Name:  "xdm",
	Title: "IHE XDM (a portal's download with its list of documents)",
	Index: index,
}

// listsLimit is how many lists of one tree are read.
const listsLimit = 1000

// indexer puts the index of one tree together.
type indexer struct {
	ctx    context.Context
	tree   exchange.Tree
	folded []string          // the tree's names in small letters
	byFold map[string]string // the tree's names by those
	out    *exchange.Index
	roots  []string // folders that hold a portal's files, folded, with a slash behind; "" for the tree itself
	dirs   map[string]bool
	about  []entry         // the documents that were found
	listed map[string]bool // files that a list names
}

// index reads every list of the tree. nil says that there is none and nothing
// that looks like a portal's download.
func index(ctx context.Context, t exchange.Tree) (*exchange.Index, error) {
	x := &indexer{ctx: ctx, tree: t, byFold: map[string]string{}, dirs: map[string]bool{}, listed: map[string]bool{}, out: &exchange.Index{Members: map[string]exchange.Member{}}}
	var lists []string
	for _, name := range t.Names {
		folded := strings.ToLower(name)
		x.folded = append(x.folded, folded)
		if _, taken := x.byFold[folded]; !taken {
			x.byFold[folded] = name
		}
		if path.Base(folded) == "metadata.xml" {
			lists = append(lists, name)
		}
	}
	for n, name := range lists {
		if n == listsLimit {
			x.told(name, record.Warning, "there are more lists of documents than are read; the files of the others were not checked")
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		x.list(name)
	}
	x.portal()
	if len(x.out.Members) == 0 && len(x.out.Issues) == 0 {
		return nil, nil
	}
	return x.out, ctx.Err()
}

// told adds an issue on the whole.
func (x *indexer) told(place string, s record.Severity, text string) {
	x.out.Issues = append(x.out.Issues, record.Issue{Severity: s, Place: place, Text: text})
}

// remark adds an issue to a member.
func (x *indexer) remark(name string, s record.Severity, text string) {
	m := x.out.Members[name]
	m.Issues = append(m.Issues, record.Issue{Severity: s, Place: name, Text: text})
	x.out.Members[name] = m
}

// folder is the folder of a name, folded, with a slash behind; "" for the tree
// itself.
func folder(name string) string {
	if d := path.Dir(strings.ToLower(name)); d != "." {
		return d + "/"
	}
	return ""
}
