package csv

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Format writes a table. labcsv reads tables.
var Format = exchange.Format{
	Name: "csv", Title: "Table for a spreadsheet (CSV)",
	MediaTypes: []string{"text/csv"}, Extensions: []string{".csv"},
	Export: write, Verify: verify,
}

const byteOrderMark = "\ufeff"

// write writes the heading and the lines of every record.
func write(ctx context.Context, out io.Writer, sel exchange.Selection) error {
	b := bufio.NewWriter(out)
	if _, err := b.WriteString(byteOrderMark); err != nil {
		return err
	}
	w := csv.NewWriter(b)
	w.UseCRLF = true
	if err := w.Write(headings()); err != nil {
		return err
	}
	l := &lines{sel: sel, whole: leftOut(sel), made: sel.Generated.Format(time.RFC3339), names: map[record.Hash]string{}}
	for _, o := range sel.Originals {
		l.names[o.Hash] = o.Name
	}
	for _, r := range sel.Records {
		if err := ctx.Err(); err != nil {
			return err
		}
		if r.Summary().Standing == record.InError {
			continue
		}
		for _, one := range l.of(r) {
			if err := w.Write(one.cells()); err != nil {
				return err
			}
		}
	}
	w.Flush()
	return errors.Join(w.Error(), b.Flush())
}

// leftOut says what the table does not hold (CLINICAL-SAFETY hazard 51).
func leftOut(sel exchange.Selection) string {
	var words []string
	s := sel.Scope
	if len(s.Kinds) > 0 {
		var sections []string
		for _, k := range s.Kinds {
			sections = append(sections, k.Section())
		}
		words = append(words, "only: "+strings.Join(sections, ", "))
	}
	if s.From != "" {
		words = append(words, "not before "+s.From.Human())
	}
	if s.To != "" {
		words = append(words, "not after "+s.To.Human())
	}
	if s.Since != nil {
		words = append(words, "only what is new")
	}
	if sel.Withheld > 0 {
		words = append(words, "some items withheld by the patient")
	}
	return strings.Join(words, "; ")
}

var errOther = errors.New("the table does not hold what the record holds")

// verify reads the table again: as many lines, and every number and unit to the
// letter.
func verify(ctx context.Context, src exchange.Source, sel exchange.Selection) error {
	f, err := src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	var want bytes.Buffer
	if err := write(ctx, &want, sel); err != nil {
		return err
	}
	got, wanted := reader(f), reader(&want)
	for n := 1; ; n++ {
		a, errA := got.Read()
		b, errB := wanted.Read()
		switch {
		case errors.Is(errA, io.EOF) && errors.Is(errB, io.EOF):
			return nil
		case errA != nil || errB != nil || !slices.Equal(a, b):
			return fmt.Errorf("line %d: %w", n, errOther)
		}
	}
}

func reader(r io.Reader) *csv.Reader {
	c := csv.NewReader(r)
	c.FieldsPerRecord = len(columns)
	return c
}
