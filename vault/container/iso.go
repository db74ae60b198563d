package container

import (
	"errors"
	"io"
)

// isoHead is how much of a file shows whether it is a disc image: 16 sectors of
// 2,048 bytes and the first descriptor (ECMA-119, 6.2.1 and 8.1).
const isoHead = 17 * 2048

func isISO(head []byte) bool {
	return len(head) >= isoHead && string(head[16*2048+1:16*2048+6]) == "CD001"
}

// isoEntries lists a disc image.
func isoEntries(io.ReaderAt, int64) ([]*entry, error) {
	return nil, errors.New("disc images are not read yet")
}
