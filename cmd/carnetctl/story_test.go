package main

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/worker"
)

func TestMain(m *testing.M) {
	worker.Main(formats.Tasks())
	testscript.Main(m, map[string]func(){"carnetctl": func() {
		c := testConsole(os.Getenv("CARNET_PASSPHRASE"), os.Stdout, os.Stderr)
		c.getenv = os.Getenv
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
		UpdateScripts: os.Getenv("UPDATE_STORIES") != "",
	})
}
