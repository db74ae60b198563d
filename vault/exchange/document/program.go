package document

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
)

// programs are how executable files begin: ELF, Mach-O in its four forms, Java
// classes and fat Mach-O, scripts.
var programs = []string{"\x7fELF", "\xfe\xed\xfa\xce", "\xfe\xed\xfa\xcf", "\xce\xfa\xed\xfe", "\xcf\xfa\xed\xfe", "\xca\xfe\xba\xbe", "#!/", "#! /"}

var errProgram = errors.New("this is a program, not a record; it is not brought in")

func identifyProgram(h exchange.Head) exchange.Match {
	if isDICOM(h.Bytes) {
		return exchange.No // whatever its preamble pretends (DICOM PS3.10 7.1)
	}
	for _, p := range programs {
		if bytes.HasPrefix(h.Bytes, []byte(p)) {
			return exchange.Yes
		}
	}
	if isWindowsProgram(h.Bytes) || isJavaArchive(h.Members) {
		return exchange.Yes
	}
	return exchange.No
}

func isDICOM(b []byte) bool { return len(b) >= 132 && string(b[128:132]) == "DICM" }

// isWindowsProgram looks for the signature that the header of DOS points at (PE
// format, "Signature (Image Only)").
func isWindowsProgram(b []byte) bool {
	if len(b) < 64 || string(b[:2]) != "MZ" {
		return false
	}
	at := int(b[60]) | int(b[61])<<8 | int(b[62])<<16
	return at+4 <= len(b) && string(b[at:at+4]) == "PE\x00\x00"
}

func isJavaArchive(members []string) bool {
	return slices.Contains(members, "META-INF/MANIFEST.MF") && slices.ContainsFunc(members, func(n string) bool { return strings.HasSuffix(n, ".class") })
}

func refuseProgram(context.Context, exchange.Source, exchange.Sink) error { return errProgram }
