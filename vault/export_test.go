package vault

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/vault/store"
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

// Later has even a small db/ compared with its account behind the first screen.
func Later(opt Options) Options {
	opt.atOnce = -1
	return opt
}

// Tails gives the sizes of the tables of a vault that was closed and of what
// Badger reads of them when it opens them.
func (v *Vault) Tails() (sizes, tails []int64) {
	sealed, err := os.ReadFile(filepath.Join(v.dir, store.Dir, store.AccountName))
	if err != nil {
		panic(err)
	}
	c, _ := v.openClosed(sealed)
	for _, f := range c.Files {
		if strings.HasSuffix(f.Name, ".sst") {
			sizes, tails = append(sizes, f.Size), append(tails, f.Tail)
		}
	}
	return sizes, tails
}

// SearchTexts are the texts of a record that are searched.
var SearchTexts = searchTexts
