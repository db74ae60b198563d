package dicom

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/record"
)

// Format reads DICOM files and the list of a disc.
var Format = exchange.Format{
	Name:       "dicom",
	Title:      "DICOM (images and their reports)",
	MediaTypes: []string{"application/dicom"},
	Extensions: []string{".dcm", ".dicom"},
	Identify:   identify,
	Index:      index,
	Tasks:      []exchange.Task{task, pictureTask, frameTask},
	Import:     importFile,
}

// identify looks for the prefix behind the preamble (PS3.10, 7.1). A data set
// without it has nothing to be sure by.
func identify(h exchange.Head) exchange.Match {
	switch {
	case len(h.Bytes) >= 132 && string(h.Bytes[128:132]) == "DICM":
		return exchange.Yes
	case plausible(h.Bytes[:min(len(h.Bytes), streamSize)]):
		return exchange.Maybe
	}
	return exchange.No
}

// importer reads one file.
type importer struct {
	src  exchange.Source
	sink exchange.Sink
	form *form
	data dataset
	zone string // Timezone Offset From UTC, "" where none is given
}

func importFile(ctx context.Context, src exchange.Source, sink exchange.Sink) error {
	b, err := src.Isolated(ctx, task)
	if err != nil {
		return err
	}
	f, err := readForm(b)
	if err != nil {
		return err
	}
	if f.None {
		return exchange.ErrNotThisFormat
	}
	i := &importer{src: src, sink: sink, form: f, data: f.Data}
	i.zone = i.data.text(tagTimezoneOffset)
	if class := dataset(f.Meta).text(tagMediaStorageSOPClassUID); class == directoryClass {
		i.report(exchange.Administrative, tagDirectoryRecordSeq, 0, record.Information, "the list of what is on a disc; bring in the disc or its whole folder to have the images")
		return nil
	}
	if err := i.check(); err != nil {
		return err
	}
	i.remarks()
	if f.Unknown {
		i.unknown()
		return nil
	}
	i.records()
	return nil
}

// check finds out whether the pixels are there and can be any.
func (i *importer) check() error {
	p := i.form.Pixel
	if p == nil {
		return nil
	}
	for _, t := range []tag{tagBitsAllocated, tagSamplesPerPixel, tagRows, tagColumns} {
		if s, at := first(i.data, t); s == "0" {
			return fault{at, t, "an image cannot have 0 of these; the file is damaged: ask for it anew"}
		}
	}
	info, err := fs.Stat(i.src.FS, i.src.Path)
	if err != nil {
		return fmt.Errorf("the file's size cannot be told: %w", err)
	}
	r, err := i.src.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	return p.complete(r, info.Size())
}

// records files whom the image is about, the study and what is in it.
func (i *importer) records() {
	if p, ids := patientOf(i.data); p != nil {
		i.add(tagPatientName, p, ids)
	}
	s := i.study()
	if s != nil {
		i.add(tagStudyUID, s, nil)
	}
	documents := i.document()
	if i.isReport() {
		i.structured()
		documents = true
	}
	if s == nil && !documents {
		i.whole("DICOM file that names no study", "it names no study, series or instance")
	}
}

// add files a record under the tag that stands for it.
func (i *importer) add(t tag, r record.Resource, ids []record.Identifier) {
	i.addAt(t.String(), r, ids)
}

func (i *importer) addAt(place string, r record.Resource, ids []record.Identifier) {
	i.sink.Add(record.Record{Resource: r, Provenance: []record.Provenance{{
		Place: place, System: clip(i.data.text(tagInstitutionName)), Asserter: record.ByOrganisation, Identifiers: ids,
	}}})
}

// unknown keeps a file of an unknown transfer syntax: nothing is guessed of it.
func (i *importer) unknown() {
	i.whole("DICOM file that cannot be displayed", "its transfer syntax is not known here: it is stored and cannot be displayed, and nothing is said of what it holds")
}

// whole files the file itself as a document.
func (i *importer) whole(title, why string) {
	size := int64(0)
	if info, err := fs.Stat(i.src.FS, i.src.Path); err == nil {
		size = info.Size()
	}
	i.add(tagSyntax, &record.DocumentReference{Title: title, Description: why, Content: []record.Attachment{{ContentType: "application/dicom", Hash: i.src.Hash, Size: size}}}, nil)
	i.report(exchange.Remark, tagSyntax, 0, record.Warning, why)
}

// report tells what became of an item.
func (i *importer) report(o exchange.Outcome, t tag, at int64, s record.Severity, text string) {
	place := t.String()
	if at > 0 {
		place = fmt.Sprintf("%s, byte %d", place, at)
	}
	i.sink.Report(exchange.Issue{Issue: record.Issue{Severity: s, Place: place, Text: text}, Outcome: o})
}
