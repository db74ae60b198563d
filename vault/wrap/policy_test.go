package wrap

import (
	"strings"
	"testing"
)

// TestPolicyOfAnyHash: a hash may hold every sign of base64, as html/template writes
// them; a page without its closed policy is refused.
func TestPolicyOfAnyHash(t *testing.T) {
	hash := func(sign string) string { return "'sha256-" + strings.Repeat("A", 42) + sign + "='" }
	page := func(sign, rest string) []byte {
		return []byte(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ` + hash(sign) + `; script-src ` + hash("B") + `; img-src data:; base-uri 'none'; form-action ` + rest + `">`)
	}
	for _, sign := range []string{"A", "/", "&#43;", "+"} {
		styles, scripts, err := policyOf(page(sign, "'none'"))
		want := hash(strings.ReplaceAll(sign, "&#43;", "+"))
		if err != nil || styles != want || scripts != hash("B") {
			t.Errorf("%s: got %s, %s, %v", sign, styles, scripts, err)
		}
	}
	for _, bad := range [][]byte{page("A", "*"), page("A; *", "'none'"), page("&#34;", "'none'"), nil} {
		if _, _, err := policyOf(bad); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}
