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
	i := d.pos + len("<!DOCTYPE")
	open := false
	for i < len(d.win) {
		switch c := d.win[i]; {
		case open && strings.HasPrefix(d.win[i:], "<!--"):
			_, next, err := d.until(i+4, "-->")
			if err != nil {
				return err
			}
			i = next
			continue
		case c == '"' || c == '\'':
			n := strings.IndexByte(d.win[i+1:], c)
			if n < 0 {
				return d.tooLong(len(d.win))
			}
			i += n + 1
		case c == '[':
			open = true
		case open && c == '%' && i+1 < len(d.win) && nameLength(d.win[i+1:]) > 0:
			return d.fail(i, "a reference to a parameter entity, which is never followed"+notSafe)
		case open && c == ']':
			end := skipSpace(d.win, i+1)
			if end >= len(d.win) {
				return d.tooLong(end)
			}
			open = d.win[end] != '>'
		case !open && c == '>':
			d.pos, d.doctypeSeen = i+1, true
			return nil
		}
		i++
	}
	return d.tooLong(i)
}
