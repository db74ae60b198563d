// Package jpeg2000 has frames of JPEG 2000 (ITU-T T.800, ISO/IEC 15444-1) taken
// apart by the system's OpenJPEG (https://www.openjpeg.org, libopenjp2), where it is
// installed. It is loaded when the first frame asks for it, without cgo, and belongs
// into the child process: it is C, and what it is given comes from outside.
//
// A tour: codestream.go reads the size that a frame says it has and holds it against
// the header of its file, before any memory is taken; library.go is what is used of
// OpenJPEG (its openjpeg.h, stable since 2.0), found by load_*.go; decoder.go makes
// stored values of what it gives.
//
// High-Throughput JPEG 2000 (T.814) and codestreams whose components differ in size
// are not taken.
package jpeg2000
