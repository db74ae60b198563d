package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"unicode/utf8"

	"filippo.io/age"
)

// output is OUT.
type output struct {
	dir    string
	files  []*os.File
	lists  map[byte]*bufio.Writer
	counts map[byte]int
	seen   int             // items, whether they could be written or not
	known  map[string]bool // files of originals
}

// newOutput makes OUT, which must not exist.
func newOutput(dir string) (*output, error) {
	o := &output{dir: dir, lists: map[byte]*bufio.Writer{}, counts: map[byte]int{}, known: map[string]bool{}}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	for class, file := range map[byte]string{aRecord: "records.ndjson", aReceipt: "receipts.ndjson", anOriginal: "originals.ndjson"} {
		f, err := os.OpenFile(filepath.Join(dir, file), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return nil, err
		}
		o.files, o.lists[class] = append(o.files, f), bufio.NewWriter(f)
	}
	return o, os.Mkdir(filepath.Join(dir, "originals"), 0o700)
}

func (o *output) close() (err error) {
	for _, l := range o.lists {
		err = errors.Join(err, l.Flush())
	}
	for _, f := range o.files {
		err = errors.Join(err, f.Close())
	}
	return err
}

// write writes the live items.
func (r *reader) write(dir string) error {
	id, err := age.ParseX25519Identity(r.keys.identity())
	if err != nil {
		return err
	}
	out, err := newOutput(dir)
	if err != nil {
		return err
	}
	err = r.journal.walk(func(f frame) error {
		c, _ := r.state.content(f)
		for _, i := range c.items {
			o, _ := parseOriginal(i.stored) // of an original only
			out.known["originals/"+o.File] = true
			if r.state.live[i.key].frame != f.number {
				continue // gone, or changed later
			}
			err := writeLine(out.lists[i.class], i.stored)
			if out.seen++; err == nil && i.class == anOriginal && o.Original.Path == "" { // else its archive is extracted, and holds it
				err = extract(r.dir, id, f.number, o, filepath.Join(dir, "originals", i.name))
			}
			if err == nil {
				out.counts[i.class]++
			}
			if err = r.bad(err); err != nil {
				return err
			}
		}
		return nil
	}, func(error) error { return nil }) // replay has told of what does not fit
	if err == nil && out.seen != len(r.state.live) {
		err = errors.New("the vault changed while it was read: close it everywhere and try again")
	}
	for _, path := range r.dir.originals() {
		if err == nil && !out.known[path] {
			fmt.Fprintf(r.stderr, "%s: the journal does not know this file: its end may be missing\n", path)
		}
	}
	fmt.Fprintf(r.stdout, "%d records, %d originals, %d receipts of %d transactions\n", out.counts[aRecord], out.counts[anOriginal], out.counts[aReceipt], r.state.whole)
	return errors.Join(err, out.close())
}

// writeLine writes a stored form as JSON.
func writeLine(w *bufio.Writer, stored []byte) error {
	var v any
	if err := decode(stored, &v); err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(jsonable(v))
}

// jsonable replaces what JSON cannot hold.
func jsonable(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = jsonable(v[k])
		}
	case []any:
		for i := range v {
			v[i] = jsonable(v[i])
		}
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return fmt.Sprint(v)
		}
	case string:
		if !utf8.ValidString(v) {
			return broken(v)
		}
	}
	return v
}

// broken is text that is not all UTF-8.
type broken string

// MarshalJSON writes a byte that is not UTF-8 as a lone surrogate.
func (t broken) MarshalJSON() ([]byte, error) {
	out := []byte{'"'}
	for i, c := range t {
		if _, n := utf8.DecodeRuneInString(string(t[i:])); c == utf8.RuneError && n == 1 {
			out = fmt.Appendf(out, `\udc%02x`, t[i])
			continue
		}
		b, err := json.Marshal(string(c))
		if err != nil {
			return nil, err
		}
		out = append(out, b[1:len(b)-1]...)
	}
	return append(out, '"'), nil
}
