package dicom

import (
	"path"
	"strings"

	"github.com/carnet-phr/carnet/vault/exchange"
)

const viewerProgram = "a viewer program of the disc, not part of the record; it is not kept and never run"

// runnable are the endings of what a system would run, load or start by itself.
var runnable = map[string]bool{
	".APP": true, ".BAT": true, ".BIN": true, ".CAB": true, ".CMD": true, ".COM": true, ".CPL": true, ".DLL": true, ".DYLIB": true, ".EXE": true, ".HTA": true, ".INF": true, ".JAR": true,
	".JNLP": true, ".LNK": true, ".MSI": true, ".MSP": true, ".OCX": true, ".PIF": true, ".PS1": true, ".SCR": true, ".SH": true, ".SO": true, ".SYS": true, ".VBS": true, ".WSF": true, ".COMMAND": true, ".MANIFEST": true,
}

// programs marks the programs that lie beside the images of a disc.
func (x *indexer) programs() {
	for _, name := range x.tree.Names {
		if _, known := x.out.Members[name]; known || x.listed[name] {
			continue
		}
		folded := fold(name)
		if runnable[path.Ext(folded)] || strings.HasPrefix(path.Base(folded), "AUTORUN") || strings.Contains(folded, ".APP/") {
			x.out.Members[name] = exchange.Member{Skip: viewerProgram, Outcome: exchange.Administrative, LeaveOut: true}
		}
	}
}
