// Command carnet is the window of Carnet: a patient's own medical record in a
// sealed vault.
//
//	carnet [RECORD.carnet] [FILE...]
//
// The first argument that is a vault's folder is the record to unlock; all
// others are files to bring in once it is open. CARNET_VAULT names the record
// too. It never uses the network.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	fyneapp "fyne.io/fyne/v2/app"

	"github.com/carnet-phr/carnet/app"
	"github.com/carnet-phr/carnet/app/filechooser"
	"github.com/carnet-phr/carnet/app/ui"
	"github.com/carnet-phr/carnet/assets"
	"github.com/carnet-phr/carnet/vault"
	"github.com/carnet-phr/carnet/vault/exchange"
	"github.com/carnet-phr/carnet/vault/exchange/dicom"
	"github.com/carnet-phr/carnet/vault/exchange/formats"
	"github.com/carnet-phr/carnet/vault/exchange/worker"
	"github.com/carnet-phr/carnet/vault/imaging"
)

// version is set by the build.
var version = "0.1.0"

func main() {
	worker.Main(formats.Tasks())
	defer noWindow()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	children, err := worker.Self()
	if err != nil {
		fmt.Fprintln(os.Stderr, "carnet:", err)
		os.Exit(1)
	}
	defer children.Close()
	options := app.Options{Outside: ui.Outside{Version: version, Formats: formats.All(), Children: children, Image: opener(children), Paper: formats.Paper(children), Dialog: filechooser.Ask, Demo: assets.Demo(), Vault: vault.Options{Memory: vault.MemoryDir()}}}
	options.Dir, options.Paths = arguments(os.Args[1:], os.Getenv("CARNET_VAULT"))
	app.Run(ctx, fyneapp.NewWithID("io.github.carnet_phr.carnet"), options)
}

// opener reads images in the child process.
func opener(children exchange.Children) ui.OpenImage {
	return func(ctx context.Context, open func(context.Context) (io.ReadCloser, error)) (*imaging.Image, error) {
		return dicom.Open(ctx, children, open)
	}
}

// noWindow puts the graphics library's panic, when there is no screen, into words.
func noWindow() {
	if p := recover(); p != nil {
		if !strings.Contains(fmt.Sprint(p), "GLFW") {
			panic(p)
		}
		fmt.Fprintln(os.Stderr, "carnet: cannot open a window on this computer (is there a screen, and OpenGL?); carnetctl does the same work without one")
		os.Exit(1)
	}
}

// arguments tells the record's folder from files to bring in.
func arguments(args []string, record string) (dir string, paths []string) {
	dir = record
	for _, a := range args {
		full, err := filepath.Abs(a)
		if err != nil {
			fmt.Fprintln(os.Stderr, "carnet:", err)
			continue
		}
		if filepath.Ext(full) == ".carnet" && dir == "" {
			dir = full
			continue
		}
		paths = append(paths, full)
	}
	return dir, paths
}
