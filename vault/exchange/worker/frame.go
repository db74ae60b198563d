package worker

import (
	"encoding/binary"
	"errors"
	"io"
)

// Limits of the pipes, in bytes.
const (
	chunkSize  = 64 << 10
	nameLimit  = 100
	wordsLimit = 4 << 10
)

// Kinds of frames that the child writes: one byte, a size of four bytes with the
// least significant last, and that many bytes.
const (
	frameReady = 'r' // the task is ready: the file is being read
	frameData  = 'd' // a part of the result
	frameDone  = 'k' // the result is whole
	frameNo    = 'n' // not a file of the task's format
	frameError = 'e' // why it cannot be read, in words
)

var errFrame = errors.New("the reading process wrote what it should not")

// The parent writes a task's name, with its length in one byte, and then the
// file in chunks: a size of four bytes, and that many bytes; a size of 0 ends it.

func writeName(w io.Writer, name string) error {
	_, err := w.Write(append([]byte{byte(len(name))}, name...))
	return err
}

func readName(r io.Reader) (string, error) {
	b := make([]byte, 1, nameLimit)
	if _, err := io.ReadFull(r, b); err != nil {
		return "", err
	}
	if b[0] > nameLimit {
		return "", errFrame
	}
	b = b[:b[0]]
	_, err := io.ReadFull(r, b)
	return string(b), err
}

func readSize(r io.Reader) (int, error) {
	var b [4]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return 0, err
	}
	n := binary.BigEndian.Uint32(b[:])
	if n > chunkSize {
		return 0, errFrame
	}
	return int(n), nil
}

func writeChunk(w io.Writer, p []byte) error {
	b := binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(p)), uint32(len(p)))
	_, err := w.Write(append(b, p...))
	return err
}

func writeFrame(w io.Writer, kind byte, p []byte) error {
	if kind == frameError && len(p) > wordsLimit {
		p = p[:wordsLimit]
	}
	b := append(make([]byte, 0, 5+len(p)), kind)
	b = binary.BigEndian.AppendUint32(b, uint32(len(p)))
	_, err := w.Write(append(b, p...))
	return err
}

func readFrame(r io.Reader) (kind byte, p []byte, err error) {
	var b [1]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return 0, nil, err
	}
	n, err := readSize(r)
	if err != nil {
		return 0, nil, err
	}
	p = make([]byte, n)
	_, err = io.ReadFull(r, p)
	return b[0], p, err
}

// frames writes data frames.
type frames struct{ w io.Writer }

// Write implements io.Writer.
func (f frames) Write(p []byte) (int, error) {
	for at := 0; at < len(p); at += chunkSize {
		if err := writeFrame(f.w, frameData, p[at:min(len(p), at+chunkSize)]); err != nil {
			return at, err
		}
	}
	return len(p), nil
}
