package pdftext

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"io"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/paper"
)

const answerLimit = 4 << 20 // bytes of an answer that is not a page

var errAnswer = errors.New("what was read in this PDF cannot be used")

// About reads what a file says of itself, in a child process.
func About(ctx context.Context, children exchange.Children, file paper.File) (paper.PDF, error) {
	b, err := ask(ctx, children, file, question{Verb: "about"}, answerLimit)
	if err != nil {
		return paper.PDF{}, err
	}
	var about paper.PDF
	if json.Unmarshal(b, &about) != nil || about.Pages < 0 || about.Pages == 0 && !about.Locked {
		return paper.PDF{}, errAnswer
	}
	return about, nil
}

// Page draws a page, counted from 0, in a child process: see [paper.Reader].
func Page(ctx context.Context, children exchange.Children, file paper.File, page, width int) (drawn *image.RGBA, full image.Point, err error) {
	b, err := ask(ctx, children, file, question{Verb: "draw", Page: page, Width: width}, paper.PixelsLimit)
	if err != nil {
		return nil, full, err
	}
	return paper.Read(b)
}

// Find looks for words on all pages, in a child process.
func Find(ctx context.Context, children exchange.Children, file paper.File, words string) ([]paper.Match, bool, error) {
	b, err := ask(ctx, children, file, question{Verb: "find", Words: words}, answerLimit)
	if err != nil {
		return nil, false, err
	}
	var h hits
	if json.Unmarshal(b, &h) != nil || len(h.Found) > matchesLimit {
		return nil, false, errAnswer
	}
	for _, m := range h.Found {
		if m.Page < 0 || m.Page >= pagesLimit || len(m.Areas) > areasLimit {
			return nil, false, errAnswer
		}
	}
	return h.Found, h.More, nil
}

func ask(ctx context.Context, children exchange.Children, file paper.File, q question, limit int) ([]byte, error) {
	q.Password = file.Password
	head, err := q.written()
	if err != nil {
		return nil, err
	}
	in, err := file.Open(ctx)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return exchange.Isolate(ctx, children, look, io.MultiReader(bytes.NewReader(head), in), limit)
}
