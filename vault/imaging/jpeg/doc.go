// Package jpeg takes frames of JPEG apart (ITU-T T.81, ISO/IEC 10918-1): baseline
// and extended sequential with Huffman coding in 8 and 12 bits (processes 1, 2
// and 4), and lossless in 2 to 16 bits (process 14, all seven predictors).
//
// A tour: decoder.go reads markers, huffman.go and bits.go the coded bits,
// lossless.go predicts, block.go and idct.go transform, sample.go brings the
// components of a picture to one size. The result is what is in the file: colours
// are not converted.
package jpeg
