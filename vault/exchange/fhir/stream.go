package fhir

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/strictjson"
)

const (
	entriesLimit   = 500_000 // entries of one file
	documentsLimit = 500_000 // JSON documents of one file (lines of NDJSON)
)

// stream reads the JSON documents of one source, holding one entry at a time.
type stream struct {
	ctx    context.Context
	dec    *jsontext.Decoder
	base   int64 // offset of what dec reads: 3 behind a byte order mark
	tree   strictjson.Tree
	im     *importer
	head   []byte  // members of the document's object that are not entries
	pieces []piece // where the bytes of head stand in the file
}

// piece says that head[at:] stands at offset in the file.
type piece struct {
	at     int
	offset int64
}

func readDocuments(ctx context.Context, src exchange.Source, im *importer) error {
	f, err := src.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	br := bufio.NewReaderSize(f, 256<<10)
	s := &stream{ctx: ctx, im: im, tree: strictjson.Tree{Rules: rules, Words: im.words}}
	if mark, _ := br.Peek(len(byteOrderMark)); bytes.Equal(mark, byteOrderMark) {
		s.base = int64(len(mark))
		_, _ = br.Discard(len(mark)) // just peeked at
	}
	s.dec = jsontext.NewDecoder(br)
	for n := 0; ; n++ {
		kind := s.dec.PeekKind()
		if kind == 0 {
			if _, err := s.dec.ReadToken(); !errors.Is(err, io.EOF) {
				return s.syntax(err)
			}
			return nil
		}
		if n%64 == 0 && s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		if n >= documentsLimit {
			return s.limit("more than 500,000 JSON documents in one file")
		}
		if err := s.document(kind); err != nil {
			return err
		}
	}
}

func (s *stream) syntax(err error) error { return strictjson.FromSyntax(err, s.base, "", rules) }

func (s *stream) limit(reason string) error {
	return &strictjson.Fault{Offset: s.base + s.dec.InputOffset(), Pointer: string(s.dec.StackPointer()), Reason: reason, Limit: true}
}

// document reads the next JSON document of the file.
func (s *stream) document(kind jsontext.Kind) error {
	s.im.beginDocument()
	switch kind {
	case '{':
		return s.object()
	case '[':
		return s.list("", func(v value, pointer string) error { return s.im.resource(v, resourceAt{pointer: pointer}) })
	}
	raw, err := s.dec.ReadValue()
	if err != nil {
		return s.syntax(err)
	}
	s.im.startsAt(s.base + s.dec.InputOffset() - int64(len(raw)))
	s.im.refuse("", "not a FHIR resource: not an object")
	return nil
}

// object reads an object member by member, so that the entries of a Bundle are
// never held together; all other members are gathered.
func (s *stream) object() error {
	if _, err := s.dec.ReadToken(); err != nil {
		return s.syntax(err)
	}
	start := s.base + s.dec.InputOffset() - 1
	s.im.startsAt(start)
	s.head, s.pieces = append(s.head[:0], '{'), append(s.pieces[:0], piece{0, start})
	typ := ""
	for s.dec.PeekKind() != '}' {
		name, err := s.dec.ReadValue()
		if err != nil {
			return s.syntax(err)
		}
		if typ, err = s.member(string(name), name, typ); err != nil {
			return err
		}
	}
	if _, err := s.dec.ReadToken(); err != nil {
		return s.syntax(err)
	}
	return s.endObject(start)
}

// member reads the value of one member of an object of type typ, "" while that
// is not known, and gives the type.
func (s *stream) member(name string, raw []byte, typ string) (string, error) {
	s.gather(raw)
	if name == `"entry"` && s.dec.PeekKind() == '[' && (typ == "" || typ == "Bundle") {
		return typ, s.entries(typ == "")
	}
	if done, err := s.wrapper(name, typ); done || err != nil {
		return typ, err
	}
	value, err := s.dec.ReadValue()
	if err != nil {
		return typ, s.syntax(err)
	}
	if name == `"resourceType"` && len(value) > 2 && value[0] == '"' {
		typ = string(value[1 : len(value)-1])
		s.im.seen = true
	}
	s.head = append(s.head, ':')
	s.gather(value)
	s.head = append(s.head, ',')
	return typ, nil
}

// gather appends bytes just read to head.
func (s *stream) gather(raw []byte) {
	s.pieces = append(s.pieces, piece{len(s.head), s.base + s.dec.InputOffset() - int64(len(raw))})
	s.head = append(s.head, raw...)
}

// entries reads the items of Bundle.entry. While the object's type is not known
// yet it may be a List: then items without a resource are gathered.
func (s *stream) entries(unknown bool) error {
	s.head = append(s.head, ':', '[')
	err := s.list("/entry", func(v value, pointer string) error {
		if s.im.entryCount++; s.im.entryCount > entriesLimit {
			return s.limit("more than 500,000 entries in one file")
		}
		if unknown && !v.Get("resource").Exists() {
			if raw := v.Raw(); len(s.head)+len(raw) < 1<<20 {
				s.gather(raw)
				s.head = append(s.head, ',')
			}
		}
		return s.im.entry(v, pointer)
	})
	s.head = append(bytes.TrimSuffix(s.head, []byte{','}), ']', ',')
	return err
}

// list reads the items of an array.
func (s *stream) list(pointer string, each func(v value, pointer string) error) error {
	if _, err := s.dec.ReadToken(); err != nil {
		return s.syntax(err)
	}
	if pointer == "" {
		s.im.startsAt(s.base + s.dec.InputOffset() - 1)
	}
	depth := s.dec.StackDepth()
	for n := 0; s.dec.PeekKind() != ']'; n++ {
		if n%64 == 0 && s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		raw, err := s.dec.ReadValue()
		if err != nil {
			return s.syntax(err)
		}
		at := pointer + "/" + strconv.Itoa(n)
		v, err := s.tree.Parse(raw, strictjson.Origin{Offset: s.base + s.dec.InputOffset() - int64(len(raw)), Pointer: at, Depth: depth})
		if err != nil {
			return err
		}
		if err := each(v, at); err != nil {
			return err
		}
	}
	if _, err := s.dec.ReadToken(); err != nil {
		return s.syntax(err)
	}
	return nil
}

// endObject hands on what was gathered: a Bundle's own members, or a resource.
func (s *stream) endObject(start int64) error {
	s.head = append(bytes.TrimSuffix(s.head, []byte{','}), '}')
	v, err := s.tree.Parse(s.head, strictjson.Origin{Offset: start, At: s.offset})
	if err != nil {
		return err
	}
	end := s.base + s.dec.InputOffset()
	if v.TextOf("resourceType") == "Bundle" {
		s.im.endBundle(v)
		return nil
	}
	if s.im.inDocument > 0 {
		if v.Get("entry").Exists() {
			s.im.remark("", "its entries were read as those of a Bundle, although it does not say that it is one")
		}
		return nil
	}
	if v.Get("collections").Exists() && s.im.seen || v.Get("providers").Exists() && s.im.seen {
		return nil
	}
	return s.im.resource(v, resourceAt{offset: start, length: end - start})
}

// offset is where head[at] stands in the file.
func (s *stream) offset(at int) int64 {
	p := s.pieces[0]
	for _, q := range s.pieces {
		if q.at > at {
			break
		}
		p = q
	}
	return p.offset + int64(at-p.at)
}
