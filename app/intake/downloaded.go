package intake

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/app/widget"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// kind is a format in everyday words.
type kind struct {
	Title string // as its own people call it
	Words string // what it is, who gives it, and what Carnet does with it
}

// kindOf is THE table of formats in everyday words; an unknown one is a document.
func kindOf(format string) kind {
	if k, ok := recordKinds()[format]; ok {
		return k
	}
	if k, ok := fileKinds()[format]; ok {
		return k
	}
	return kind{lang.L("document"), lang.L("A file that Carnet keeps byte for byte and does not take apart.")}
}

// recordKinds are those whose entries become entries of the record.
func recordKinds() map[string]kind {
	return map[string]kind{
		"fhir":       {lang.L("Record as data (FHIR)"), lang.L("What hospitals, doctors and insurers give for “download my data”: each medicine, result and visit is an entry of its own, and becomes one here.")},
		"ccda":       {lang.L("Clinical document (C-CDA)"), lang.L("A visit summary, a discharge letter or an overview of care, as a portal or a hospital sends it: its entries become entries here, and its text can be read as it is.")},
		"hl7v2":      {lang.L("Messages of a laboratory or hospital (HL7 version 2)"), lang.L("What computers of laboratories, hospitals and registries send to each other: results, notes and vaccinations.")},
		"apple":      {lang.L("Apple Health export"), lang.L("Everything that an iPhone or a watch has kept: readings, records of clinics, electrocardiograms.")},
		"healthcard": {lang.L("Health card (SMART)"), lang.L("A vaccination or test certificate with a signature, as it stands in a QR code. Carnet says whether the signature could be checked.")},
		"package":    {lang.L("Package of Carnet"), lang.L("A package that was made for a doctor, here or by somebody else: what it states becomes entries again.")},
		"reply":      {lang.L("Answer of a doctor"), lang.L("What a doctor typed into the page of a package that you gave away.")},
		"dicom":      {lang.L("Images and their reports (DICOM)"), lang.L("X-rays, scans and ultrasound, as they come on a disc: the images can be looked at here, and their reports read.")},
		"xdm":        {lang.L("Download with its list of documents (IHE XDM)"), lang.L("A portal's download: the documents it names are each read, and held against the list.")},
		"bluebutton": {lang.L("Blue Button text"), lang.L("The text that the VA or Medicare gives: its medicines, results and visits become entries here.")},
		"medikeep":   {lang.L("Export of MediKeep"), lang.L("What the program MediKeep kept about you.")},
		"labcsv":     {lang.L("Table of results"), lang.L("A table from a laboratory or of readings at home: each row becomes a result.")},
	}
}

// fileKinds are those that stay documents.
func fileKinds() map[string]kind {
	return map[string]kind{
		"pdftext":              {lang.L("PDF"), lang.L("A document to look at: Carnet shows its pages and finds its words. What it says does not become entries; write down yourself what matters.")},
		"picture":              {lang.L("Picture"), lang.L("A photograph or a scan: Carnet keeps and shows it, and does not read what is on it.")},
		"office":               {lang.L("Document or table of an office program"), lang.L("Carnet shows its text and finds its words. What it says does not become entries.")},
		"oldoffice":            {lang.L("Document of an older office program"), lang.L("Carnet keeps it byte for byte, and cannot show its text. Save it as PDF and bring that in as well.")},
		"rtf":                  {lang.L("Text with fonts (RTF)"), lang.L("Carnet shows its text and finds its words. What it says does not become entries.")},
		"webpage":              {lang.L("Saved web page"), lang.L("Carnet shows its text and finds its words. Portals often offer the same as a download with data: that would become entries.")},
		"xml":                  {lang.L("Data of an unknown kind (XML)"), lang.L("Carnet keeps it byte for byte and finds its words, and does not know what its parts mean.")},
		"table":                {lang.L("Table"), lang.L("Carnet keeps it and finds its words. It did not find tests and values in it.")},
		"text":                 {lang.L("Text"), lang.L("Carnet shows it and finds its words. What it says does not become entries.")},
		"program":              {lang.L("Program"), lang.L("Programs, such as viewers on a disc, are not kept: they could do harm, and are no part of a record.")},
		exchange.Container:     {lang.L("Archive, disc or folder"), lang.L("It was opened, and each file in it was read by itself.")},
		exchange.ArchiveFormat: {lang.L("Archive of a whole record"), lang.L("Everything that a record of Carnet held when the archive was made.")},
	}
}

// downloadedRow is a kind of file among those that were brought in.
type downloadedRow struct {
	kind
	Files int
}

// downloaded says of which kinds the files of a receipt are, the most frequent first.
func downloaded(r record.Receipt) []downloadedRow {
	counts := map[string]int{}
	var formats []string
	for _, s := range r.Sources {
		if counts[s.Format] == 0 {
			formats = append(formats, s.Format)
		}
		counts[s.Format]++
	}
	slices.SortStableFunc(formats, func(a, b string) int { return cmp.Compare(counts[b], counts[a]) })
	var out []downloadedRow
	for _, f := range formats {
		out = append(out, downloadedRow{kindOf(f), counts[f]})
	}
	return out
}

// downloadedCard answers "what did I download?".
func downloadedCard(r record.Receipt) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for _, row := range downloaded(r) {
		title := row.Title
		if row.Files > 1 {
			title += "  ·  " + lang.N("{{.Count}} files", row.Files, map[string]any{"Count": ui.Number(row.Files)})
		}
		line := widget.NewLine(title, "", "")
		line.Bold = true
		parts = append(parts, widget.Column(2, line, widget.MutedWords(row.Words)))
	}
	return widget.Card(lang.L("What you downloaded"), nil, widget.Column(10, parts...))
}
