package soak_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"time"
)

// patience is how long a child may take before it counts as stuck.
const patience = 2 * time.Minute

// child prepares this test binary as a child with a job.
func child(job string, o any) *exec.Cmd {
	b, err := json.Marshal(o)
	if err != nil {
		panic(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "GOGC=400", jobEnv+"="+job, "CARNET_SOAK_ORDER="+string(b))
	return cmd
}

// seen has a child look at a vault.
func seen(o order) (sight, error) { return sightOf("look", o) }

// sightOf has a child do a job that ends in a sight.
func sightOf(job string, o order) (s sight, err error) {
	cmd := child(job, o)
	var out, words bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &words
	if err := cmd.Start(); err != nil {
		return s, err
	}
	stuck := time.AfterFunc(patience, func() { cmd.Process.Kill() })
	defer stuck.Stop()
	if err := cmd.Wait(); err != nil {
		return s, fmt.Errorf("the process for %q ended with %v: %s", job, err, tail(words.String()))
	}
	return s, json.Unmarshal(out.Bytes(), &s)
}

// tail is the end of what a process said.
func tail(s string) string {
	const most = 3000 // bytes
	return s[max(0, len(s)-most):]
}
