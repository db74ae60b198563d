package view

import "github.com/carnet-phr/carnet/vault/imaging"

// edge is as many letters as are shown at an edge: the nearest direction and, of
// an oblique plane, the next.
const edge = 2

// Letters are what stands at the edges of a view: nothing where the tags say
// nothing.
func Letters(o imaging.Orientation) imaging.Orientation {
	cut := func(s string) string { return s[:min(len(s), edge)] }
	return imaging.Orientation{Left: cut(o.Left), Right: cut(o.Right), Top: cut(o.Top), Bottom: cut(o.Bottom)}
}
