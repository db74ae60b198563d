package html

import (
	"bytes"
	"context"
	"encoding/base64"
	"html/template"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"strings"

	_ "image/gif" // image.Decode tells formats by their first bytes

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/handover/sheet"
	"github.com/carnet-phr/carnet/vault/record"
)

// The limits of previews: a page must open at once wherever it is carried.
const (
	largestPicture  = 32 << 20   // bytes of a file that is decoded
	mostPixels      = 24_000_000 // pixels of a picture that is decoded
	previewSide     = 900        // pixels of the longer side of a preview
	mostPreviews    = 40         // pictures on a page
	largestPreviews = 6 << 20    // bytes of all previews
	jpegQuality     = 82         // percent
)

// A preview of a series of images is small: it says what there is to look at.
const (
	seriesSide   = 400 // pixels of the longer side
	mostSeries   = 60  // previews of series on a page
	seriesTrials = 3   // images of a series that are tried
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
	open   func(context.Context, record.Hash) (io.ReadCloser, error)
	draw   func(ctx context.Context, h record.Hash, side int) (image.Image, error)
	here   map[record.Hash]bool
	count  int
	series int
	bytes  int
}

func newAlbum(sel exchange.Selection) *album {
	a := &album{open: sel.OpenOriginal, draw: sel.Draw, here: map[record.Hash]bool{}}
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
		if !strings.HasPrefix(strings.ToLower(f.ContentType), "image/") || seen[f.Hash] || !a.here[f.Hash] {
			continue
		}
		seen[f.Hash] = true
		p := picture{Title: record.Visible(f.Title), Words: "This picture is not shown here; the file is among the originals of the package."}
		if a.count < mostPreviews && a.bytes < largestPreviews {
			a.show(ctx, f.Hash, &p)
		}
		all = append(all, p)
	}
	return all
}

// show puts the preview of a file into a picture, where it can be had.
func (a *album) show(ctx context.Context, h record.Hash, p *picture) {
	r, err := a.open(ctx, h)
	if err != nil {
		return
	}
	defer r.Close()
	file, err := io.ReadAll(io.LimitReader(r, largestPicture+1))
	if err != nil || len(file) > largestPicture {
		return
	}
	mediaType, b, size := preview(file)
	if b == nil {
		return
	}
	a.count++
	a.put(p, mediaType, b, size)
}

// put makes drawn bytes the source of a picture.
func (a *album) put(p *picture, mediaType string, b []byte, size image.Point) {
	a.bytes += len(b)
	p.Source = template.URL("data:" + mediaType + ";base64," + base64.StdEncoding.EncodeToString(b)) // our own bytes
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
	if a.draw == nil {
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
		drawn, err := a.draw(ctx, h, seriesSide)
		if err != nil {
			continue
		}
		var b bytes.Buffer
		if jpeg.Encode(&b, drawn, &jpeg.Options{Quality: jpegQuality}) == nil {
			a.put(&p, "image/jpeg", b.Bytes(), drawn.Bounds().Size())
		}
		break
	}
	return p
}

// preview is a picture drawn anew in the size of a preview; nil for what cannot
// be drawn.
func preview(file []byte) (mediaType string, drawn []byte, size image.Point) {
	defer func() {
		if recover() != nil { // a decoder met what it did not expect
			mediaType, drawn, size = "", nil, image.Point{}
		}
	}()
	c, _, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || c.Width <= 0 || c.Height <= 0 || c.Width > mostPixels/c.Height {
		return "", nil, image.Point{}
	}
	full, kind, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		return "", nil, image.Point{}
	}
	small := shrunk(full, previewSide)
	var b bytes.Buffer
	if kind == "jpeg" {
		small = upright(small, orientation(file))
		mediaType, err = "image/jpeg", jpeg.Encode(&b, small, &jpeg.Options{Quality: jpegQuality})
	} else {
		mediaType, err = "image/png", png.Encode(&b, small)
	}
	if err != nil {
		return "", nil, image.Point{}
	}
	return mediaType, b.Bytes(), small.Bounds().Size()
}
