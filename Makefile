# Carnet. `make run` and `make test` set a fresh Debian machine up by themselves.
SHELL := /bin/bash
.DEFAULT_GOAL := help

# Everything but the window builds and tests without cgo and without a display.
PURE := CGO_ENABLED=0 go
BIN := bin

GOFUMPT := mvdan.cc/gofumpt@v0.12.0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
DEPGUARD := github.com/OpenPeeDeeP/depguard/v2/cmd/depguard@v2.3.0
GOCYCLO := github.com/fzipp/gocyclo/cmd/gocyclo@v0.6.0
GOVULNCHECK := golang.org/x/vuln/cmd/govulncheck@v1.9.0

.PHONY: help run test test-browser test-checkers check bench fuzz tour monkey soak-kill soak-damage soak-full build ctl deps race clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: build ctl ## build and start Carnet; without a display, do the main job with the made-up record
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then exec $(BIN)/carnet; else .ci/demo $(BIN)/carnetctl; fi

test: build ctl ## build all and pass the tests (no display needed)
	$(PURE) test -tags ci ./...

test-browser: ## open the doctor's page in Chromium and Firefox: search, charts, printing, passphrases, hostile text; pictures in bin/browser
	@mkdir -p $(BIN)/browser; have=$$(.ci/browser) || { echo "SKIPPED: test-browser, Chromium cannot be had here"; exit 0; }; \
	 env $$have BROWSER_OUT=$(CURDIR)/$(BIN)/browser $(PURE) test -tags browser ./vault/wrap -count=1 -run '^Test(Browser|Firefox)$$' -v

test-checkers: ## let independent checkers read the package of every sample person, where both are here (half an hour)
	CARNET_CHECKERS=all $(PURE) test ./vault/exchange/formats -count=1 -timeout 0 -run '^TestPackagesPassEveryChecker$$' -v

check: ## formatting, vet, staticcheck, import laws, complexity, race detector, known vulnerabilities
	@out=$$(go run $(GOFUMPT) -l app assets cmd vault); [ -z "$$out" ] || { echo "not gofumpt-ed:"; echo "$$out"; exit 1; }
	$(PURE) vet -tags ci ./...
	GOOS=windows $(PURE) vet ./vault/... ./cmd/carnetctl ./cmd/carnetreader
	GOOS=darwin $(PURE) vet ./vault/... ./cmd/carnetctl ./cmd/carnetreader
	$(PURE) run $(STATICCHECK) -tags ci ./vault/... ./app/... ./cmd/carnetctl ./cmd/carnetreader ./assets
	$(PURE) run $(DEPGUARD) ./vault/... ./cmd/carnetctl/... ./cmd/carnetreader/...
	go run $(GOCYCLO) -over 15 -ignore '_test\.go' app assets cmd vault
	go test -race -short -timeout 25m -tags ci ./vault/... ./app/...
	@out=$$(go run $(GOVULNCHECK) ./vault/... ./cmd/carnetctl ./cmd/carnetreader 2>&1); code=$$?; \
	 if grep -qE 'fetching vulnerabilities|dial tcp|Forbidden|no such host' <<<"$$out"; then echo "SKIPPED: govulncheck, its database cannot be reached from here"; \
	 else echo "$$out"; exit $$code; fi

race: ## the race detector over every test that needs no display, none of them shortened
	go test -race -timeout 0 -tags ci ./...

bench: ## measure speed and memory, with the command of every row (SIZES="10000 100000 1000000" records)
	.ci/bench

FUZZTIME ?= 30s
fuzz: ## run every fuzz target for FUZZTIME (30s)
	@for d in $$(grep -lrE '^func Fuzz' --include=*_test.go vault cmd | xargs -n1 dirname | sort -u); do \
	  for f in $$(grep -hoE '^func Fuzz[A-Za-z0-9_]+' $$d/*_test.go | sed 's/func //'); do \
	    echo "== $$d $$f"; $(PURE) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1x ./$$d || exit 1; done; done

# The window on a screen of its own, made of memory where there is none.
tour: deps ## walk through every page in every look, and keep pictures in bin/tour
	@rm -rf $(BIN)/tour && mkdir -p $(BIN)/tour
	go test -tags tour -c -o $(BIN)/tour.test ./app
	cd app && TOUR_OUT=$(CURDIR)/$(BIN)/tour ../.ci/screen ../$(BIN)/tour.test -test.run '^TestTour$$' -test.v -test.timeout 0

monkey: TIME ?= 24m
monkey: deps ## click and type at random for TIME (24m): no panic, nothing grows; SEED repeats one
	go test -tags tour -c -o $(BIN)/tour.test ./app
	cd app && MONKEY_TIME=$(TIME) MONKEY_SEED=$(SEED) ../.ci/screen ../$(BIN)/tour.test -test.run '^TestMonkey$$' -test.v -test.timeout 0

# Trials of the vault by hand; SEED repeats one. The tests run them in small.
soak-kill: N ?= 100
soak-kill: ## kill a working process N times (100) and miss nothing of the vault
	SOAK_N=$(N) SOAK_SEED=$(SEED) $(PURE) test ./vault/soak -count=1 -run '^TestKill' -v -timeout 0

soak-damage: N ?= 1000
soak-damage: ## damage a vault's files in N ways (1000): made good, told or refused, never silently less
	SOAK_N=$(N) SOAK_SEED=$(SEED) $(PURE) test ./vault/soak -count=1 -run '^TestDamage' -v -timeout 0

soak-full: N ?= 40
soak-full: ## fill small disks of N sizes (40) with vaults: a message, and nothing lost
	SOAK_N=$(N) SOAK_SEED=$(SEED) $(PURE) test ./vault/soak -count=1 -run '^TestFull' -v -timeout 0

build: deps ## the window: bin/carnet
	go build -trimpath -o $(BIN)/carnet ./cmd/carnet

ctl: ## the command line, bin/carnetctl, and the stand-alone reader, bin/carnetreader
	$(PURE) build -trimpath -o $(BIN)/ ./cmd/carnetctl ./cmd/carnetreader

deps: ## install what the window needs to build, where it is missing (Debian and its kin)
	@.ci/deps

clean: ## remove what was built
	rm -rf $(BIN)
