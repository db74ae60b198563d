package ccda

import (
	"github.com/carnet-phr/carnet/vault/record"
)

// nameOf is an id with the element that carries it: an act and the observation
// inside it may share one.
type nameOf struct {
	id      record.Identifier
	element string
}

// issued gives the identifiers of a statement that name it alone. Writers are
// met that give one id to every entry: taken for a name it would make a later
// reading the correction of an earlier one. Such an id is a name only inside its
// document, where it tells an entry that is written twice.
func (r *reader) issued(st *node) (names []record.Identifier, local []string) {
	if r.vague == nil {
		r.vague = map[nameOf]bool{}
		r.findVague(r.root, map[nameOf]fact{})
	}
	for _, id := range identifiers(st) {
		if r.vague[nameOf{id, st.Local}] {
			local = append(local, id.System+"|"+id.Value)
		} else {
			names = append(names, id)
		}
	}
	return names, local
}

// fact is what two statements of one thing have in common.
type fact struct{ code, value, time string }

func factOf(st *node) fact {
	f := fact{code: attr(child(st, "code"), "code")}
	if v := child(st, "value"); v != nil {
		f.value = attr(v, "value") + "|" + attr(v, "code") + "|" + v.Text()
	}
	if t := child(st, "effectiveTime"); t != nil {
		f.time = attr(t, "value") + "|" + attr(child(t, "low"), "value")
	}
	return f
}

// findVague notes the ids that statements with different content share.
func (r *reader) findVague(n *node, seen map[nameOf]fact) {
	if statementNames[n.Local] && n.Space == hl7 {
		for i := range children(n, "id") {
			id, ok := identifier(i)
			if !ok {
				continue
			}
			name, f := nameOf{id, n.Local}, factOf(n)
			if first, met := seen[name]; !met {
				seen[name] = f
			} else if first != f {
				r.vague[name] = true
			}
		}
	}
	for c := n.First; c != nil; c = c.Next {
		r.findVague(c, seen)
	}
}
