package aezip

import (
	"crypto/rand"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"time"
	"unicode/utf8"
)

// The errors of a writer.
var (
	ErrName = errors.New("a member of an archive needs a name of valid text, at most 65,535 bytes")
	ErrSize = errors.New("a member of an archive grew beyond the size that was announced")
)

// Writer writes an archive, one member after the other, without looking back.
type Writer struct {
	w       io.Writer
	at      uint64
	entries []*entry
	open    *body
	err     error
}

// NewWriter writes to w.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w} }

// Create begins a member, which ends with the next one or with Close. With a
// passphrase it is encrypted, without one readable by all. A member of up to
// most bytes may be written: where that is 4 GiB or more it is laid out as zip64
// has it, which old programs cannot read.
func (z *Writer) Create(name string, passphrase []byte, most uint64, modified time.Time) (io.Writer, error) {
	if err := z.finish(); err != nil {
		return nil, err
	}
	if name == "" || len(name) > most16 || !utf8.ValidString(name) {
		return nil, ErrName
	}
	e := &entry{name: name, modified: modified, sealed: len(passphrase) > 0, wide: most >= most32-around, offset: z.at}
	b := &body{z: z, e: e, crc: crc32.NewIEEE()}
	if err := z.write(e.local()); err != nil {
		return nil, err
	}
	if e.sealed {
		var salt [saltSize]byte
		rand.Read(salt[:]) // never fails: crypto/rand aborts the program instead
		var err error
		if b.m, err = newMember(passphrase, salt); err != nil {
			return nil, err
		}
		if err := z.write(append(salt[:], b.m.verifier[:]...)); err != nil {
			return nil, err
		}
		e.stored = saltSize + verifierSize
	}
	z.open = b
	z.entries = append(z.entries, e)
	return b, nil
}

// Close ends the archive. It does not close the writer below.
func (z *Writer) Close() error {
	if err := z.finish(); err != nil {
		return err
	}
	start := z.at
	for _, e := range z.entries {
		if err := z.write(e.central()); err != nil {
			return err
		}
	}
	return z.write(end(len(z.entries), z.at-start, start))
}

func (z *Writer) write(b []byte) error {
	if z.err != nil {
		return z.err
	}
	n, err := z.w.Write(b)
	z.at += uint64(n)
	z.err = err
	return err
}

// finish ends the open member.
func (z *Writer) finish() error {
	b := z.open
	if b == nil || z.err != nil {
		return z.err
	}
	z.open = nil
	if b.m != nil {
		b.e.stored += codeSize
		if err := z.write(b.m.code()); err != nil {
			return err
		}
	} else {
		b.e.crc = b.crc.Sum32()
	}
	return z.write(b.e.descriptor())
}

// body is the member that is being written.
type body struct {
	z   *Writer
	e   *entry
	m   *member // nil: not encrypted
	crc hash.Hash32
	buf []byte
}

const pieceSize = 32 << 10 // bytes that are encrypted at a time

func (b *body) Write(p []byte) (int, error) {
	if b.z.open != b {
		return 0, errors.New("write to a member of an archive that is finished")
	}
	done := 0
	for done < len(p) {
		piece := p[done:min(len(p), done+pieceSize)]
		if err := b.piece(piece); err != nil {
			return done, err
		}
		done += len(piece)
	}
	return done, nil
}

func (b *body) piece(p []byte) error {
	n := uint64(len(p))
	if !b.e.wide && b.e.stored+n+codeSize >= most32 {
		b.z.err = ErrSize
		return ErrSize
	}
	if b.m == nil {
		b.crc.Write(p)
	} else {
		b.buf = append(b.buf[:0], p...)
		b.m.stream.xor(b.buf, b.buf)
		b.m.mac.Write(b.buf)
		p = b.buf
	}
	if err := b.z.write(p); err != nil {
		return err
	}
	b.e.stored += n
	b.e.size += n
	return nil
}
