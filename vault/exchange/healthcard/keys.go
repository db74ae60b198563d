package healthcard

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/carnet-phr/carnet/vault/exchange"
)

// Limits on the keys of issuers.
const (
	keyFileLimit  = 1 << 20 // bytes
	keyFilesLimit = 100     // files
	keysLimit     = 500     // keys
)

// jwk is a JSON Web Key (RFC 7517) on the curve P-256.
type jwk struct {
	Kty string   `json:"kty"`
	Kid string   `json:"kid"`
	Use string   `json:"use"`
	Alg string   `json:"alg"`
	Crv string   `json:"crv"`
	X   string   `json:"x"`
	Y   string   `json:"y"`
	X5c []string `json:"x5c"`
}

// key is a key that was given with the files.
type key struct {
	kid    string
	public *ecdsa.PublicKey
	names  []string // the issuers that the certificate with it names; nil without one
}

var errKey = errors.New("not a key of a SMART Health Card")

// key checks a key: its name must be its own fingerprint (RFC 7638), as the
// specification demands, and a certificate with it must hold the same key.
func (j jwk) key() (key, error) {
	x, errX := base64.RawURLEncoding.DecodeString(j.X)
	y, errY := base64.RawURLEncoding.DecodeString(j.Y)
	if errX != nil || errY != nil || len(x) != 32 || len(y) != 32 || j.Kty != "EC" || j.Crv != "P-256" || j.Alg != "" && j.Alg != "ES256" {
		return key{}, errKey
	}
	print := sha256.Sum256([]byte(`{"crv":"P-256","kty":"EC","x":"` + j.X + `","y":"` + j.Y + `"}`))
	if j.Kid != base64.RawURLEncoding.EncodeToString(print[:]) {
		return key{}, errKey
	}
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, x...), y...))
	if err != nil {
		return key{}, errKey
	}
	k := key{kid: j.Kid, public: public}
	if len(j.X5c) == 0 {
		return k, nil
	}
	k.names, err = certified(j.X5c[0], public)
	return k, err
}

// certified gives the names in a certificate, which must hold the same key.
func certified(x5c string, public *ecdsa.PublicKey) ([]string, error) {
	der, err := base64.StdEncoding.DecodeString(x5c)
	if err != nil {
		return nil, errKey
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil || !public.Equal(cert.PublicKey) {
		return nil, errKey
	}
	names := []string{}
	for _, u := range cert.URIs {
		names = append(names, u.String())
	}
	return names, nil
}

// parseKeys reads a JSON Web Key Set; keys that are none of ours are passed
// over.
func parseKeys(b []byte) []key {
	var set struct {
		Keys []jwk `json:"keys"`
	}
	if json.Unmarshal(b, &set) != nil {
		return nil
	}
	var keys []key
	for _, j := range set.Keys[:min(len(set.Keys), keysLimit)] {
		if k, err := j.key(); err == nil {
			keys = append(keys, k)
		}
	}
	return keys
}

// keyFolders are where an issuer's files lie beside a card, or in the folder or
// archive with it: as issuers publish them, or as people name them.
var keyFolders = []string{"", ".well-known", "well-known", "issuer-well-known", "keys"}

// findKeys looks for keys that were given with the file.
func (r *reader) findKeys() []key {
	var keys []key
	files := 0
	for _, dir := range r.folders() {
		entries, err := fs.ReadDir(r.src.FS, dir)
		if err != nil || len(entries) > siblingsLimit {
			continue
		}
		for _, e := range entries {
			name := strings.ToLower(e.Name())
			if !e.Type().IsRegular() || !strings.HasSuffix(name, ".json") && !strings.HasSuffix(name, ".jwks") || !strings.Contains(name, "jwk") && path.Base(dir) != "keys" {
				continue
			}
			if files++; files > keyFilesLimit {
				return keys
			}
			f := exchange.Source{Name: e.Name(), FS: r.src.FS, Path: path.Join(dir, e.Name())}
			if b, err := f.ReadAll(keyFileLimit); err == nil {
				keys = append(keys, parseKeys(b)...)
			}
		}
	}
	return keys
}

// folders are the folders in which to look, each once.
func (r *reader) folders() []string {
	var dirs []string
	seen := map[string]bool{}
	for _, root := range []string{path.Dir(r.src.Path), "."} {
		for _, f := range keyFolders {
			if d := path.Join(root, f); !seen[d] && fs.ValidPath(d) {
				seen[d] = true
				dirs = append(dirs, d)
			}
		}
	}
	return dirs
}
