package main

import (
	"archive/tar"
	"bufio"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"filippo.io/age"
)

const manifestLimit = 512 << 20 // bytes

// inArchive is every name that a backup file may hold.
var inArchive = regexp.MustCompile(`^(README\.txt|MANIFEST|originals\.key|(records|originals|imports)-[0-9]{4,9}\.ndjson|vault/(vault\.json|journal/[0-9]{6}\.log|originals/[0-9a-z]{2}/[0-9a-z]{26}))$`)

// backupKey opens backup files, with any secret of the vault's header in them.
type backupKey struct {
	secret   string
	recovery string // the age identity of the recovery key, where the secret is one
}

var _ age.Identity = (*backupKey)(nil)

// Unwrap gives the file key.
func (b *backupKey) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	for _, s := range stanzas {
		if s.Type != "carnet-vault" || len(s.Args) != 1 {
			continue
		}
		h, err := parseHeader("the header in the backup", s.Body)
		if err != nil {
			return nil, err
		}
		k, err := h.unlock(b.secret)
		if err != nil {
			return nil, err
		}
		for _, slot := range h.fields.Slots {
			if raw := parseRecovery(b.secret); raw != nil && slot.Kind == "recovery" {
				b.recovery = strings.ToUpper(bech32("age-secret-key-", derive(raw, slot.Salt, "recovery identity")))
			}
		}
		sealed, err := base64.RawStdEncoding.DecodeString(s.Args[0])
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(s.Body)
		return unseal(k.sub("backup"), slices.Concat([]byte("carnet backup file v1\x00"), k.id, sum[:]), sealed)
	}
	return nil, age.ErrIncorrectIdentity
}

// backup unpacks a backup file into OUT, or prints the age identity of the
// recovery key, with which stock age opens it.
func (r *reader) backup(names []string) error {
	f, err := os.Open(names[0])
	if err != nil {
		return err
	}
	defer f.Close()
	key := &backupKey{secret: r.secret}
	own, err := age.NewScryptIdentity(r.secret) // of a backup with a passphrase of its own
	if err != nil {
		return err
	}
	plain, err := age.Decrypt(f, key, own)
	if _, wrong := errors.AsType[*age.NoIdentityMatchError](err); wrong || errors.Is(err, errPassphrase) {
		return errPassphrase
	}
	switch {
	case err != nil:
		return damaged(names[0], 0, 0, err.Error())
	case len(names) == 1 && key.recovery == "":
		return errors.New("only a recovery key has an age identity; with a passphrase, carnetreader BACKUP OUT unpacks the backup")
	case len(names) == 1:
		_, err := fmt.Fprintln(r.stdout, key.recovery)
		return err
	}
	if err := os.Mkdir(names[1], 0o700); err != nil {
		return err
	}
	out, err := os.OpenRoot(names[1])
	if err != nil {
		return err
	}
	defer out.Close()
	sums, err := unpack(plain, out)
	if err == nil {
		err = compareManifest(out, sums)
	}
	if err != nil {
		at, _ := f.Seek(0, io.SeekCurrent)
		return damaged(names[0], 0, at, err.Error())
	}
	fmt.Fprintf(r.stdout, "%d files; read the vault in them with: carnetreader %s OUT\n", len(sums), filepath.Join(names[1], "vault"))
	return nil
}

// unpack writes the files of an archive, and gives their SHA-256.
func unpack(archive io.Reader, out *os.Root) (map[string]string, error) {
	sums := map[string]string{}
	for t := tar.NewReader(archive); ; {
		h, err := t.Next()
		if err == io.EOF {
			_, err := io.Copy(io.Discard, archive) // its last seal
			return sums, err
		}
		if err != nil {
			return nil, err
		}
		if h.Typeflag != tar.TypeReg || !inArchive.MatchString(h.Name) {
			return nil, errors.New("it holds a file that is not of a backup")
		}
		if err := out.MkdirAll(filepath.Dir(h.Name), 0o700); err != nil {
			return nil, err
		}
		w, err := out.OpenFile(h.Name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return nil, err
		}
		sum := sha256.New()
		_, err = io.Copy(io.MultiWriter(w, sum), t)
		if err := errors.Join(err, w.Close()); err != nil {
			return nil, err
		}
		sums[h.Name] = hex.EncodeToString(sum.Sum(nil))
	}
}

// compareManifest holds the files against MANIFEST, which names them all.
func compareManifest(out *os.Root, sums map[string]string) error {
	f, err := out.Open("MANIFEST")
	if err != nil {
		return err
	}
	defer f.Close()
	named := map[string]bool{"MANIFEST": true}
	lines := bufio.NewScanner(io.LimitReader(f, manifestLimit))
	for lines.Scan() {
		sum, name, _ := strings.Cut(lines.Text(), "  ")
		if version, is := strings.CutPrefix(sum, "# carnet backup "); is && version != "1" {
			return errors.New("it is of a version that this reader does not know")
		}
		if strings.HasPrefix(sum, "#") {
			continue
		}
		if sums[name] != sum {
			return fmt.Errorf("%s is missing or is not what MANIFEST says", name)
		}
		named[name] = true
	}
	if lines.Err() != nil || len(named) != len(sums) {
		return errors.Join(lines.Err(), errors.New("it holds files that MANIFEST does not name"))
	}
	return nil
}
