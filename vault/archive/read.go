package archive

import (
	"bufio"
	"context"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

const lineLimit = 256 << 20 // bytes of one line

// lines gives the lines of the files of one name, in their order.
func (a *Archive) lines(ctx context.Context, name string) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, file := range a.names {
			if !linesName.MatchString(file) || !strings.HasPrefix(file, name+"-") {
				continue
			}
			r := bufio.NewReaderSize(a.open(file), 64<<10)
			for {
				if err := ctx.Err(); err != nil {
					yield(nil, err)
					return
				}
				l, err := oneLine(r)
				if errors.Is(err, io.EOF) {
					break
				}
				if !yield(l, err) || err != nil {
					return
				}
			}
		}
	}
}

// oneLine reads one line; one that does not end is none.
func oneLine(r *bufio.Reader) ([]byte, error) {
	var whole []byte
	for {
		part, err := r.ReadSlice('\n')
		if len(whole)+len(part) > lineLimit {
			return nil, errLine
		}
		switch {
		case err == nil && whole == nil:
			return slices.Clone(part), nil
		case err == nil:
			return append(whole, part...), nil
		case errors.Is(err, bufio.ErrBufferFull):
			whole = append(whole, part...)
		case errors.Is(err, io.EOF) && len(whole)+len(part) == 0:
			return nil, io.EOF
		default:
			return nil, ErrDamaged
		}
	}
}

// Records gives every record as it was. A record of a kind that only a later
// version has is an error.
func (a *Archive) Records(ctx context.Context) iter.Seq2[record.Record, error] {
	return func(yield func(record.Record, error) bool) {
		n := 0
		for b, err := range a.lines(ctx, "records") {
			var r record.Record
			if err == nil {
				r, err = decodeRecord(b)
			}
			if err != nil {
				yield(record.Record{}, err)
				return
			}
			if n++; !yield(r, nil) {
				return
			}
		}
		if n != a.Contents.Records {
			yield(record.Record{}, ErrDamaged)
		}
	}
}

// Imports gives the receipts.
func (a *Archive) Imports(ctx context.Context) ([]record.Receipt, error) {
	var list []record.Receipt
	for b, err := range a.lines(ctx, "imports") {
		if err != nil {
			return nil, err
		}
		r, err := decodeImport(b)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	if len(list) != a.Contents.Imports {
		return nil, ErrDamaged
	}
	return list, nil
}

// Originals gives the originals to seal, what holds others before them, without
// those that were lacking when the archive was made.
func (a *Archive) Originals(ctx context.Context) ([]record.Incoming, error) {
	var list []record.Incoming
	n := 0
	for b, err := range a.lines(ctx, "originals") {
		if err != nil {
			return nil, err
		}
		l, err := decodeOriginal(b)
		if err != nil {
			return nil, err
		}
		n++
		f, there := a.files[l.File]
		o := l.Original
		switch {
		case !there || !originalName.MatchString(l.File), o.Path == "" && (f.size != o.Size || !strings.HasPrefix(l.File, originalsDir+string(o.Hash))):
			return nil, ErrDamaged
		case slices.Contains(a.Contents.Lacking, o.Hash), o.Path != "" && slices.Contains(a.Contents.Lacking, o.Within):
			continue
		}
		list = append(list, record.Incoming{Original: o, Open: func() (io.ReadCloser, error) { return io.NopCloser(a.open(l.File)), nil }})
	}
	if n != a.Contents.Originals {
		return nil, ErrDamaged
	}
	return list, nil
}
