package clinic

import "strings"

// ndc writes a National Drug Code in its 11 digits (labeler 5, product 4, package
// 2), as HIPAA (45 CFR 162.1002) and RxNorm do: each part of the FDA's 4-4-2, 5-3-2
// and 5-4-1 is filled up with zeros on the left. A code of two parts names the
// product without its package, and is another name than any package of it. Ten
// digits without hyphens can be read in three ways and stay as they are.
func ndc(s string) string {
	parts := strings.Split(strings.TrimSpace(s), "-")
	sizes := []int{5, 4, 2}
	if len(parts) < 2 || len(parts) > len(sizes) {
		return strings.Join(parts, "-")
	}
	for n, p := range parts {
		if p == "" || len(p) > sizes[n] || strings.Trim(p, "0123456789") != "" {
			return strings.Join(parts, "-")
		}
		parts[n] = strings.Repeat("0", sizes[n]-len(p)) + p
	}
	if len(parts) == 2 {
		return strings.Join(parts, "-")
	}
	return strings.Join(parts, "")
}
