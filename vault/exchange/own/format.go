package own

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Format knows the files of a tree by the manifest of a package. It reads no
// document.
var Format = exchange.Format{Name: "package", Title: "Carnet package", Index: index}

const (
	manifestName  = "MANIFEST.json"
	manifestLimit = 64 << 20 // bytes
	packagesLimit = 100      // of one tree
)

// manifest is what is read of one.
type manifest struct {
	Format string `json:"format"`
	Files  []struct {
		Name   string      `json:"name"`
		Size   int64       `json:"size"`
		SHA256 record.Hash `json:"sha256"`
	} `json:"files"`
	Sources []struct {
		File string `json:"file"` // "" for what came from none that is in the package
	} `json:"sources"`
}

// again are the files of a package that say what others of it say, or nothing of
// the record.
var again = map[string]string{
	"START-HERE.html": "the record as a page: what it shows is read from the other files of the package",
	"Summary.pdf":     "the summary in print: what it shows is read from the other files of the package",
	"ccd.xml":         "the same facts as in ips.json, which is read",
	"README.txt":      "how to open the package",
	"README.TXT":      "how to open the package",
	"INDEX.HTM":       "links to the package's files",

	"IHE_XDM/SUBSET01/METADATA.XML": "the list of the package's documents (IHE XDM), which lie beside it once more",
	"IHE_XDM/SUBSET01/CCD.XML":      "the same file as ccd.xml",
	"IHE_XDM/SUBSET01/SUMMARY.PDF":  "the same file as Summary.pdf",
	"IHE_XDM/SUBSET01/IPS.JSN":      "the same file as ips.json",
	manifestName:                    "the list of the package's files; it was read to check them",
}

// facts is the file that states every fact of the package.
const facts = "ips.json"

// whole says whether all facts are stated by originals of the package too.
func (m manifest) whole(there map[string]string) bool {
	for _, s := range m.Sources {
		if s.File == "" || there[s.File] == "" {
			return false
		}
	}
	return len(m.Sources) > 0
}

func index(ctx context.Context, t exchange.Tree) (*exchange.Index, error) {
	x := &exchange.Index{Members: map[string]exchange.Member{}}
	found := 0
	for _, name := range t.Names {
		if path.Base(name) != manifestName {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		m, ours, err := read(t, name)
		if !ours {
			continue
		}
		if found++; found > packagesLimit {
			break
		}
		if err != nil {
			x.Issues = append(x.Issues, record.Issue{Severity: record.Warning, Place: name, Text: err.Error()})
		}
		if err := one(ctx, t, path.Dir(name), m, x); err != nil {
			return nil, err
		}
	}
	if found == 0 {
		return nil, nil
	}
	return x, nil
}

var errNewer = errors.New("the package was made by a later version of Carnet; its files are read as they are")

// read reads a manifest; false for another program's.
func read(t exchange.Tree, name string) (m manifest, ours bool, err error) {
	f, err := t.FS.Open(name)
	if err != nil {
		return m, false, nil //nolint:nilerr // it is refused where it is read itself
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, manifestLimit))
	if err != nil || json.Unmarshal(b, &m) != nil {
		return m, false, nil //nolint:nilerr // as above
	}
	version, ours := strings.CutPrefix(m.Format, "carnet-package ")
	n, err := strconv.Atoi(version)
	if !ours || err != nil || n < 1 {
		return m, false, nil //nolint:nilerr // another program's
	}
	if n > 1 {
		return m, true, errNewer
	}
	return m, true, nil
}

// one says what the files of one package are. Where its originals state all
// facts they are read alone, so that each keeps the source that it had; what came
// from none of them, such as the patient's own entries, is read from ips.json. A
// page or print without the facts beside it is read as any file.
func one(ctx context.Context, t exchange.Tree, dir string, m manifest, x *exchange.Index) error {
	there := map[string]string{} // by name in the package
	for _, name := range t.Names {
		if rel, ok := below(dir, name); ok {
			there[rel] = name
		}
	}
	skip := func(rel, why string) {
		if name, ok := there[rel]; ok {
			x.Members[name] = exchange.Member{Skip: why, Outcome: exchange.Administrative, LeaveOut: true}
		}
	}
	whole := m.whole(there)
	for rel, why := range again {
		if there[facts] != "" || whole || strings.HasPrefix(rel, "README.") || rel == manifestName {
			skip(rel, why)
		}
	}
	if whole {
		skip(facts, "the same facts as in the originals beside it, which are read")
	}
	for _, f := range m.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		name, ok := there[f.Name]
		if !ok {
			x.Issues = append(x.Issues, record.Issue{Severity: record.Warning, Place: path.Join(dir, f.Name), Text: "the package lists this file, and it is not there"})
			continue
		}
		if !same(t, name, f.SHA256) {
			member := x.Members[name]
			member.Issues = append(member.Issues, record.Issue{Severity: record.Warning, Place: name, Text: "differs from what the package says it is: it was changed after the package was made"})
			x.Members[name] = member
		}
	}
	return nil
}

func below(dir, name string) (string, bool) {
	if dir == "." {
		return name, true
	}
	return strings.CutPrefix(name, dir+"/")
}

// same says whether a file is the one that was written.
func same(t exchange.Tree, name string, want record.Hash) bool {
	f, err := t.FS.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, f)
	return err == nil && hex.EncodeToString(sum.Sum(nil)) == string(want)
}
