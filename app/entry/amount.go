package entry

import (
	"strings"

	own "github.com/carnet-phr/carnet/vault/clinic/entry"
)

// bare is an amount without its unit.
func bare(s string, units []own.Unit) string {
	if u, ok := unitOf(s, units); ok {
		s = strings.TrimSuffix(strings.TrimSuffix(s, u.Code), u.Words)
	}
	return strings.TrimSpace(s)
}

// unitOf is the unit that an amount ends with: the longest that fits.
func unitOf(s string, units []own.Unit) (best own.Unit, ok bool) {
	for _, u := range units {
		if (strings.HasSuffix(s, " "+u.Code) || strings.HasSuffix(s, " "+u.Words)) && len(u.Code) > len(best.Code) {
			best, ok = u, true
		}
	}
	return best, ok
}
