package pdftext

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Limits of one file.
const (
	sizeLimit   = 256 << 20 // bytes of the file
	pagesLimit  = 5000      // pages whose text is read
	textLimit   = 1 << 20   // bytes of text
	memoryPages = 8192      // of 64 KiB: 512 MiB of memory for the library
	titleLimit  = 300       // bytes of what the maker calls the file
)

// library starts PDFium once in a process: compiling it takes seconds.
var library = sync.OnceValues(func() (pdfium.Pool, error) {
	// The module is compiled with exception handling (its own default too).
	features := api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling
	return webassembly.Init(webassembly.Config{
		Context: context.Background(), MaxIdle: 1, MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), // no file of this computer
		Stdout:   io.Discard, Stderr: io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().WithCoreFeatures(features).WithMemoryLimitPages(memoryPages),
	})
})

// read is the task that reads a file.
var read = exchange.Task{
	Name:  "pdf",
	Ready: func() error { _, err := library(); return err },
	Run: func(in io.Reader, out io.Writer) error {
		b, err := io.ReadAll(io.LimitReader(in, sizeLimit+1))
		if err != nil {
			return err
		}
		if len(b) > sizeLimit {
			return errLarge
		}
		r, err := readFile(b)
		if err != nil {
			return err
		}
		return json.NewEncoder(out).Encode(r)
	},
}

var (
	errLarge   = errors.New("this PDF is larger than 256 MB, the most that is read")
	errLibrary = errors.New("PDF files cannot be read on this computer")
	errDamaged = errors.New("this PDF is damaged and cannot be opened; ask for a new copy of it")
	errPages   = errors.New("this PDF has no page that can be read; ask for a new copy of it")
)

func readFile(b []byte) (r result, err error) {
	if r.Active, err = active(b); err != nil {
		return r, err
	}
	pool, err := library()
	if err != nil {
		return r, errLibrary
	}
	one, err := pool.GetInstance(time.Minute)
	if err != nil {
		return r, errLibrary
	}
	defer one.Close()
	doc, err := one.OpenDocument(&requests.OpenDocument{File: &b})
	switch {
	case errors.Is(err, pdfiumerrors.ErrPassword), errors.Is(err, pdfiumerrors.ErrSecurity):
		r.Locked = true
		return r, nil
	case err != nil:
		return r, errDamaged
	}
	f := file{one, doc.Document}
	if r.Pages = f.pages(); r.Pages == 0 {
		return r, errPages
	}
	r.Text, r.Cut = f.text(r.Pages)
	r.Title, r.Made = f.info()
	r.Files = f.files()
	return r, nil
}

// file is an open document.
type file struct {
	in  pdfium.Pdfium
	doc references.FPDF_DOCUMENT
}

func (f file) pages() int {
	n, err := f.in.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: f.doc})
	if err != nil {
		return 0
	}
	return n.PageCount
}

func (f file) text(pages int) (string, bool) {
	var t strings.Builder
	for n := range min(pages, pagesLimit) {
		page, err := f.in.GetPageText(&requests.GetPageText{Page: requests.Page{ByIndex: &requests.PageByIndex{Document: f.doc, Index: n}}})
		if err != nil {
			continue
		}
		words := strings.ToValidUTF8(strings.ReplaceAll(page.Text, "\r\n", "\n"), "\uFFFD")
		if t.Len()+len(words) > textLimit-2 {
			return t.String(), true
		}
		t.WriteString(words)
		t.WriteString("\n")
	}
	return t.String(), pages > pagesLimit
}

// info is what the maker wrote about the file (ISO 32000-1, 14.3.3).
func (f file) info() (title, made string) {
	m, err := f.in.GetMetaData(&requests.GetMetaData{Document: f.doc, Tags: &[]string{"Title", "CreationDate"}})
	if err != nil {
		return "", ""
	}
	for _, tag := range m.Tags {
		switch tag.Tag {
		case "Title":
			title = strings.Join(strings.Fields(strings.ToValidUTF8(tag.Value, "\uFFFD")), " ")
			if len(title) > titleLimit {
				title = ""
			}
		case "CreationDate":
			made = day(tag.Value)
		}
	}
	return title, made
}

// day reads the day of "D:20210304…" (ISO 32000-1, 7.9.4).
func day(s string) string {
	s = strings.TrimPrefix(s, "D:")
	if len(s) < 8 {
		return ""
	}
	d := record.Date(s[:4] + "-" + s[4:6] + "-" + s[6:8])
	if d.Precision() != record.Day {
		return ""
	}
	return string(d)
}

func (f file) files() int {
	n, err := f.in.FPDFDoc_GetAttachmentCount(&requests.FPDFDoc_GetAttachmentCount{Document: f.doc})
	if err != nil {
		return 0
	}
	return n.AttachmentCount
}
