package ui

import (
	"context"
	"errors"
	"io"
	"os"
	"path"

	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/vault/record"
)

// SaveCopy writes an original where the user says; nothing else ever writes one
// to the disk unsealed.
func SaveCopy(env *Env, hash record.Hash) {
	Load(env.Ctx, env.Work, func(ctx context.Context) (record.Original, error) {
		return env.Vault.Original(ctx, hash)
	}, func(o record.Original, err error) {
		if err != nil {
			Tell(env.Window, Explain(err))
			return
		}
		env.Ask(Asked{Title: lang.L("Save a copy of the file…"), Act: lang.L("Save"), Name: path.Base(o.Name)}, func(path string) { copyOut(env, hash, path) })
	})
}

func copyOut(env *Env, hash record.Hash, path string) {
	Load(env.Ctx, env.Work, func(ctx context.Context) (int64, error) {
		r, _, err := env.Vault.OpenOriginal(ctx, hash)
		if err != nil {
			return 0, err
		}
		defer r.Close()
		w, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return 0, err
		}
		n, err := io.Copy(w, r)
		if e := w.Close(); err == nil {
			err = e
		}
		if err != nil {
			err = errors.Join(err, os.Remove(path)) // half a file looks like a whole one
		}
		return n, err
	}, func(n int64, err error) {
		if err != nil {
			Tell(env.Window, Explain(err))
			return
		}
		Tell(env.Window, Trouble{What: lang.L("Saved"), Next: lang.L("The copy has {{.Size}}. It is not sealed: anyone who can open the folder can read it.", map[string]any{"Size": Size(n)})})
	})
}
