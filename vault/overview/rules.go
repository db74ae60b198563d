package overview

import (
	"fmt"
	"os"
	"runtime/debug"
)

// rulesVersion goes up with the form of what is kept.
const rulesVersion = 2

// rules name the program that works things out: another one may read the same
// records otherwise, and nothing that it kept is believed. No version that somebody
// must remember to raise can say that; the program's own file does.
func rules() string {
	s := fmt.Sprint(rulesVersion)
	if b, ok := debug.ReadBuildInfo(); ok {
		s += " " + b.GoVersion + " " + b.Main.Version
		for _, x := range b.Settings {
			if x.Key == "vcs.revision" {
				s += " " + x.Value
			}
		}
	}
	if path, err := os.Executable(); err == nil {
		if info, err := os.Stat(path); err == nil {
			s += fmt.Sprint(" ", info.Size(), " ", info.ModTime().UnixNano())
		}
	}
	return s
}
