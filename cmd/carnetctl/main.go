package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/worker"
	"github.com/carnet-phr/carnet/vault/seal"
)

// version of the program; the release build sets it.
var version = "0.1.0-dev"

// Exit statuses, documented in doc.go.
const (
	exitDone = iota
	exitFailed
	exitUsage
	exitPassphrase
	exitRefused
	exitPerson
	exitDamaged
)

// commands is THE list of verbs.
type commands struct {
	Vault          string           `help:"The vault's folder." placeholder:"DIR" type:"path"`
	PassphraseFile string           `help:"Read the passphrase from the first line of this file." placeholder:"FILE" type:"path"`
	AcceptOlder    bool             `help:"Open the vault although this computer has seen a newer state of it, and take it for the newest from then on."`
	Rescue         bool             `help:"Open a damaged vault for reading only, with everything that can still be read."`
	Version        kong.VersionFlag `help:"Print the version."`

	Create  createCmd  `cmd:"" help:"Make a new vault and print its recovery key once."`
	Import  importCmd  `cmd:"" help:"Bring in files and folders; print the receipt."`
	Imports importsCmd `cmd:"" help:"List what was brought in, newest first."`
	Undo    undoCmd    `cmd:"" help:"Take an import back, with all that it alone brought."`
	People  peopleCmd  `cmd:"" help:"List, add, describe, join and part the people of the vault."`
	List    listCmd    `cmd:"" help:"List records."`
	Show    showCmd    `cmd:"" help:"Show one record with its sources."`
	Search  searchCmd  `cmd:"" help:"Find records by words."`
	Summary summaryCmd `cmd:"" help:"Show a person's record at a glance."`
	Images  imagesCmd  `cmd:"" help:"Read every image back, of the vault or of a disc, and list those that are damaged or missing."`
	Trend   trendCmd   `cmd:"" help:"Show one test or reading over time, or draw it."`

	Add      addCmd      `cmd:"" help:"Add an entry of your own; without a form, list the forms."`
	Amend    amendCmd    `cmd:"" help:"Change an entry of your own; what it said before stays as its history."`
	Retract  retractCmd  `cmd:"" help:"Take an entry of your own back as wrong; it stays as history."`
	History  historyCmd  `cmd:"" help:"Show all versions of an entry of your own, and what you said about a record."`
	Accept   acceptCmd   `cmd:"" help:"Say that a record of a file is right."`
	Dispute  disputeCmd  `cmd:"" help:"Say that a record of a file is wrong; it stays, and every output says so."`
	Annotate annotateCmd `cmd:"" help:"Put a note beside a record."`
	Join     joinCmd     `cmd:"" help:"Say that two records speak of the same thing."`
	Part     partCmd     `cmd:"" help:"Say that two records do not speak of the same thing."`
	Unsay    unsayCmd    `cmd:"" help:"Take back what you said last about a record."`

	Export      exportCmd      `cmd:"" help:"Write a package for a doctor, or one of its parts."`
	Disclosures disclosuresCmd `cmd:"" help:"List the packages that left: for whom, when, what, and their hash."`
	Check       checkCmd       `cmd:"" help:"Verify that the vault is complete and unaltered."`
	Repair      repairCmd      `cmd:"" help:"Make good what check finds, as far as there is something to make it good from."`
	Compact     compactCmd     `cmd:"" help:"Write the vault anew without what was deleted."`
	Copy        copyCmd        `cmd:"" help:"Copy the vault, or what can be read of it, into a new one with new keys."`

	Backup  backupCmd  `cmd:"" help:"Copy the vault to another disk, or into one encrypted file, and read it back."`
	Restore restoreCmd `cmd:"" help:"Put a backup back into a new folder, and check it."`

	Slots      slotsCmd      `cmd:"" help:"List, add and remove what opens the vault."`
	Passphrase passphraseCmd `cmd:"" help:"Change the passphrase."`
	Recovery   recoveryCmd   `cmd:"" help:"Make a new recovery key, or try the one there is."`

	Licences licencesCmd `cmd:"" help:"Print the licences of the works of others that Carnet is made with."`
}

// console is what the verbs talk to.
type console struct {
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
	now      func() time.Time
	kdf      seal.Cost // of a new vault; zero: as this computer can bear
	memory   string    // folder of what this computer has seen of its vaults; "": none
	flags    *commands
}

// json prints one object on a line of its own, "<" and ">" as they are.
func (c *console) json(v any) error {
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// garbagePercent trades a little time for a smaller peak while a large file is
// brought in, and leaves fewer copies of what was read in memory.
const garbagePercent = 25

func main() {
	worker.Main(formats.Tasks())
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends what waits for a disk that does not answer
	debug.SetGCPercent(garbagePercent)
	os.Exit(run(ctx, os.Args[1:], &console{in: os.Stdin, out: os.Stdout, err: os.Stderr, getenv: os.Getenv, now: time.Now, memory: vault.MemoryDir()}))
}

// run parses the command line, does the verb and gives the exit status.
func run(ctx context.Context, args []string, c *console) int {
	var cmds commands
	exited := -1
	parser, err := kong.New(&cmds, kong.Name("carnetctl"), kong.Writers(c.out, c.err),
		kong.Description("Keep and hand over your own medical record. Nothing leaves this computer unless you export it."),
		kong.Vars{"version": "carnetctl " + version, "presets": presetNames(), "categories": categoryNames()}, kong.Exit(func(code int) { exited = code }))
	if err != nil {
		fmt.Fprintln(c.err, "carnetctl:", err)
		return exitFailed
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err != nil {
		fmt.Fprintln(c.err, "carnetctl:", err)
		fmt.Fprintln(c.err, "carnetctl --help shows how it is used")
		return exitUsage
	}
	c.flags = &cmds
	parsed.BindTo(ctx, (*context.Context)(nil))
	if err := parsed.Run(c); err != nil {
		return c.explain(err)
	}
	return exitDone
}

// usageError is a command line that cannot be carried out.
type usageError string

func (e usageError) Error() string { return string(e) }

// errRefused says that the work is done but for what the receipt names.
var errRefused = errors.New("something was refused; the receipt says what and why")

// explain puts an error into words with a hint, and gives the exit status.
func (c *console) explain(err error) int {
	say := func(lines ...string) {
		for _, l := range lines {
			fmt.Fprintln(c.err, l)
		}
	}
	var usage usageError
	switch {
	case errors.As(err, &usage):
		say("carnetctl: "+err.Error(), "carnetctl --help shows how it is used")
		return exitUsage
	case errors.Is(err, vault.ErrWrongPassphrase):
		say("carnetctl: " + vault.ErrWrongPassphrase.Error())
		return exitPassphrase
	case errors.Is(err, vault.ErrRecoveryKeyTypo):
		say("carnetctl: " + err.Error())
		return exitPassphrase
	case errors.Is(err, errRefused), errors.Is(err, errBadImages):
		say("carnetctl: " + err.Error())
		return exitRefused
	case errors.Is(err, exchange.ErrPerson):
		say("carnetctl: "+err.Error(), "name a person of the vault with --person ID (carnetctl people lists them), or make a new one with --person new")
		return exitPerson
	case errors.Is(err, errLacking):
		say("carnetctl: "+err.Error(), "carnetctl check names them; backups of before may still hold them")
		return exitDamaged
	case errors.Is(err, vault.ErrBackupDamaged):
		say("carnetctl: "+err.Error(), "of a folder, carnetctl restore FOLDER --list names older ones, too")
		return exitDamaged
	case errors.Is(err, vault.ErrDamaged):
		say("carnetctl: "+err.Error(), "nothing was changed; put a backup back with carnetctl restore, or see what can still be read with --rescue")
		return exitDamaged
	case errors.Is(err, vault.ErrOlder):
		say("carnetctl: "+err.Error(), "nothing was changed; --accept-older opens it all the same, and takes it for the newest from then on")
		return exitDamaged
	case errors.Is(err, context.Canceled):
		say("carnetctl: stopped; nothing was changed")
		return exitFailed
	}
	say("carnetctl: " + err.Error())
	return exitFailed
}
