package office

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
)

// Document keeps files of Office Open XML and OpenDocument with their words.
var Document = exchange.Format{
	Name:       "office",
	Title:      "Word, Excel, PowerPoint or OpenDocument file",
	MediaTypes: []string{kinds["word"].mediaType, kinds["sheet"].mediaType, kinds["slides"].mediaType, kinds["odt"].mediaType, kinds["ods"].mediaType, kinds["odp"].mediaType},
	Extensions: []string{".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".odt", ".ods", ".odp"},
	Documents:  true,
	Identify:   identifyPackage,
	Import: func(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
		return bring(ctx, src, sink, readPackage)
	},
	Tasks: []exchange.Task{readPackage},
}

// Compound keeps the older binary files of Office, by name alone.
var Compound = exchange.Format{
	Name:       "oldoffice",
	Title:      "older Word, Excel, PowerPoint or Outlook file",
	MediaTypes: []string{kinds["doc"].mediaType, kinds["xls"].mediaType, kinds["ppt"].mediaType, kinds["msg"].mediaType},
	Extensions: []string{".doc", ".xls", ".ppt", ".msg"},
	Documents:  true,
	Identify: func(h exchange.Head) exchange.Match {
		return sure(bytes.HasPrefix(h.Bytes, []byte(compoundMagic)) && !isDICOM(h.Bytes))
	},
	Import: func(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
		return bring(ctx, src, sink, readCompound)
	},
	Tasks: []exchange.Task{readCompound},
}

// RTF keeps Rich Text Format with its words.
var RTF = exchange.Format{
	Name:       "rtf",
	Title:      "Rich Text",
	MediaTypes: []string{kinds["rtf"].mediaType},
	Extensions: []string{".rtf"},
	Documents:  true,
	Identify: func(h exchange.Head) exchange.Match {
		return sure(bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(h.Bytes, []byte("\xef\xbb\xbf")), " \t\r\n"), []byte(`{\rtf`)) && !isDICOM(h.Bytes))
	},
	Import: func(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
		return bring(ctx, src, sink, readRTF)
	},
	Tasks: []exchange.Task{readRTF},
}

func sure(yes bool) exchange.Match {
	if yes {
		return exchange.Yes
	}
	return exchange.No
}

// isDICOM knows a DICOM file, whatever its preamble pretends (PS3.10 7.1).
func isDICOM(b []byte) bool { return len(b) >= 132 && string(b[128:132]) == "DICM" }

// identifyPackage knows a package by the names inside: those of the archive's
// list, or, for one inside another archive, those that stand in its first bytes.
func identifyPackage(h exchange.Head) exchange.Match {
	switch {
	case h.Members != nil:
		return sure(isPackage(h.Members))
	case bytes.HasPrefix(h.Bytes, []byte(localHeader)) && !isDICOM(h.Bytes) && isPackage(localNames(h.Bytes)):
		return exchange.Maybe
	}
	return exchange.No
}

const localHeader = "PK\x03\x04" // of a member (APPNOTE.TXT 4.3.7)

// localNames finds the names of members in the first bytes of a zip archive.
func localNames(b []byte) []string {
	var names []string
	for {
		at := bytes.Index(b, []byte(localHeader))
		if at < 0 || at+30 > len(b) {
			return names
		}
		b = b[at:]
		if n := int(b[26]) | int(b[27])<<8; 30+n <= len(b) {
			names = append(names, string(b[30:30+n]))
		}
		b = b[4:]
	}
}

// isPackage says whether the names are those of ECMA-376 part 2 with a document
// inside, or those of OpenDocument part 2.
func isPackage(names []string) bool {
	if slices.Contains(names, "mimetype") || slices.Contains(names, "META-INF/manifest.xml") {
		return slices.Contains(names, "content.xml") || slices.Contains(names, "mimetype") && slices.Contains(names, "META-INF/manifest.xml")
	}
	return slices.ContainsFunc(usualParts, func(n string) bool { return slices.Contains(names, n) }) ||
		slices.Contains(names, "[Content_Types].xml") && slices.ContainsFunc(names, func(n string) bool {
			return strings.HasPrefix(n, "word/") || strings.HasPrefix(n, "xl/") || strings.HasPrefix(n, "ppt/")
		})
}

// usualParts are the names that nearly every writer gives to the main part.
var usualParts = []string{"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"}
