package html

import (
	"bytes"
	"context"
	"encoding/base64"
	"html/template"
	"image"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/record"
)

// The limits of previews: a page must open at once wherever it is carried.
const (
	previewSide     = 900     // pixels of the longer side of a preview
	mostPreviews    = 40      // pictures on a page
	seriesSide      = 400     // pixels of the longer side of a preview of a series: it says what there is to look at
	mostSeries      = 60      // previews of series on a page
	seriesTrials    = 3       // images of a series that are tried
	largestPreviews = 6 << 20 // bytes of all previews
	jpegQuality     = 82      // percent
)

// picture is a preview, or why there is none.
type picture struct {
	Source        template.URL // data:; "" where Words says why
	Title         string
	Width, Height int
	Words         string
}

// album makes the previews of one page. It draws only files that leave with the
// page, and draws them anew, so that nothing that a file hides beside its pixels
// (a place, a name) is carried.
type album struct {
	drawer exchange.Drawer
	here   map[record.Hash]bool
	count  int
	series int
	bytes  int
}

func newAlbum(sel exchange.Selection) *album {
	a := &album{drawer: sel.Drawer, here: map[record.Hash]bool{}}
	for _, o := range sel.Originals {
		a.here[o.Hash] = true
	}
	return a
}

// of are the pictures of a note.
func (a *album) of(ctx context.Context, n sheet.Note) []picture {
	var all []picture
	seen := map[record.Hash]bool{}
	for _, f := range n.Files {
		kind := strings.ToLower(f.ContentType)
		if !strings.HasPrefix(kind, "image/") || seen[f.Hash] || !a.here[f.Hash] {
			continue
		}
		seen[f.Hash] = true
		p := picture{Title: record.Visible(f.Title), Words: "This picture is not shown here; the file is among the originals of the package."}
		if a.drawer != nil && a.count < mostPreviews && a.bytes < largestPreviews {
			if drawn, err := a.drawer.Picture(ctx, f.Hash, previewSide); err == nil {
				a.count++
				a.put(&p, drawn, kind != "image/png" && kind != "image/gif") // of writing, every line stays sharp
			}
		}
		all = append(all, p)
	}
	return all
}

// put makes what was drawn the source of a picture.
func (a *album) put(p *picture, drawn image.Image, photograph bool) {
	var b bytes.Buffer
	mediaType, err := "image/png", error(nil)
	if photograph {
		mediaType, err = "image/jpeg", jpeg.Encode(&b, drawn, &jpeg.Options{Quality: jpegQuality})
	} else {
		err = png.Encode(&b, drawn)
	}
	if err != nil {
		return
	}
	a.bytes += b.Len()
	p.Source = template.URL("data:" + mediaType + ";base64," + base64.StdEncoding.EncodeToString(b.Bytes())) // our own bytes
	size := drawn.Bounds().Size()
	p.Width, p.Height, p.Words = size.X, size.Y, ""
}

// scan is a study with a picture of each series, as many as the page has room for.
type scan struct {
	sheet.Study
	Pictures []picture
	More     int // series without one
}

// of studies, the series whose images leave with the page.
func (a *album) scans(ctx context.Context, studies []sheet.Study) []scan {
	var all []scan
	if a.drawer == nil {
		return nil
	}
	for _, s := range studies {
		one := scan{Study: s}
		for _, x := range s.Series {
			files := slices.DeleteFunc(slices.Clone(x.Files), func(h record.Hash) bool { return !a.here[h] })
			switch {
			case len(files) == 0:
			case a.series == mostSeries || a.bytes >= largestPreviews:
				one.More++
			default:
				a.series++
				one.Pictures = append(one.Pictures, a.ofSeries(ctx, x.Title, files))
			}
		}
		if len(one.Pictures)+one.More > 0 {
			all = append(all, one)
		}
	}
	return all
}

// ofSeries draws the image in the middle of a series; where that is none, another.
func (a *album) ofSeries(ctx context.Context, title string, files []record.Hash) picture {
	p := picture{Title: title, Words: "No picture of it is shown here; the files are in the package."}
	tried := map[record.Hash]bool{}
	for n := range seriesTrials {
		h := files[(len(files)/2+n*len(files)/seriesTrials)%len(files)]
		if tried[h] {
			continue
		}
		tried[h] = true
		if drawn, err := a.drawer.DICOM(ctx, h, seriesSide); err == nil {
			a.put(&p, drawn, true)
			break
		}
	}
	return p
}
