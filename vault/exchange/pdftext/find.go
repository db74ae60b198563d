package pdftext

import (
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"github.com/carnet-phr/carnet/vault/paper"
)

// Limits of looking for words.
const (
	matchesLimit = 2000
	areasLimit   = 50              // of one match
	wordsLimit   = 200             // bytes
	findTime     = 6 * time.Second // after it the rest is not looked through; the parent waits longer
)

// hits is the answer to find.
type hits struct {
	Found []paper.Match `json:"found"`
	More  bool          `json:"more"`
}

// find looks for words on all pages.
func (f file) find(words string, pages int) hits {
	h := hits{More: pages > pagesLimit}
	if words = strings.TrimSpace(words); words == "" || len(words) > wordsLimit {
		return h
	}
	began := time.Now()
	for n := range min(pages, pagesLimit) {
		if len(h.Found) >= matchesLimit || time.Since(began) > findTime {
			h.More = true
			break
		}
		h.Found = append(h.Found, f.findOn(n, words, matchesLimit-len(h.Found))...)
	}
	return h
}

// findOn looks for words on one page. A page that cannot be read holds none.
func (f file) findOn(n int, words string, most int) (found []paper.Match) {
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: f.doc, Index: n}}
	text, err := f.in.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
	if err != nil {
		return nil
	}
	defer f.in.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	search, err := f.in.FPDFText_FindStart(&requests.FPDFText_FindStart{TextPage: text.TextPage, Find: words})
	if err != nil {
		return nil
	}
	defer f.in.FPDFText_FindClose(&requests.FPDFText_FindClose{Search: search.Search})
	for len(found) < most {
		next, err := f.in.FPDFText_FindNext(&requests.FPDFText_FindNext{Search: search.Search})
		if err != nil || !next.GotMatch {
			break
		}
		at, err := f.in.FPDFText_GetSchResultIndex(&requests.FPDFText_GetSchResultIndex{Search: search.Search})
		if err != nil {
			break
		}
		count, err := f.in.FPDFText_GetSchCount(&requests.FPDFText_GetSchCount{Search: search.Search})
		if err != nil {
			break
		}
		found = append(found, paper.Match{Page: n, Areas: f.areas(page, text.TextPage, at.Index, count.Count)})
	}
	return found
}

// areas are where some characters stand on a page.
func (f file) areas(page requests.Page, text references.FPDF_TEXTPAGE, from, count int) []paper.Area {
	rects, err := f.in.FPDFText_CountRects(&requests.FPDFText_CountRects{TextPage: text, StartIndex: from, Count: count})
	if err != nil {
		return nil
	}
	var areas []paper.Area
	for i := range min(rects.Count, areasLimit) {
		r, err := f.in.FPDFText_GetRect(&requests.FPDFText_GetRect{TextPage: text, Index: i})
		if err != nil {
			break
		}
		x1, y1, ok := f.onScreen(page, r.Left, r.Top)
		x2, y2, ok2 := f.onScreen(page, r.Right, r.Bottom)
		if ok && ok2 {
			areas = append(areas, paper.Area{Left: min(x1, x2), Top: min(y1, y2), Right: max(x1, x2), Bottom: max(y1, y2)})
		}
	}
	return areas
}

// onScreen is a point of a page as fractions of what is drawn of it, however it is
// turned or cut (ISO 32000-1, 7.7.3.3, Rotate and CropBox).
func (f file) onScreen(page requests.Page, x, y float64) (across, down float64, ok bool) {
	const grid = 1 << 14 // parts of a page that are told apart
	at, err := f.in.FPDF_PageToDevice(&requests.FPDF_PageToDevice{Page: page, SizeX: grid, SizeY: grid, PageX: x, PageY: y})
	if err != nil {
		return 0, 0, false
	}
	within := func(n int) float64 { return float64(min(max(n, 0), grid)) / grid }
	return within(at.DeviceX), within(at.DeviceY), true
}
