package apple

import (
	"bytes"
	"errors"
	"io"
)

// headSize is how much of a file is looked at to know it, in bytes.
const headSize = 64 << 10

// peek reads the head of a file and gives the whole file again.
func peek(r io.Reader) (head []byte, whole io.Reader, err error) {
	head = make([]byte, headSize)
	n, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, nil, err
	}
	return head[:n], io.MultiReader(bytes.NewReader(head[:n]), r), nil
}
