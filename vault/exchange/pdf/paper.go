package pdf

import (
	"strings"

	"github.com/carnet-phr/carnet/vault/record"
)

// Paper is a size of paper.
type Paper struct {
	Name          string
	width, height float64 // points
}

// The sizes: ISO 216, and that of North America (ANSI Y14.1, size A).
var (
	A4     = Paper{"A4", 595.28, 841.89}
	Letter = Paper{"Letter", 612, 792}
)

// letterCountries are where Letter is the paper of printers (Unicode CLDR,
// supplemental/measurementData, paperSize US-Letter), as addresses write them:
// by ISO 3166 code or by name.
var letterCountries = map[string]bool{
	"us": true, "usa": true, "united states": true, "united states of america": true, "ca": true, "can": true, "canada": true, "mx": true, "mex": true, "mexico": true, "méxico": true,
	"ph": true, "phl": true, "philippines": true, "pr": true, "pri": true, "puerto rico": true, "cl": true, "chl": true, "chile": true, "co": true, "col": true, "colombia": true,
	"cr": true, "cri": true, "costa rica": true, "gt": true, "gtm": true, "guatemala": true, "ni": true, "nic": true, "nicaragua": true, "pa": true, "pan": true, "panama": true, "panamá": true,
	"sv": true, "slv": true, "el salvador": true, "ve": true, "ven": true, "venezuela": true, "bz": true, "blz": true, "belize": true,
}

// PaperOf is the paper of the country in which a person lives, by the first
// address that names one; A4 where none does.
func PaperOf(p *record.Patient) Paper {
	for _, a := range p.Address {
		if country := strings.ToLower(strings.TrimSpace(a.Country)); country != "" {
			if letterCountries[strings.ReplaceAll(country, ".", "")] {
				return Letter
			}
			return A4
		}
	}
	return A4
}
