package disclose

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/exchange/document"
	"github.com/carnet-phr/carnet/vault/exchange/handover"
	"github.com/carnet-phr/carnet/vault/paper"
)

// test looks at the files where they lie, after [handover.Pack] has looked at
// each: at what only the plan knows.
func (m *making) test(ctx context.Context, at handover.Place) error {
	m.progress("looking")
	leak, err := m.leak(ctx, at)
	if err != nil {
		return err
	}
	if err := m.checked(leak); err != nil {
		return err
	}
	pictures, err := m.pictures(ctx, at)
	if err != nil || pictures.What == "" {
		return err
	}
	return m.checked(pictures)
}

// leak searches every file for what is held back.
func (m *making) leak(ctx context.Context, at handover.Place) (handover.Check, error) {
	sel := m.plan.Selection
	secrets := sel.Secrets()
	if m.plan.Told {
		secrets = secrets.Except(m.plan.Mentions)
	}
	c := handover.Check{What: "nothing is held back", OK: true}
	if sel.Withheld == 0 {
		return c, nil
	}
	c.What = fmt.Sprintf("%d files searched for what is held back: text, attachments, tags and the files inside files", len(m.list))
	if m.plan.Told && len(m.plan.Mentions) > 0 {
		c.Note = fmt.Sprintf("%d entries may tell of it, as you said", len(m.plan.Mentions))
	}
	s := searching{secrets: secrets, formats: m.Formats, children: m.Children}
	for _, f := range m.list {
		found, err := s.file(ctx, at, f.Name)
		if err != nil {
			return c, err
		}
		if found { // its name alone: what was found is what must not be told
			c.OK, c.Note = false, "found in "+f.Name
			break
		}
	}
	return c, nil
}

// errPicture says that a picture cannot be opened; in no words of a decoder, which
// may hold what a file says.
var errPicture = errors.New("it does not open")

// pictures opens every picture. One that does not open as it was received leaves
// as it was received, and the check says so.
func (m *making) pictures(ctx context.Context, at fs.FS) (handover.Check, error) {
	n, broken := 0, []string{}
	for _, f := range m.list {
		open := m.opener(at, f.Name)
		if open == nil {
			continue
		}
		n++
		err := open(ctx)
		if ctx.Err() != nil {
			return handover.Check{}, ctx.Err()
		}
		if err != nil {
			broken = append(broken, f.Name)
		}
	}
	if n == 0 {
		return handover.Check{}, nil
	}
	c := handover.Check{What: fmt.Sprintf("%d pictures opened", n), OK: true}
	if n == 1 {
		c.What = "1 picture opened"
	}
	if len(broken) > 0 {
		c.Note = fmt.Sprintf("%d cannot be shown here; they leave as they were received: %s", len(broken), strings.Join(broken, ", "))
	}
	return c, nil
}

// pictureEndings are those of the pictures that can be drawn.
var pictureEndings = []string{".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".webp"}

// opener is how a picture is opened; nil for any other file.
func (m *making) opener(at fs.FS, name string) func(context.Context) error {
	switch ext := strings.ToLower(path.Ext(name)); {
	case slices.Contains(pictureEndings, ext):
		return func(ctx context.Context) error {
			if _, _, err := document.Draw(ctx, m.Children, paper.File{Open: func(context.Context) (io.ReadCloser, error) { return at.Open(name) }}); err != nil {
				return errPicture
			}
			return nil
		}
	case strings.HasPrefix(name, "dicom/ST"):
		return func(ctx context.Context) error {
			i, err := dicom.Open(ctx, m.Children, func(context.Context) (io.ReadCloser, error) { return at.Open(name) })
			switch {
			case errors.Is(err, dicom.ErrNoImage): // a report
				return nil
			case err != nil || i.Shown != nil:
				return errPicture
			}
			_, err = i.Frame(ctx, 0)
			return err
		}
	}
	return nil
}
