package strictxml

import "strings"

// doctype skips "<!DOCTYPE …>" with its internal subset. Nothing in it is used:
// declared entities are unknown here, and a parameter entity is refused. The
// subset need not be well-formed (Apple's exports of 2022 hold one that is not):
// it ends at the first "]" followed by ">" that stands in no comment and no
// quotation.
func (d *Decoder) doctype() error {
	if d.rootSeen || d.doctypeSeen {
		return d.fail(d.pos, "a DOCTYPE in the wrong place"+askAgain)
	}
	open := false
	for i := d.pos + len("<!DOCTYPE"); i < len(d.win); {
		next, done, err := d.inDoctype(i, &open)
		if err != nil {
			return err
		}
		if done {
			d.pos, d.doctypeSeen = next, true
			return nil
		}
		i = next
	}
	return d.tooLong(len(d.win))
}

// inDoctype passes over the next piece at offset i; open says whether that is
// inside the internal subset.
func (d *Decoder) inDoctype(i int, open *bool) (next int, done bool, err error) {
	switch c := d.win[i]; {
	case *open && c == '<' && strings.HasPrefix(d.win[i:], "<!--"):
		_, next, err = d.until(i+len("<!--"), "-->")
		return next, false, err
	case c == '"' || c == '\'':
		next, err = d.quotation(i)
		return next, false, err
	case c == '[':
		*open = true
	case *open && c == '%' && nameLength(d.win[i+1:]) > 0:
		return 0, false, d.fail(i, "a reference to a parameter entity, which is never followed"+notSafe)
	case *open && c == ']':
		end := skipSpace(d.win, i+1)
		if end >= len(d.win) {
			return 0, false, d.tooLong(end)
		}
		*open = d.win[end] != '>'
	case !*open && c == '>':
		return i + 1, true, nil
	}
	return i + 1, false, nil
}

// quotation passes over the quotation that starts at offset i.
func (d *Decoder) quotation(i int) (next int, err error) {
	n := strings.IndexByte(d.win[i+1:], d.win[i])
	if n < 0 {
		return 0, d.tooLong(len(d.win))
	}
	return i + n + 2, nil
}
