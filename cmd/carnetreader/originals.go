package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"

	"filippo.io/age"
)

const ageHeaderLimit = 64 << 10 // bytes

// original is how an original is stored.
type original struct {
	Original struct {
		Hash string `cbor:"hash"`
		Size int64  `cbor:"size"`
		Path string `cbor:"path"`
	} `cbor:"original"`
	File string `cbor:"file"`
	Size int64  `cbor:"size"`
	Head []byte `cbor:"head"`
}

// What may become a path.
var (
	fileName = regexp.MustCompile(`^[0-9a-hjkmnp-tv-z]{2}/[0-9a-hjkmnp-tv-z]{26}$`)
	hashName = regexp.MustCompile(`^[0-9a-f]{64}$`)
)

func parseOriginal(b []byte) (o original, err error) {
	if decode(b, &o) != nil || !hashName.MatchString(o.Original.Hash) || !fileName.MatchString(o.File) {
		return o, errors.New("it names an original in a way that this reader does not know")
	}
	return o, nil
}

// identity opens the originals.
func (k keys) identity() string {
	return strings.ToUpper(bech32("age-secret-key-", k.sub("originals identity")))
}

// bech32 writes bytes as BIP 173 does.
func bech32(prefix string, b []byte) string {
	const letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
	data := base32.NewEncoding(letters).WithPadding(base32.NoPadding).EncodeToString(b)
	var high, low []byte
	for _, c := range []byte(prefix) {
		high, low = append(high, c>>5), append(low, c&31)
	}
	values := append(append(high, 0), low...)
	for _, c := range []byte(data) {
		values = append(values, byte(strings.IndexByte(letters, c)))
	}
	sum := uint32(1)
	for _, v := range append(values, 0, 0, 0, 0, 0, 0) {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ uint32(v)
		for i, g := range []uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			sum ^= g * (top >> i & 1)
		}
	}
	for shift := 25; shift >= 0; shift -= 5 {
		data += string(letters[(sum^1)>>shift&31])
	}
	return prefix + "1" + data
}

// extract opens one original into a new file and compares all that the journal
// says of it. The file stands only where all of it fits.
func extract(dir *folder, id age.Identity, frame uint64, o original, to string) error {
	path := "originals/" + o.File
	f, err := dir.open(path)
	if errors.Is(err, os.ErrNotExist) {
		f, err = dir.open(path + ".part")
	}
	if err != nil {
		return damaged(path, frame, 0, err.Error())
	}
	defer f.Close()
	w, err := os.OpenFile(to+".part", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(o.open(f, id, w), w.Close()); err != nil {
		if full, is := errors.AsType[*os.PathError](err); is && full.Path == w.Name() {
			return err
		}
		at, _ := f.Seek(0, io.SeekCurrent)
		return errors.Join(damaged(path, frame, at, err.Error()), os.Remove(to+".part"))
	}
	return os.Rename(to+".part", to)
}

func (o original) open(f *os.File, id age.Identity, w io.Writer) error {
	head := make([]byte, ageHeaderLimit)
	n, err := f.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return err
	}
	end := bytes.Index(head[:n], []byte("\n---"))
	end += 1 + bytes.IndexByte(head[end+1:n], '\n') + 1 + 16
	if sum := sha256.Sum256(head[:min(end, n)]); !bytes.Equal(sum[:], o.Head) {
		return errors.New("its head is not the one that the journal names")
	}
	if info, err := f.Stat(); err != nil || info.Size() != o.Size {
		return fmt.Errorf("it is not %d bytes long", o.Size)
	}
	r, err := age.Decrypt(f, id)
	if err != nil {
		return err
	}
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(w, sum), io.LimitReader(r, o.Original.Size+1))
	if err != nil {
		return fmt.Errorf("altered in or before the 64 KiB that end here: %w", err)
	}
	if size != o.Original.Size || hex.EncodeToString(sum.Sum(nil)) != o.Original.Hash {
		return errors.New("the size or SHA-256 of what it holds does not fit")
	}
	return nil
}
