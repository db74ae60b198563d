package ui

import (
	"context"
	"io"
	"path"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
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
		d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
			env.Prefs.ForgetDialogs()
			switch {
			case err != nil:
				Tell(env.Window, Explain(err))
			case w != nil:
				copyOut(env, hash, w)
			}
		}, env.Window)
		d.SetFileName(path.Base(o.Name))
		d.SetConfirmText(lang.L("Save"))
		ShowFiles(env.Window, d)
	})
}

func copyOut(env *Env, hash record.Hash, w io.WriteCloser) {
	Load(env.Ctx, env.Work, func(ctx context.Context) (int64, error) {
		r, _, err := env.Vault.OpenOriginal(ctx, hash)
		if err != nil {
			w.Close()
			return 0, err
		}
		defer r.Close()
		n, err := io.Copy(w, r)
		if e := w.Close(); err == nil {
			err = e
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
