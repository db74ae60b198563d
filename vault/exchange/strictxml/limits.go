package strictxml

import "math"

// Limits bound what a file may ask of us. A zero field means the default.
type Limits struct {
	Depth      int   // open elements at once; default 256
	Attributes int   // of one element, namespace declarations included; default 256
	Token      int   // bytes of one tag, comment, instruction or run of text; default 8 MiB (text that is base64 alone is exempt)
	Elements   int   // of one tree; default 2,000,000
	Size       int64 // bytes of a whole document that [Parse] reads; default 512 MiB
}

const (
	defaultDepth      = 256
	defaultAttributes = 256
	defaultToken      = 8 << 20
	defaultElements   = 2_000_000
	defaultSize       = 512 << 20
)

func (l Limits) withDefaults() Limits {
	if l.Depth <= 0 {
		l.Depth = defaultDepth
	}
	if l.Attributes <= 0 {
		l.Attributes = defaultAttributes
	}
	if l.Token <= 0 {
		l.Token = defaultToken
	}
	if l.Elements <= 0 {
		l.Elements = defaultElements
	}
	if l.Size <= 0 {
		l.Size = defaultSize
	}
	l.Size, l.Attributes = min(l.Size, treeBytes), min(l.Attributes, math.MaxUint16)
	return l
}
