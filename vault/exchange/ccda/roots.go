package ccda

import (
	"context"
	"fmt"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictxml"
	"github.com/carnet-phr/carnet/vault/record"
)

// documents reads all documents of a file. Exports of phones are met that go on
// behind the end of the document, with parts of it or with a further document:
// all of it is read, and said so; a file with anything else behind its document
// is refused.
func documents(ctx context.Context, src exchange.Source, tree *strictxml.Document, sink exchange.Sink) error {
	roots, behind := []*node{tree.Root}, [][]*node{nil}
	parts := 0
	for _, e := range tree.Further {
		switch {
		case e.Local == "ClinicalDocument" && e.Space == hl7:
			roots, behind = append(roots, e), append(behind, nil)
		case (e.Local == "component" || e.Local == "entry") && (e.Space == hl7 || e.Space == ""):
			inNamespace(e)
			behind[len(roots)-1] = append(behind[len(roots)-1], e)
			parts++
		default:
			line, column := tree.Position(e.Start)
			return fmt.Errorf("line %d, column %d: the file goes on behind the end of the document with something that is none; ask the sender for a new copy", line, column)
		}
	}
	for n, root := range roots {
		if len(behind[n]) > 0 {
			root.Append(behind[n]...)
		}
		r := newReader(ctx, src, root, tree.Transcoded, sink)
		if n == 0 {
			r.slips(tree, len(roots), parts)
		}
		if err := r.document(); err != nil {
			return err
		}
	}
	return nil
}

// slips tells what was put right in the file.
func (r *reader) slips(tree *strictxml.Document, documents, parts int) {
	if documents > 1 {
		r.remark(record.Warning, r.root, fmt.Sprintf("the file holds %d documents one after the other; each was read", documents))
	}
	if parts > 0 {
		r.remark(record.Warning, r.root, fmt.Sprintf("the file goes on behind the end of the document; the %d parts there were read as parts of it", parts))
	}
	if tree.Replaced > 0 {
		r.remark(record.Warning, r.root, fmt.Sprintf("the file holds %d characters that no document may hold; a mark stands in the place of each", tree.Replaced))
	}
}

// inNamespace gives a part that has lost the namespace of its document that of
// HL7.
func inNamespace(n *node) {
	if n.Space == "" {
		n.Rename(strictxml.Name{Space: hl7, Local: n.Local})
	}
	for c := n.First; c != nil; c = c.Next {
		inNamespace(c)
	}
}
