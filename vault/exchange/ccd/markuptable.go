package ccd

// table is a table with the parts that CDA wants, in its order: caption, head,
// foot, and at least one body. One without a row is its caption.
func table(n *element) []*element {
	var caption *element
	head, foot, body := el("thead"), el("tfoot"), el("tbody")
	for _, k := range n.kids {
		switch k.name {
		case "caption":
			caption = txt("caption", plain(k))
		case "thead":
			rows(head, k.kids)
		case "tfoot":
			rows(foot, k.kids)
		case "tbody":
			rows(body, k.kids)
		case "tr":
			rows(body, []*element{k})
		}
	}
	if len(body.kids) == 0 {
		body.kids, head.kids = append(head.kids, foot.kids...), nil
		foot.kids = nil
	}
	if len(body.kids) == 0 {
		if caption == nil {
			return nil
		}
		return []*element{paragraph(caption.words)}
	}
	e := el("table").add(caption)
	for _, part := range []*element{head, foot, body} {
		if len(part.kids) > 0 {
			e.add(part)
		}
	}
	return []*element{e}
}

func rows(into *element, nodes []*element) {
	for _, n := range nodes {
		if n.name != "tr" {
			continue
		}
		row := el("tr")
		for _, c := range n.kids {
			if c.name == "td" || c.name == "th" {
				cell := el(c.name, c.attrs...)
				if c.name == "th" {
					cell.add(text(plain(c)))
				} else {
					cell.add(blocks(c.kids, true)...)
				}
				row.add(cell)
			}
		}
		if len(row.kids) > 0 {
			into.add(row)
		}
	}
}
