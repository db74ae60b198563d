package container

import (
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"
)

const nameLimit = 1024 // bytes of one member's path

// devices are names that Windows reads as devices, whatever stands behind a dot.
var devices = map[string]bool{
	"con": true, "prn": true, "aux": true, "nul": true, "conin$": true, "conout$": true,
	"com0": true, "com1": true, "com2": true, "com3": true, "com4": true, "com5": true, "com6": true, "com7": true, "com8": true, "com9": true,
	"lpt0": true, "lpt1": true, "lpt2": true, "lpt3": true, "lpt4": true, "lpt5": true, "lpt6": true, "lpt7": true, "lpt8": true, "lpt9": true,
}

// safeName says whether a path stays inside its archive on every system.
func safeName(name string) bool {
	if len(name) > nameLimit || !fs.ValidPath(name) || name == "." || !utf8.ValidString(name) {
		return false
	}
	if strings.ContainsFunc(name, func(r rune) bool { return r == '\\' || r == ':' || unicode.IsControl(r) || slashLike(r) }) {
		return false
	}
	for _, part := range strings.Split(name, "/") {
		stem, _, _ := strings.Cut(part, ".")
		if devices[strings.ToLower(strings.TrimSpace(stem))] || strings.Trim(part, ". ") == "" {
			return false
		}
	}
	return true
}

// slashLike are characters that some systems fold into a slash, a backslash or a
// dot.
func slashLike(r rune) bool {
	switch r {
	case '\u2044', '\u2215', '\u29F5', '\u29F8', '\uFE68', '\uFF0F', '\uFF3C', '\u2024', '\u2025', '\u2026', '\uFF0E':
		return true
	}
	return false
}
