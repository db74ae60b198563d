package soak_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/vaulttest"
)

// TestKill has children work on vaults, kills them at any moment, and finds
// everything that they had been told was done, and the act under way as a whole
// or not at all.
func TestKill(t *testing.T) {
	n, from := rounds(20, 4), seed()
	sum := &killed{phases: map[string]int{}, takes: map[string]time.Duration{}, calls: map[string]int{}}
	begun := time.Now()
	var lanes sync.WaitGroup
	const side = 2 // vaults at a time
	for i := range side {
		lanes.Go(func() {
			l := &lane{t: t, sum: sum, top: scratch(t), rnd: rand.New(rand.NewPCG(from, uint64(i)))}
			for c := i; c < n && sum.lost+sum.partial < 5; c += side {
				l.cycle(fmt.Sprintf("SOAK_SEED=%d, cycle %d", from, c))
			}
		})
	}
	lanes.Wait()
	t.Logf("soak-kill: seed %d, %d cycles in %v; %d acts acknowledged, %d lost, %d partial; %d backups restored; killed in: %s; at system calls: %v",
		from, n, time.Since(begun).Round(time.Second), sum.acts, sum.lost, sum.partial, sum.restored, sum.where(), sum.calls)
}

// killed counts over all lanes.
type killed struct {
	mu                  sync.Mutex
	acts, lost, partial int
	restored            int                      // backups
	phases              map[string]int           // how often a child died in an act
	takes               map[string]time.Duration // how long an act takes
	calls               map[string]int           // how often a child died at a call of the system
}

// moment draws a time within an act: half over all of it, half at its beginning
// or its very end.
func (k *killed) moment(rnd *rand.Rand, name string) time.Duration {
	k.mu.Lock()
	defer k.mu.Unlock()
	mean, ok := k.takes[name]
	if !ok {
		mean = 20 * time.Millisecond
	}
	share := rnd.Float64()
	if rnd.IntN(2) == 0 {
		share = math.Pow(share, 4)
		if rnd.IntN(2) == 0 {
			share = 1 - share
		}
	}
	return time.Duration(share * float64(mean))
}

// rare says that no other act was cut short less often than this one.
func (k *killed) rare(name string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	least := math.MaxInt
	for other := range k.takes {
		least = min(least, k.phases[other])
	}
	return k.phases[name] <= least+2
}

func (k *killed) count(f func(*killed)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	f(k)
}

func (k *killed) where() string {
	var list []string
	for _, p := range slices.Sorted(maps.Keys(k.phases)) {
		list = append(list, fmt.Sprintf("%s %d", p, k.phases[p]))
	}
	return strings.Join(list, ", ")
}

// lane is one vault through many deaths.
type lane struct {
	t      *testing.T
	sum    *killed
	top    string
	rnd    *rand.Rand
	dir    string
	n      int // vaults so far
	age    int // cycles of this one
	must   contents
	secret string // opens the vault
	other  string // must not any more; or ""
	kept   map[string]backup
}

// backup is one that the vault said was made.
type backup struct {
	holds  contents
	secret string
}

// vaultAge is how many cycles a vault lives.
const vaultAge = 20

// order is what every child is told.
func (l *lane) order() order {
	return order{Dir: l.dir, Secret: l.secret, Memory: filepath.Join(l.top, "memory"), Stick: filepath.Join(l.top, fmt.Sprint("stick", l.n))}
}

func (l *lane) cycle(name string) {
	o := l.order()
	o.Seed = l.rnd.Uint64()
	if l.dir == "" || l.age >= vaultAge {
		os.RemoveAll(l.dir)
		os.RemoveAll(l.order().Stick)
		os.Remove(l.order().Stick + ".age")
		l.n++
		l.dir, l.age, l.must, l.secret = filepath.Join(l.top, fmt.Sprintf("v%d.carnet", l.n)), 0, nothing(), vaulttest.Passphrase
		l.other, l.kept = "", map[string]backup{}
		seed := o.Seed
		o = l.order()
		o.Seed, o.Create = seed, true
	}
	l.age++
	under, err := l.run(o)
	if err != nil {
		l.fail("%s: %v", name, err)
		return
	}
	for range l.rnd.IntN(3) { // die again while what happened is being mended
		if under.Name != "create" {
			l.dieOpening()
		}
	}
	l.compare(name, under)
	if under.Backup != "" || l.rnd.IntN(4) == 0 {
		l.restore(name, under)
	}
}

// run lets a child work and kills it. It gives the act that was under way.
func (l *lane) run(o order) (under act, err error) {
	cmd := child("work", o)
	at := ""
	if l.rnd.IntN(2) == 0 {
		if at = strike(l.rnd, cmd); at != "" {
			cmd.Env = append(cmd.Env, "CARNET_SOAK_ACTS=7")
		}
	}
	var words bytes.Buffer
	cmd.Stderr = &words
	out, err := cmd.StdoutPipe()
	if err != nil {
		return act{}, err
	}
	if err := cmd.Start(); err != nil {
		return act{}, err
	}
	// One in five dies some time after it began, the others within one act.
	acts := math.MaxInt
	if l.rnd.IntN(5) > 0 {
		acts = l.rnd.IntN(8)
	}
	var die *time.Timer
	kill := func(after time.Duration) { die = time.AfterFunc(after, func() { cmd.Process.Kill() }) }
	if at != "" { // the call decides
		acts = math.MaxInt
	} else if acts == math.MaxInt {
		kill(time.Duration(l.rnd.IntN(400)) * time.Millisecond)
	}
	seen, began := 0, time.Time{}
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			break // a line that was cut was of an act that had not begun
		}
		var a act
		if err := json.Unmarshal(line, &a); err != nil {
			return act{}, err
		}
		if a.Done {
			l.settle(under, time.Since(began))
			under = act{}
			continue
		}
		under, began = a, time.Now()
		if seen >= acts && die == nil && (seen > acts+8 || l.sum.rare(a.Name)) {
			kill(l.sum.moment(l.rnd, a.Name))
		}
		seen++
	}
	err = cmd.Wait()
	if die != nil {
		die.Stop()
	}
	if words.Len() > 0 {
		return act{}, fmt.Errorf("the child failed in %q: %v: %s", under.Name, err, tail(words.String()))
	}
	phase := under.Name
	if phase == "" {
		phase = "between"
	}
	l.sum.count(func(k *killed) {
		k.phases[phase]++
		if at != "" && err != nil {
			k.calls[at]++
		}
	})
	return under, nil
}

// strike has the child die at its n-th call of one kind to the system, where
// strace can be had: on the way into the call, which is not made. It gives the
// kind, or "".
func strike(rnd *rand.Rand, cmd *exec.Cmd) (call string) {
	path, err := exec.LookPath("strace")
	if err != nil {
		return ""
	}
	call = pick(rnd, "fsync", "fsync", "renameat", "renameat", "unlinkat", "pwrite64", "pwrite64", "write", "openat", "ftruncate", "mkdirat")
	n := int(math.Pow(2, 5*rnd.Float64())) // for each of its threads: as many small numbers as large ones
	cmd.Path, cmd.Args = path, []string{"strace", "-f", "-qq", "--seccomp-bpf", "-o", os.DevNull, "-e", "trace=" + call, "-e", fmt.Sprintf("inject=%s:signal=KILL:when=%d", call, n), cmd.Path}
	return call
}

// settle takes an act for done.
func (l *lane) settle(a act, took time.Duration) {
	l.must = l.must.behind(a)
	l.change(a)
	if a.Backup != "" {
		l.kept[a.Backup] = backup{l.must, l.secret}
	}
	l.sum.mu.Lock()
	defer l.sum.mu.Unlock()
	l.sum.acts++
	if mean, ok := l.sum.takes[a.Name]; ok {
		took = (took + 3*mean) / 4
	}
	l.sum.takes[a.Name] = took
}

// dieOpening kills a child that opens the vault, and closes it if it has time.
func (l *lane) dieOpening() {
	cmd := child("look", l.order())
	if cmd.Start() != nil {
		return
	}
	time.Sleep(20*time.Millisecond + time.Duration(l.rnd.IntN(150))*time.Millisecond)
	cmd.Process.Kill()
	cmd.Wait()
}

// compare holds the vault against what it must hold.
func (l *lane) compare(name string, under act) {
	if len(l.must.Records) == 0 && !l.born() {
		l.dir = ""
		return
	}
	s, err := l.see(under)
	if err != nil || s.Refused != "" {
		l.fail("%s, killed in %q: %v%s", name, under.Name, err, s.Refused)
		return
	}
	after := l.must.behind(under)
	without, with := differences(s.Contents, l.must), differences(s.Contents, after)
	switch {
	case len(without) == 0:
	case len(with) == 0:
		l.must = after
	default:
		l.fail("%s, killed in %q: the vault is neither as before the act (%v) nor as after it (%v)", name, under.Name, without, with)
	}
	s.Problems = unmended(s.Problems)
	if len(s.Problems)+len(s.Unreadable)+len(s.Left) > 0 {
		l.keep()
		l.sum.count(func(k *killed) { k.partial++ })
		l.t.Errorf("%s, killed in %q: check: %+v; notices: %+v; unreadable: %v; left over: %v", name, under.Name, s.Problems, s.Notices, s.Unreadable, s.Left)
	}
}

// change notes that the passphrase was changed.
func (l *lane) change(a act) {
	if a.Secret != "" {
		l.other, l.secret = l.secret, a.Secret
	}
}

// see opens the vault with the passphrase, or with the one that was about to
// take its place. One that was replaced opens it no more.
func (l *lane) see(under act) (sight, error) {
	if l.other != "" {
		o := l.order()
		o.Secret = l.other
		if s, err := seen(o); under.Secret != l.other && (err != nil || s.Refused == "") {
			return s, fmt.Errorf("the former passphrase opens the vault: %v", err)
		}
	}
	s, err := seen(l.order())
	if under.Secret != "" && strings.Contains(s.Refused, vault.ErrWrongPassphrase.Error()) {
		l.change(under)
		s, err = seen(l.order())
	}
	return s, err
}

// restore brings every backup back that was made, and the one that was being
// made.
func (l *lane) restore(name string, under act) {
	stick := l.order().Stick
	for _, path := range []string{stick, stick + ".age"} {
		b, made := l.kept[path]
		if !made {
			b.secret = l.secret
		}
		if !made && under.Backup != path {
			continue
		}
		s, err := l.restored(path, b.secret)
		now := backup{l.must, l.secret}
		if under.Backup == path && b.secret != now.secret && strings.Contains(s.Refused, vault.ErrWrongPassphrase.Error()) {
			b = now // the one under way took the place of the one before it
			s, err = l.restored(path, now.secret)
		}
		switch {
		case err == nil && !made && s.Refused != "":
		case err != nil || s.Refused != "":
			l.fail("%s, killed in %q: restore of %s: %v%s", name, under.Name, filepath.Base(path), err, s.Refused)
		case made && len(differences(s.Contents, b.holds)) == 0:
			l.kept[path] = b
			l.sum.count(func(k *killed) { k.restored++ })
		case under.Backup == path && len(differences(s.Contents, now.holds)) == 0:
			l.kept[path] = now // it was whole before the child died, and unsaid
			l.sum.count(func(k *killed) { k.restored++ })
		default:
			l.fail("%s, killed in %q: the restored %s differs: %v", name, under.Name, filepath.Base(path), differences(s.Contents, b.holds))
		}
		if bad := unmended(s.Problems); len(bad)+len(s.Unreadable) > 0 {
			l.fail("%s: the restored vault is not sound: %+v, unreadable %v", name, bad, s.Unreadable)
		}
	}
}

// restored restores a backup elsewhere and says what came of it.
func (l *lane) restored(path, secret string) (sight, error) {
	o := order{Dir: filepath.Join(l.top, "restored"), Stick: path, Secret: secret, Memory: filepath.Join(l.top, "elsewhere")}
	defer os.RemoveAll(o.Dir)
	defer os.RemoveAll(o.Memory)
	return sightOf("restore", o)
}

func (l *lane) fail(format string, a ...any) {
	l.sum.count(func(k *killed) { k.lost++ })
	l.t.Errorf(format, a...)
	l.keep()
}

// keep goes on with another vault, and sets this one aside where that is asked
// for, to be looked at.
func (l *lane) keep() {
	l.age = vaultAge
	if dir := os.Getenv("SOAK_KEEP"); dir != "" {
		_ = copyTree(l.dir, filepath.Join(dir, fmt.Sprintf("%s-%d", filepath.Base(l.top), l.n)), none)
		l.t.Logf("kept: %s-%d, which opens with %q", filepath.Base(l.top), l.n, l.secret)
	}
}

func unmended(list []vault.Problem) []vault.Problem {
	return slices.DeleteFunc(list, func(p vault.Problem) bool { return p.Mended })
}

// born says whether a Create that was cut short got as far as the header. What
// it leaves before is no vault.
func (l *lane) born() bool {
	_, err := os.Stat(filepath.Join(l.dir, "vault.json"))
	if err != nil {
		os.RemoveAll(l.dir)
	}
	return err == nil
}
