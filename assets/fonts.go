package assets

import _ "embed" // for the fonts

// The typeface of printed pages: DejaVu Sans Condensed 2.37, cut down to Latin,
// Greek, Cyrillic, Armenian, Georgian and signs. Its licence stands beside it in
// fonts/LICENSE-DejaVu.txt; fonts/README.md says how it was cut.
var (
	//go:embed fonts/DejaVuSansCondensed.ttf
	FontRegular []byte
	//go:embed fonts/DejaVuSansCondensed-Bold.ttf
	FontBold []byte
	//go:embed fonts/DejaVuSansCondensed-Oblique.ttf
	FontOblique []byte
)
