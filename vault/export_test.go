package vault

import (
	"encoding/json"
	"time"
)

// NewerHeader is a header as a later version would write it.
func NewerHeader(data string) string {
	return changedHeader(data, func(h *header) { h.Version++ })
}

// ForgedHeader is a header that somebody without the key changed, with a
// checksum that fits.
func ForgedHeader(data string) string {
	return changedHeader(data, func(h *header) { h.Created = h.Created.Add(time.Hour) })
}

func changedHeader(data string, change func(*header)) string {
	h, e, err := parseHeader([]byte(data))
	if err != nil {
		panic(err)
	}
	change(&h)
	e.Header, _ = json.Marshal(h)
	e.SHA256 = e.sum()
	b, err := e.bytes()
	if err != nil {
		panic(err)
	}
	return string(b)
}
