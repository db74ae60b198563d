// Bundle writes the made-up FHIR bundle of about 4 MB that `make bench` brings
// in; -n sets the number of entries.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/carnet-phr/carnet/vault/exchange/exchangetest"
)

func main() {
	n := flag.Int("n", 3600, "entries besides the patient")
	flag.Parse()
	if err := exchangetest.WriteBundle(os.Stdout, *n); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}
