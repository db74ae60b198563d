package document

import "github.com/carnet-phr/carnet/vault/exchange"

// Program refuses programs, whatever they are called.
var Program = exchange.Format{
	Name:     "program",
	Title:    "program",
	Identify: identifyProgram,
	Import:   refuseProgram,
}

// Picture reads JPEG, PNG, GIF, WebP, TIFF, BMP and HEIF pictures.
var Picture = exchange.Format{
	Name:       "picture",
	Title:      "picture",
	MediaTypes: []string{"image/jpeg", "image/png", "image/gif", "image/webp", "image/tiff", "image/bmp", "image/heic"},
	Extensions: []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".heic"},
	Documents:  true,
	Identify:   identifyPicture,
	Import:     importPicture,
	Tasks:      []exchange.Task{measure, drawPicture},
}

// WebPage keeps pages that a portal showed and somebody saved.
var WebPage = exchange.Format{
	Name:       "webpage",
	Title:      "saved web page",
	MediaTypes: []string{"text/plain"}, // never as what a browser would run
	Extensions: []string{".html", ".htm"},
	Documents:  true,
	Identify:   identifyPage,
	Import:     importPage,
}

// Markup keeps XML that no other format reads.
var Markup = exchange.Format{
	Name:       "xml",
	Title:      "XML file",
	MediaTypes: []string{"text/plain"},
	Extensions: []string{".xml"},
	Documents:  true,
	Identify:   identifyMarkup,
	Import:     importMarkup,
}

// Text keeps plain text, whatever its encoding.
var Text = exchange.Format{
	Name:       "text",
	Title:      "text",
	MediaTypes: []string{"text/plain"},
	Extensions: []string{".txt", ".text", ".md"},
	Documents:  true,
	Identify:   identifyText,
	Import:     importText,
}
