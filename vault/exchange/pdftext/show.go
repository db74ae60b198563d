package pdftext

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"image"
	"io"
	"time"

	"github.com/klippa-app/go-pdfium/enums"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/requests"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/paper"
)

// look is the task that shows a file: it gets a question and the file's bytes.
// Its answer to draw is what [paper.Write] writes, to the others JSON.
var look = exchange.Task{
	Name:  "pdf look",
	Ready: read.Ready,
	Run: func(in io.Reader, out io.Writer) error {
		q, err := readQuestion(in)
		if err != nil {
			return err
		}
		b, err := io.ReadAll(io.LimitReader(in, sizeLimit+1))
		if err != nil {
			return err
		}
		if len(b) > sizeLimit {
			return errLarge
		}
		return q.answer(b, out)
	},
}

// question is what is asked of a file.
type question struct {
	Verb  string `json:"verb"`            // about, draw, find
	Page  int    `json:"page,omitempty"`  // draw: counted from 0
	Width int    `json:"width,omitempty"` // draw: pixels
	Words string `json:"words,omitempty"` // find

	Password string `json:"password,omitempty"`
}

const questionLimit = 4 << 10 // bytes

var errQuestion = errors.New("this PDF could not be shown because of a fault in Carnet")

// written is the question behind its length.
func (q question) written() ([]byte, error) {
	b, err := json.Marshal(q)
	if err != nil || len(b) > questionLimit {
		return nil, errQuestion
	}
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(b))), b...), nil
}

func readQuestion(in io.Reader) (q question, err error) {
	var size [4]byte
	if _, err := io.ReadFull(in, size[:]); err != nil || binary.BigEndian.Uint32(size[:]) > questionLimit {
		return q, errQuestion
	}
	b := make([]byte, binary.BigEndian.Uint32(size[:]))
	if _, err := io.ReadFull(in, b); err != nil || json.Unmarshal(b, &q) != nil || q.Page < 0 {
		return q, errQuestion
	}
	return q, nil
}

var (
	errLocked = errors.New("this PDF is locked with a password; open it with its password in another program, save it without one, and bring that in")
	errPage   = errors.New("this page cannot be shown; save a copy of the file and try another program")
)

// answer opens the file and answers.
func (q question) answer(b []byte, out io.Writer) error {
	about := paper.PDF{}
	var err error
	if about.Active, err = active(b); err != nil { // a file that unpacks without end is refused here
		return err
	}
	pool, err := library()
	if err != nil {
		return errLibrary
	}
	one, err := pool.GetInstance(time.Minute)
	if err != nil {
		return errLibrary
	}
	defer one.Close()
	open := requests.OpenDocument{File: &b}
	if q.Password != "" {
		open.Password = &q.Password
	}
	doc, err := one.OpenDocument(&open)
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		if q.Verb != "about" {
			return errLocked
		}
		about.Locked = true
		return json.NewEncoder(out).Encode(about)
	case err != nil:
		return errDamaged
	}
	f := file{one, doc.Document}
	if about.Pages = f.pages(); about.Pages == 0 {
		return errPages
	}
	switch {
	case q.Verb == "about":
		about.Files = f.files()
		return json.NewEncoder(out).Encode(about)
	case q.Verb == "draw" && q.Page >= about.Pages:
		return errPage
	case q.Verb == "draw":
		return f.draw(q.Page, q.Width, out)
	case q.Verb == "find":
		return json.NewEncoder(out).Encode(f.find(q.Words, about.Pages))
	}
	return errQuestion
}

// mostPoints is how large a page is said to be at most (ISO 32000-1, annex C.2,
// knows 14,400).
const mostPoints = 1 << 20

// draw writes a page as it prints, with what was filled into its forms.
func (f file) draw(page, width int, out io.Writer) error {
	points, err := f.in.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: f.doc, Index: page})
	if err != nil {
		return errPage
	}
	size, ok := paper.Fit(points.Width, points.Height, width)
	if !ok {
		return errPage
	}
	drawn, err := f.in.RenderPageInPixels(&requests.RenderPageInPixels{
		Page:  requests.Page{ByIndex: &requests.PageByIndex{Document: f.doc, Index: page}},
		Width: size.X, Height: size.Y,
		RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT, RenderForm: true, Document: &f.doc,
	})
	if err != nil {
		return errPage
	}
	defer drawn.Cleanup()
	picture, ok := drawn.Result.RenderedImage.(*image.RGBA)
	if !ok {
		return errPage
	}
	onWhite(picture)
	return paper.Write(out, picture, image.Pt(max(1, int(min(points.Width, mostPoints))), max(1, int(min(points.Height, mostPoints)))))
}

// onWhite puts a page that lets something through on white paper. PDFium's
// colours are not multiplied with their alpha.
func onWhite(p *image.RGBA) {
	const full = 255
	for i := 0; i+3 < len(p.Pix); i += 4 {
		if a := uint32(p.Pix[i+3]); a != full {
			for c := i; c < i+3; c++ {
				p.Pix[c] = byte((uint32(p.Pix[c])*a + full*(full-a)) / full)
			}
			p.Pix[i+3] = full
		}
	}
}
