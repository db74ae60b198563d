// Carnetreader reads a Carnet vault without Carnet. It was written from
// vault/FORMAT.md and shares no code with the program that writes vaults, which
// proves that the description is enough.
//
//	carnetreader DIR OUT [--passphrase-file FILE] [--salvage]
//	carnetreader --identity DIR [--passphrase-file FILE]
//	carnetreader BACKUP.age OUT [--passphrase-file FILE]
//	carnetreader --identity BACKUP.age [--passphrase-file FILE]
//
// DIR is a vault's folder, or lists/NAME of a backup that was made into a
// folder. It verifies all that can be verified, changes nothing in the vault, and
// writes into OUT, a new folder, IN THE CLEAR:
//
//	records.ndjson     the records, one a line, as they are stored
//	receipts.ndjson    the receipts of imports
//	originals.ndjson   name, kind, size and SHA-256 of every original
//	originals/SHA-256  the originals, byte for byte
//
// Byte strings are in base64. A byte that is not UTF-8 is written as \udc80 to
// \udcff, as Python's "surrogateescape" does.
//
// The passphrase, the recovery key or the age identity of a trusted person is
// the first line of FILE, or CARNET_PASSPHRASE. The first thing that does not
// fit ends it, with file, frame and byte; --salvage goes on behind it and says
// what was skipped.
//
// --identity prints the age identity of the originals:
//
//	carnetreader --identity DIR >key && age -d -i key DIR/originals/xx/NAME
//
// A backup in one file is unpacked into OUT; OUT/vault is the vault. Stock age
// opens it with the identity of a trusted person, or with the one that belongs
// to the recovery key:
//
//	carnetreader --identity BACKUP.age >key && age -d -i key BACKUP.age | tar x
//
// Exit status: 0 done, 1 failed, 2 the command line is wrong, 3 wrong
// passphrase, 4 done but something damaged was skipped, 6 the vault is damaged.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/big"
	"os"

	"github.com/klauspost/compress/zstd"
)

// Exit statuses.
const (
	exitDone       = 0
	exitFailed     = 1
	exitUsage      = 2
	exitPassphrase = 3
	exitSalvaged   = 4
	exitDamaged    = 6
)

const secretLimit = 4096 // bytes of a passphrase

func main() {
	r := &reader{secret: os.Getenv("CARNET_PASSPHRASE"), stdout: os.Stdout, stderr: os.Stderr}
	os.Exit(r.run(os.Args[1:]))
}

// reader is one run.
type reader struct {
	secret         string
	stdout, stderr io.Writer
	salvage        bool
	skipped        int // what did not fit

	dir     *folder
	keys    keys
	journal *journal
	state   *state
}

func (r *reader) run(args []string) int {
	flags := flag.NewFlagSet("carnetreader", flag.ContinueOnError)
	flags.SetOutput(r.stderr)
	file := flags.String("passphrase-file", "", "read the passphrase or recovery key from the first line of this file")
	identity := flags.Bool("identity", false, "print the age identity of the originals")
	flags.BoolVar(&r.salvage, "salvage", false, "go on behind damage")
	var names []string
	for err := flags.Parse(args); err != nil || flags.NArg() > 0; err = flags.Parse(flags.Args()[1:]) {
		if err != nil {
			return exitUsage
		}
		names = append(names, flags.Arg(0))
	}
	if *file != "" {
		r.secret = firstLine(*file)
	}
	if r.secret == "" || *identity && len(names) != 1 || !*identity && len(names) != 2 {
		fmt.Fprintln(r.stderr, "usage: carnetreader DIR OUT [--passphrase-file FILE] [--salvage]\n       carnetreader --identity DIR [--passphrase-file FILE]\nin place of DIR, a backup in one file is unpacked, or its identity for the recovery key printed\nwithout a file, the passphrase is CARNET_PASSPHRASE")
		return exitUsage
	}
	return r.status(r.read(names))
}

// firstLine is "" for a file that cannot be read.
func firstLine(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	b := make([]byte, secretLimit)
	n, _ := io.ReadFull(f, b)
	line, _, _ := bytes.Cut(bytes.TrimPrefix(b[:n], []byte("\ufeff")), []byte("\n"))
	return string(bytes.TrimSuffix(line, []byte("\r")))
}

func (r *reader) status(err error) int {
	var d *damage
	switch {
	case err == nil && r.skipped == 0:
		return exitDone
	case err == nil:
		fmt.Fprintf(r.stderr, "carnetreader: %d things did not fit: what they held is missing, and what they took away may be there\n", r.skipped)
		return exitSalvaged
	}
	fmt.Fprintln(r.stderr, "carnetreader:", err)
	switch {
	case errors.Is(err, errPassphrase):
		return exitPassphrase
	case errors.As(err, &d):
		return exitDamaged
	}
	return exitFailed
}

// read writes the vault's age identity, or what it holds.
func (r *reader) read(names []string) (err error) {
	if info, err := os.Stat(names[0]); err == nil && info.Mode().IsRegular() {
		return r.backup(names)
	}
	if r.dir, err = openFolder(names[0]); err != nil {
		return err
	}
	defer r.dir.root.Close()
	h, k, err := openHeader(r.dir, r.secret)
	if err != nil {
		return err
	}
	r.keys = k
	if len(names) == 1 {
		_, err := fmt.Fprintln(r.stdout, r.keys.identity())
		return err
	}
	r.journal = &journal{dir: r.dir, id: r.keys.id, key: r.keys.sub("journal")}
	r.state = &state{rootKey: r.keys.sub("root"), live: map[key]place{}, undo: map[key]place{}, sum: new(big.Int)}
	if r.state.zstd, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(unpackedLimit)); err != nil {
		return err
	}
	if err := r.replay(h); err != nil {
		return err
	}
	return r.write(names[1])
}

// replay carries the journal out and compares what it comes to.
func (r *reader) replay(h header) error {
	l, err := r.dir.unshelve(r.keys, r.bad)
	if err != nil {
		return err
	}
	err = r.journal.walk(func(f frame) error {
		if err := r.state.apply(f); err != nil {
			return r.bad(damaged(f.file, f.number, f.offset, err.Error()))
		}
		return nil
	}, r.bad)
	if err != nil {
		return err
	}
	if !r.state.gaps {
		r.state.settle()
	}
	switch {
	case r.state.whole == 0:
		return r.bad(damaged("journal", 0, 0, "it holds no whole transaction"))
	case l.V > 0 && (l.Epoch != r.state.whole || l.Count != len(r.state.live)):
		return r.bad(damaged(r.dir.list+"list", 0, 0, "the journal does not come to what it says"))
	}
	return r.bad(r.state.compare(h))
}

// bad gives damage back, or with --salvage tells of it and goes on.
func (r *reader) bad(err error) error {
	if _, ok := errors.AsType[*damage](err); !ok || !r.salvage {
		return err
	}
	fmt.Fprintln(r.stderr, "skipped:", err)
	r.skipped++
	r.state.gaps = true
	return nil
}
