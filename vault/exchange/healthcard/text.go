package healthcard

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// text reads lines: the text of QR codes, signed cards, links.
func (r *reader) text(content []byte) error {
	var parts []part
	var cards []signed
	n, odd := 0, 0
	for line := range strings.Lines(string(bytes.TrimPrefix(content, byteOrderMark))) {
		n++
		line = strings.TrimSpace(line)
		place := fmt.Sprintf("line %d", n)
		switch p, err := parsePart(line); {
		case line == "":
		case err == nil:
			p.place = place
			parts = append(parts, p)
		case isSigned(line):
			cards = append(cards, signed{jws: line, place: place})
		case isLink(line):
			r.kept(record.Warning, place, "a SMART Health Link: what it leads to lies on the network, which Carnet never uses; open it with the program that gave it, and bring in the file that it gives")
		default:
			odd++
		}
	}
	if odd > 0 {
		r.remark(record.Information, "whole file", fmt.Sprintf("%d lines are no card; they are kept in the original", odd))
	}
	return r.signed(append(r.whole(parts), cards...))
}

// isLink says whether a line is a SMART Health Link, by itself or behind the
// address of a viewer (https://docs.smarthealthit.org/smart-health-links/).
func isLink(line string) bool {
	_, rest, found := strings.Cut(line, "shlink:/")
	if !found || rest == "" || strings.ContainsAny(rest, " \t") {
		return false
	}
	return strings.HasPrefix(line, "shlink:/") || strings.HasPrefix(line, "https://") && strings.Contains(line, "#shlink:/")
}
