// Package view is how images are looked at: in which order a series is leafed
// through, which part of an image is seen how large and how bright, and what may
// be measured on it. It draws no screen: what it gives is numbers, letters and
// pixels.
//
// A tour: order.go puts the images of a series behind each other and stack.go
// makes one stack of all their frames; look.go is what is seen of one, render.go
// draws it; preset.go has the windows to choose from, orient.go the letters at
// the edges, measure.go lengths; cache.go holds decoded frames in bounded memory.
//
// Nothing here is for diagnosis.
package view
