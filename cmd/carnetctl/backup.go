package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/carnet-phr/carnet/vault"
)

type backupCmd struct {
	Path              string `arg:"" help:"A folder, on another disk if you can, or a new file whose name ends in .age." type:"path"`
	NewPassphraseFile string `help:"Of a .age file: let nothing open it but the passphrase in the first line of this file." placeholder:"FILE" type:"path" aliases:"passphrase-file-new"`
	All               bool   `help:"Of a folder: read back what earlier runs copied, too."`
	JSON              bool   `help:"As JSON."`
}

// Run backs the vault up.
func (x *backupCmd) Run(ctx context.Context, c *console) error {
	v, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer v.Close()
	opt := vault.BackupOptions{All: x.All}
	if x.NewPassphraseFile != "" {
		if opt.Passphrase, err = c.nextPassphrase(ctx, x.NewPassphraseFile, ""); err != nil {
			return err
		}
	}
	b, err := v.Backup(ctx, x.Path, opt, func(done, total int64) { c.progress("backing up", done, total) })
	if err != nil {
		return err
	}
	if x.JSON {
		if err := c.json(backupJSON(b)); err != nil {
			return err
		}
	} else {
		fmt.Fprintf(c.out, "backed up and read back: %s\n", backupLine(b))
	}
	if b.Lacking > 0 {
		return fmt.Errorf("%w: %d of them", errLacking, b.Lacking)
	}
	return v.Close()
}

// errLacking says that a backup was made, of a vault that is damaged.
var errLacking = errors.New("the backup lacks files that are missing or damaged in the vault")

type restoreCmd struct {
	From string `arg:"" help:"A folder or .age file that backup wrote; or one of the folders below its \"lists\", as --list names them." type:"path"`
	Dir  string `arg:"" optional:"" help:"The new vault's folder." type:"path"`
	List bool   `help:"Restore nothing: list what there is, newest first."`
	JSON bool   `help:"As JSON."`
}

// Run puts a backup back into a new folder.
func (x *restoreCmd) Run(ctx context.Context, c *console) error {
	if (x.Dir == "") != x.List {
		return usageError("name the new folder, or use --list")
	}
	secret, err := c.secret(ctx, "Passphrase or recovery key of the backup: ")
	if err != nil {
		return err
	}
	progress := func(done, total int64) { c.progress("restoring", done, total) }
	if x.List {
		return x.list(ctx, c, secret, progress)
	}
	b, err := vault.Restore(ctx, x.From, x.Dir, secret, c.options(), progress)
	if err != nil {
		return err
	}
	c.sayOf(b)
	if x.JSON {
		return c.json(backupJSON(b))
	}
	fmt.Fprintf(c.out, "restored and checked: %s\n", backupLine(b))
	fmt.Fprintln(c.out, "What was changed after that is not in it. Where this computer has seen a newer state, open it with --accept-older once.")
	return nil
}

func (x *restoreCmd) list(ctx context.Context, c *console, secret []byte, progress func(done, total int64)) error {
	all, err := vault.BackupsIn(ctx, x.From, secret, progress)
	if err != nil {
		return err
	}
	for _, b := range all {
		c.sayOf(b)
		switch {
		case x.JSON:
			err = c.json(backupJSON(b))
		case len(b.Notices) == 0:
			_, err = fmt.Fprintf(c.out, "%s  %s\n", backupLine(b), visible(b.Path))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// sayOf tells what a restore has to say.
func (c *console) sayOf(b vault.Backup) {
	for _, n := range b.Notices {
		if n.File != "" {
			n.Text = n.File + ": " + n.Text
		}
		fmt.Fprintf(c.err, "carnetctl: note: %s\n", n.Text)
	}
	if b.Lacking > 0 {
		fmt.Fprintf(c.err, "carnetctl: note: the vault had %d damaged files when this backup was made\n", b.Lacking)
	}
}

func backupLine(b vault.Backup) string {
	return fmt.Sprintf("state %d of %s, %d items, %.1f MB", b.Epoch, b.At.Local().Format("2 January 2006, 15:04"), b.Items, float64(b.Bytes)/1e6)
}

// backupJSON is a backup in the words of doc.go.
func backupJSON(b vault.Backup) any {
	notices := []string{}
	for _, n := range b.Notices {
		notices = append(notices, n.Text)
	}
	return struct {
		Path    string   `json:"path"`
		At      string   `json:"at"`
		Epoch   uint64   `json:"epoch"`
		Items   int      `json:"items"`
		Bytes   int64    `json:"bytes"`
		Lacking int      `json:"lacking"`
		Notices []string `json:"notices"`
	}{b.Path, b.At.UTC().Format("2006-01-02T15:04:05Z"), b.Epoch, b.Items, b.Bytes, b.Lacking, notices}
}
