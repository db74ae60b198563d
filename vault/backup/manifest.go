package backup

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ManifestName is the last file of an archive: what it has to hold. Its lines
// without "#" are as sha256sum prints them, so that "sha256sum -c MANIFEST"
// checks an archive that was unpacked by hand.
const ManifestName = "MANIFEST"

const (
	manifestTitle = "# carnet backup "
	manifestLimit = 256 << 20 // bytes
)

// Manifest says what an archive holds.
type Manifest struct {
	Vault   []byte // id
	At      time.Time
	Epoch   uint64
	Count   int // items
	Lacking int // files that were missing or damaged in the vault
	Files   []File
}

func (m Manifest) bytes() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s%d\n# vault %x\n# at %s\n# epoch %d\n# items %d\n# lacking %d\n", manifestTitle, listVersion, m.Vault, m.At.UTC().Format(time.RFC3339Nano), m.Epoch, m.Count, m.Lacking)
	for _, f := range m.Files {
		fmt.Fprintf(&b, "# %d bytes\n%x  %s\n", f.Size, f.SHA256, f.Name)
	}
	return b.Bytes()
}

// parseManifest reads exactly what bytes writes.
func parseManifest(b []byte) (Manifest, error) {
	var m Manifest
	text, ok := strings.CutPrefix(string(b), manifestTitle)
	if !ok {
		return m, errArchive
	}
	version, text, _ := strings.Cut(text, "\n")
	if n, err := strconv.Atoi(version); err == nil && n > listVersion {
		return m, ErrNewer
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	const fields = 5
	if len(lines) < fields || len(lines)%2 != fields%2 {
		return m, errArchive
	}
	value := func(i int, name string) string { return strings.TrimPrefix(lines[i], "# "+name+" ") }
	var errs [4]error
	m.Vault, errs[0] = hex.DecodeString(value(0, "vault"))
	m.At, errs[1] = time.Parse(time.RFC3339Nano, value(1, "at"))
	m.Epoch, errs[2] = strconv.ParseUint(value(2, "epoch"), 10, 64)
	m.Count, errs[3] = strconv.Atoi(value(3, "items"))
	for _, err := range errs {
		if err != nil {
			return m, errArchive
		}
	}
	m.Lacking, _ = strconv.Atoi(value(4, "lacking"))
	for i := fields; i < len(lines); i += 2 {
		f, err := parseManifestFile(lines[i], lines[i+1])
		if err != nil {
			return m, err
		}
		m.Files = append(m.Files, f)
	}
	if !bytes.Equal(m.bytes(), b) {
		return m, errArchive
	}
	return m, nil
}

func parseManifestFile(size, sum string) (File, error) {
	n, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimPrefix(size, "# "), " bytes"), 10, 64)
	digits, name, _ := strings.Cut(sum, "  ")
	b, hexErr := hex.DecodeString(digits)
	if err != nil || hexErr != nil {
		return File{}, errArchive
	}
	return File{name, n, b}, nil
}
