package soak_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// TestFullDisk fills small disks: with the vault's own check for room, which
// must end in a message, and with one that lies, so that the disk is really
// full and the process may even die. With more room everything that was said to
// be done is there.
func TestFullDisk(t *testing.T) {
	n, from := rounds(4, 2), seed()
	if err := canMount(); err != nil {
		t.Skipf("NOT TESTED: this system does not let the test make a small disk: %v", err)
	}
	begun := time.Now()
	f := &filled{t: t, outcomes: map[string]int{}}
	var lanes sync.WaitGroup
	const side = 2
	for i := range side {
		lanes.Go(func() {
			for c := i; c < n; c += side {
				share := float64(c) / float64(max(1, n-1))
				seed := from*1000 + uint64(c)
				f.try(order{Size: int((62 + 42*share) * 1024), Seed: seed})
				f.try(order{Size: int((1 + 47*share) * 1024), Seed: seed, Lie: true})
			}
		})
	}
	lanes.Wait()
	t.Logf("soak-full: seed %d, %d sizes, each with the room told truly and falsely, in %v; %d acts acknowledged, %d refused for want of room, %d lost; %v",
		from, n, time.Since(begun).Round(time.Second), f.acts, f.refused, f.lost, f.outcomes)
}

// filled counts over all disks.
type filled struct {
	t *testing.T

	mu                  sync.Mutex
	acts, refused, lost int
	outcomes            map[string]int
}

// disks is a process that has its own view of what is mounted.
func disks(o order) (*bytes.Buffer, *bytes.Buffer, error) {
	cmd := child("disk", o)
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	var out, words bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &words
	return &out, &words, cmd.Run()
}

// canMount tries whether small disks can be had at all.
func canMount() error {
	_, words, err := disks(order{})
	if err != nil {
		return fmt.Errorf("%w %s", err, words)
	}
	return nil
}

// result is what became of one disk.
type result struct {
	Acts, Refused int
	End           string   // how the process that filled it ended
	Said          string   // the last it said
	Wrong         []string // what is not as it must be
}

func (f *filled) try(o order) {
	o.Secret = vaulttest.Passphrase
	name := fmt.Sprintf("%d KiB, seed %d, lie %v", o.Size, o.Seed, o.Lie)
	out, words, err := disks(o)
	var r result
	if err == nil {
		err = json.Unmarshal(out.Bytes(), &r)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		f.t.Errorf("%s: %v: %s", name, err, tail(words.String()))
		return
	}
	f.acts += r.Acts
	f.refused += r.Refused
	f.outcomes[map[bool]string{false: "true: ", true: "false: "}[o.Lie]+r.End]++
	if !o.Lie && r.End != "closed" && r.End != "message" {
		r.Wrong = append(r.Wrong, "the process did not end by itself")
	}
	if len(r.Wrong) > 0 {
		f.lost++
		f.t.Errorf("%s: ended: %s: %s\n\t%s", name, r.End, r.Said, strings.Join(r.Wrong, "\n\t"))
	}
}

// disk makes a small disk, has it filled, gives it more room, and looks.
func disk() error {
	o, err := readOrder()
	if err != nil {
		return err
	}
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("keep mounts to ourselves: %w", err)
	}
	top, err := os.MkdirTemp("", "carnet-disk-")
	if err != nil {
		return err
	}
	defer os.Remove(top)
	if err := syscall.Mount("carnet", top, "tmpfs", 0, fmt.Sprintf("size=%dk", max(o.Size, 64))); err != nil {
		return fmt.Errorf("mount: %w", err)
	}
	defer syscall.Unmount(top, syscall.MNT_DETACH)
	if o.Size == 0 {
		return nil
	}
	o.Dir, o.Create = filepath.Join(top, "v.carnet"), true
	o.Memory, o.Stick = filepath.Join(top, "memory"), filepath.Join(top, "stick")
	l := &lane{dir: o.Dir, secret: o.Secret, must: nothing(), kept: map[string]backup{}, sum: &killed{takes: map[string]time.Duration{}}}
	r, under, err := filling(l, o)
	if err != nil {
		return err
	}
	if err := syscall.Mount("carnet", top, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%dk", o.Size+400<<10)); err != nil {
		return fmt.Errorf("give it more room: %w", err)
	}
	r.Wrong = l.whole(o, under)
	return json.NewEncoder(os.Stdout).Encode(r)
}

// filling runs the process that fills the disk, and follows what it says. It
// gives the act that did not end.
func filling(l *lane, o order) (r result, under act, err error) {
	cmd := child("fill", o)
	var words bytes.Buffer
	cmd.Stderr = &words
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return r, under, err
	}
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadBytes('\n')
		var a act
		if err != nil || json.Unmarshal(line, &a) != nil {
			break
		}
		switch {
		case a.Done:
			l.settle(under, 0)
			under = act{}
			r.Acts++
		case a.Refused:
			under = act{}
			r.Refused++
		default:
			under = a
		}
	}
	err = cmd.Wait()
	said := words.String()
	r.End, r.Said = "closed", tail(said)
	switch {
	case err != nil && strings.Contains(said, "SIGBUS"):
		r.End = "died of SIGBUS"
	case err != nil && strings.Contains(said, "panic"):
		r.End = "died of a panic"
	case err != nil:
		r.End = "error"
	case r.Said != "":
		r.End = "message"
	}
	return r, under, nil
}

// whole compares the vault with what it must hold.
func (l *lane) whole(o order, under act) (wrong []string) {
	o.Create, o.Secret = false, l.secret
	s, err := seen(o)
	if under.Secret != "" && strings.Contains(s.Refused, vault.ErrWrongPassphrase.Error()) {
		o.Secret = under.Secret
		s, err = seen(o)
	}
	if strings.Contains(s.Refused, vault.ErrNotVault.Error()) && len(l.must.Records) == 0 {
		return nil // it was never made
	}
	if err != nil || s.Refused != "" {
		return []string{fmt.Sprint(err, s.Refused)}
	}
	without, with := differences(s.Contents, l.must), differences(s.Contents, l.must.behind(under))
	if len(without) > 0 && len(with) > 0 {
		wrong = append(wrong, fmt.Sprintf("act under way %q: neither as before it (%v) nor as after it (%v)", under.Name, without, with))
	}
	if bad := unmended(s.Problems); len(bad)+len(s.Unreadable)+len(s.Left) > 0 {
		wrong = append(wrong, fmt.Sprintf("act under way %q: problems %+v, unreadable %v, left over %v", under.Name, bad, s.Unreadable, s.Left))
	}
	return wrong
}
