//go:build !((linux || darwin || windows) && (amd64 || arm64))

package jpeg2000

// library is not there: how OpenJPEG is laid out in memory is known for 64 bits alone.
type library struct{}

func system() *library { return nil }

// There says whether OpenJPEG is installed.
func There() bool { return false }

func (*library) planes([]byte, size, func(int, []int32)) error { return ErrNotHere }
