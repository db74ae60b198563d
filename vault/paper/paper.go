// Package paper is what can be looked at of a document whose file is hostile
// until proved otherwise: the pages of a PDF, a picture. It knows neither who
// reads the file nor who shows it.
package paper

import (
	"context"
	"image"
	"io"
)

// MostPixels is how many pixels one page or picture has at most, however large
// it is asked for: 64 MiB of them.
const MostPixels = 16 << 20

// MostSide is how many pixels it is wide or high at most: what screens can take
// at once.
const MostSide = 8192

// File is a file to look at.
type File struct {
	// Open gives its bytes from their beginning, any number of times.
	Open     func(context.Context) (io.ReadCloser, error)
	Password string // of a locked PDF; "" for none
}

// PDF is what a file says of itself.
type PDF struct {
	Pages  int
	Locked bool     // it wants a password, or another one than was given; nothing of it can be shown
	Active []string // what it could do when opened elsewhere, in words
	Files  int      // carried inside
}

// Area is a part of a page, in fractions of its width and height from its upper
// left corner.
type Area struct{ Left, Top, Right, Bottom float64 }

// Match is a place on a page, counted from 0, where words were found; several
// areas where they stand on several lines.
type Match struct {
	Page  int
	Areas []Area
}

// Reader reads such files, in another process than the one that shows them. Any
// function may be nil: it is not offered. Each call reads the file anew; errors
// are in words for people, without clinical text. All may be called concurrently.
type Reader struct {
	PDF func(context.Context, File) (PDF, error)

	// Page draws a page, counted from 0, width pixels wide, or narrower where it
	// would have more than MostPixels; full is its size on paper in points, 72 to an
	// inch.
	Page func(ctx context.Context, file File, page, width int) (drawn *image.RGBA, full image.Point, err error)

	// Find looks for words on all pages, whatever their case. more says that it
	// gave up before the end, because there is too much.
	Find func(ctx context.Context, file File, words string) (found []Match, more bool, err error)

	// Picture draws a picture upright, in its own size or, where it has more than
	// MostPixels, in a smaller one; full is its own size.
	Picture func(ctx context.Context, file File) (drawn *image.RGBA, full image.Point, err error)
}
