package soak_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/record"
)

// sight is what a child saw in a vault.
type sight struct {
	Contents   contents        `json:"contents"`
	Unreadable []record.Hash   `json:"unreadable,omitempty"`
	Problems   []vault.Problem `json:"problems,omitempty"` // of a deep check
	Notices    []vault.Problem `json:"notices,omitempty"`  // what Open made good
	Left       []string        `json:"left,omitempty"`     // files that nothing needs, once the vault is closed
	Refused    string          `json:"refused,omitempty"`  // why the vault did not open
}

// look opens a vault, reads all of it, and tells.
func look() error {
	o, err := readOrder()
	if err != nil {
		return err
	}
	s, err := lookAt(context.Background(), o)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(s)
}

// restore brings a backup back on a computer that never saw the vault, and looks
// at what came.
func restore() error {
	o, err := readOrder()
	if err != nil {
		return err
	}
	ctx := context.Background()
	if _, err := vault.Restore(ctx, o.Stick, o.Dir, []byte(o.Secret), options(o.Memory), nil); err != nil {
		return json.NewEncoder(os.Stdout).Encode(sight{Refused: err.Error()})
	}
	s, err := lookAt(ctx, o)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(s)
}

func lookAt(ctx context.Context, o order) (s sight, err error) {
	v, err := vault.Open(ctx, o.Dir, []byte(o.Secret), options(o.Memory))
	if err != nil {
		s.Refused = err.Error()
		return s, nil
	}
	if s.Contents, err = contentsOf(ctx, v); err != nil {
		return s, err
	}
	for h := range unreadable(ctx, v, s.Contents) {
		s.Unreadable = append(s.Unreadable, h)
	}
	if draft, err := v.Draft("form"); err != nil || !wholeDraft(draft) {
		return s, fmt.Errorf("a draft of %d bytes, %v", len(draft), err)
	}
	s.Notices = v.Notices()
	report, err := v.Check(ctx, true, nil)
	if err != nil {
		return s, fmt.Errorf("check: %w", err)
	}
	s.Problems = report.Problems
	files, err := sealedFiles(ctx, v)
	if err != nil {
		return s, err
	}
	if err := v.Close(); err != nil {
		return s, fmt.Errorf("close: %w", err)
	}
	s.Left, err = leftOver(o.Dir, files)
	return s, err
}

// sealedFiles counts the originals that have a file of their own.
func sealedFiles(ctx context.Context, v *vault.Vault) (n int, err error) {
	list, err := v.Originals(ctx)
	for _, o := range list {
		if o.Path == "" {
			n++
		}
	}
	return n, err
}

// leftOver gives the files of a closed vault that belong to nothing in it.
func leftOver(dir string, sealed int) (left []string, err error) {
	files := 0
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		switch {
		case strings.HasPrefix(rel, "snapshots"), strings.HasPrefix(rel, "drafts"), strings.HasPrefix(rel, "kept"): // the next one clears up
		case strings.HasSuffix(rel, ".part"), rel == "db.old":
			left = append(left, rel)
		case !d.IsDir() && strings.HasPrefix(rel, "originals"):
			files++
		}
		return nil
	})
	if err == nil && files != sealed {
		left = append(left, fmt.Sprintf("%d files of originals where there are %d", files, sealed))
	}
	return left, err
}
