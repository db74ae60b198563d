package hl7v2

// Limits on what a file may make us do.
const (
	fileLimit      = 64 << 20  // bytes of a file
	segmentLimit   = 100_000   // segments in a file
	fieldLimit     = 1_000_000 // fields in a file
	componentLimit = 10_000    // repetitions, components and sub-components in one field
	repeatLimit    = 1_000     // values of one field that are read one by one
)
