package main

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/worker"
)

func TestMain(m *testing.M) {
	worker.Main(formats.Tasks())
	testscript.Main(m, map[string]func(){"carnetctl": func() {
		c := testConsole(os.Getenv("CARNET_PASSPHRASE"), os.Stdout, os.Stderr)
		c.in, c.getenv = os.Stdin, os.Getenv
		c.memory = os.Getenv("CARNET_SEEN")
		os.Exit(run(context.Background(), os.Args[1:], c))
	}})
}

// TestStories plays the stories of testdata: what a person types and sees.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("CARNET_PASSPHRASE", passphrase)
			env.Setenv("CARNET_SEEN", env.WorkDir+"/seen")
			return nil
		},
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"idof": idOf},
		UpdateScripts: os.Getenv("UPDATE_STORIES") != "",
	})
}

// idOf takes the ID of the first line that list printed with a title, for use as
// a variable: idof VAR TITLE.
func idOf(ts *testscript.TestScript, _ bool, args []string) {
	for line := range strings.SplitSeq(ts.ReadFile("stdout"), "\n") {
		if id, rest, ok := strings.Cut(line, "  "); ok && strings.Contains(" "+rest+" ", " "+args[1]+" ") {
			ts.Setenv(args[0], id)
			return
		}
	}
	ts.Fatalf("no line has the title %s", args[1])
}
