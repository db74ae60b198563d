//go:build !linux && !windows

package watch

func system() []Source { return nil }
