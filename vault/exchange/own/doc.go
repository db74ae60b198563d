// Package own knows the packages that Carnet itself hands out, when one comes
// back: by MANIFEST.json it finds which of their files say the same as others, and
// whether any was changed on the way. It reads no facts: those are in the
// originals and in ips.json, which their own formats read.
package own
