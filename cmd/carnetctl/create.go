package main

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/carnet-phr/carnet/assets"
	"github.com/carnet-phr/carnet/vault"
	own "github.com/carnet-phr/carnet/vault/clinic/entry"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/record"
)

type createCmd struct {
	Dir    string `arg:"" help:"The folder to make; by custom NAME.carnet."`
	Person string `help:"Whose record it is." placeholder:"\"Given Family\""`
	Born   string `help:"Birth date." placeholder:"YYYY-MM-DD"`
	Sex    string `help:"Sex as the papers give it." enum:"female,male,other,unknown," default:""`
	Demo   bool   `help:"Fill the vault with the made-up record."`
}

// Run makes the vault and files the person, or the made-up record.
func (x *createCmd) Run(ctx context.Context, c *console) error {
	patient, err := x.patient(c.now())
	if err != nil {
		return err
	}
	var change record.Change
	if patient != nil {
		if change, err = founding(patient, c); err != nil {
			return err
		}
	}
	if x.Dir == "" {
		return usageError("the folder's name is empty")
	}
	if abs, err := filepath.Abs(x.Dir); err == nil {
		x.Dir = abs
	}
	secret, err := c.newSecret(ctx)
	if err != nil {
		return err
	}
	v, recoveryKey, err := vault.Create(ctx, x.Dir, secret, c.options())
	if err != nil {
		return err
	}
	defer v.Close()
	// Before anything else can fail: the key is kept nowhere.
	fmt.Fprintf(c.out, "made the vault %s\n\n", x.Dir)
	fmt.Fprintf(c.out, "Recovery key (shown this once; write it down and keep it away from this computer):\n\n    %s\n\n", recoveryKey)
	fmt.Fprintln(c.out, "It opens the vault when the passphrase is forgotten. Without both, nobody can open it, we least of all.")
	if patient != nil {
		if err := v.Commit(ctx, change); err != nil {
			return err
		}
	}
	if x.Demo {
		return c.bringDemo(ctx, v)
	}
	return v.Close()
}

// patient is the person that the flags describe; nil when there are none.
func (x *createCmd) patient(now time.Time) (*record.Patient, error) {
	if x.Person == "" && x.Born == "" && x.Sex == "" {
		return nil, nil
	}
	if x.Demo {
		return nil, usageError("--demo brings its own person")
	}
	if x.Person == "" {
		return nil, usageError("--born and --sex need --person")
	}
	p := &record.Patient{Gender: x.Sex, Name: []record.HumanName{personName(x.Person)}}
	if x.Born != "" {
		born, err := record.ParseDate(x.Born)
		if err != nil || born != born.Day() || born.Earliest().After(now) {
			return nil, usageError("--born is not a past date like 1958-03-14")
		}
		p.BirthDate = born
	}
	return p, nil
}

// personName takes the last word for the family name.
func personName(s string) record.HumanName {
	words := strings.Fields(s)
	n := record.HumanName{Text: strings.Join(words, " ")}
	if len(words) > 1 {
		n.Given, n.Family = words[:len(words)-1], words[len(words)-1]
	}
	return n
}

// founding files a person's own entry.
func founding(p *record.Patient, c *console) (record.Change, error) {
	fields := map[string]string{"born": string(p.BirthDate), "sex": p.Gender, "given": strings.Join(p.Name[0].Given, " "), "family": p.Name[0].Family}
	if fields["family"] == "" {
		fields["family"] = p.Name[0].Text
	}
	r, problems := own.Found(fields, own.By{Now: c.now()})
	if len(problems) > 0 {
		return record.Change{}, formProblems(own.Person(), problems)
	}
	return record.Change{Put: []record.Record{r}}, nil
}

// bringDemo files the made-up record.
func (c *console) bringDemo(ctx context.Context, v *vault.Vault) error {
	var sources []exchange.Source
	files := assets.Demo()
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			sources = append(sources, exchange.Source{Name: name, FS: files, Path: name})
		}
		return err
	})
	if err != nil {
		return err
	}
	b, err := exchange.Import(ctx, v, formats.All(), sources, exchange.Options{})
	if err != nil {
		return err
	}
	receipt, err := b.Commit(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintln(c.out)
	c.printReceipt(receipt)
	return v.Close()
}
