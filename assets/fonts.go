package assets

import _ "embed" // for the fonts

// The typeface of printed pages: DejaVu Sans Condensed 2.37, cut down to Latin,
// Greek, Cyrillic, Armenian, Georgian, signs and, but for the oblique, Hebrew and
// Arabic. Its licence stands beside it in fonts/LICENSE-DejaVu.txt;
// fonts/README.md says how it was cut.
var (
	//go:embed fonts/DejaVuSansCondensed.ttf
	FontRegular []byte
	//go:embed fonts/DejaVuSansCondensed-Bold.ttf
	FontBold []byte
	//go:embed fonts/DejaVuSansCondensed-Oblique.ttf
	FontOblique []byte
)

// FontEastAsian has Chinese, Japanese and Korean characters: Droid Sans Fallback,
// packed with gzip. Its licence stands beside it in fonts/LICENSE-Droid.txt.
//
//go:embed fonts/DroidSansFallback.ttf.gz
var FontEastAsian []byte
