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

// write makes OUT, which must not exist, and writes the live items into it.
func (r *reader) write(out string) (err error) {
	id, err := age.ParseX25519Identity(r.keys.identity())
	if err != nil {
		return err
	}
	if err := os.Mkdir(out, 0o700); err != nil {
		return err
	}
	if err := os.Mkdir(filepath.Join(out, "originals"), 0o700); err != nil {
		return err
	}
	to, counts := map[byte]*bufio.Writer{}, map[byte]int{}
	for class, file := range map[byte]string{aRecord: "records.ndjson", aReceipt: "receipts.ndjson", anOriginal: "originals.ndjson"} {
		f, err := os.OpenFile(filepath.Join(out, file), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		to[class] = bufio.NewWriter(f)
		defer func() { err = errors.Join(err, to[class].Flush(), f.Close()) }()
	}
	err = r.journal.walk(func(f frame) error {
		c, _ := r.state.content(f)
		for _, i := range c.items {
			if r.state.live[i.key].frame != f.number {
				continue // gone, or changed later
			}
			if err := writeLine(to[i.class], i.stored); err != nil {
				return err
			}
			counts[i.class]++
			if i.class != anOriginal {
				continue
			}
			o, err := parseOriginal(i.stored)
			if err == nil {
				err = extract(r.dir, id, f.number, o, filepath.Join(out, "originals", i.name))
			}
			if err = r.bad(err); err != nil {
				return err
			}
		}
		return nil
	}, func(error) error { return nil }) // replay has told of what does not fit
	if n := counts[aRecord] + counts[anOriginal] + counts[aReceipt]; err == nil && n != len(r.state.live) {
		err = errors.New("the vault changed while it was read: close it everywhere and try again")
	}
	fmt.Fprintf(r.stdout, "%d records, %d originals, %d receipts of %d transactions\n", counts[aRecord], counts[anOriginal], counts[aReceipt], r.state.epoch)
	return err
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
