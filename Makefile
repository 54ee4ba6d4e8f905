# make                 the release build, at build/turboctl
# make install         into PREFIX (/usr/local): the tool, its man pages, completion for bash, zsh and fish
# make deb tarball      packages of it, into build/
# make demo            a page's worth of turboctl on a private Redis
# make demo-browser    the article's page, served until Ctrl-C, and what to type
# make test            Swift tests, then the tests against real channels_redis and Daphne
# make test-matrix     every version and layer of channels_redis, on up to three hosts
# make test-faults     cuts at every byte, garbage, signals, restarts, poison; make test has a choice of them
# make test-browser    pages with Turbo in Chromium, which it installs
# make test-sanitized  the Swift tests and the choice of faults, with the address and the thread sanitizer
# make fuzz            each parser for SECONDS (600), from the inputs of Fuzz/corpus
# make man completions both anew, from the tool's own specification
# make format          rewrites the sources as .swift-format says

PREFIX ?= /usr/local
DESTDIR ?=
SHARE := $(DESTDIR)$(PREFIX)/share
# Below PREFIX; Debian has another place for what its packages bring.
ZSH_FUNCTIONS ?= share/zsh/site-functions

# Statically linked but for glibc: nothing to install beside it, and the fastest start.
# libstdc++ has no static option in the Swift driver, so a folder with the archive alone goes first.
STATIC := .build/static
# No library stands beside the binary, so the loader need not look there.
RELEASE_FLAGS := -c release --static-swift-stdlib --disable-local-rpath \
  -Xlinker -s -Xlinker -L$(STATIC) -Xswiftc -Xclang-linker -Xswiftc -static-libgcc

.PHONY: all
all: build/turboctl

.PHONY: build/turboctl
build/turboctl:
	@scripts/need libhiredis-dev
	@mkdir -p build $(STATIC)
	@cp "$$(scripts/find-libstdc++)" $(STATIC)/libstdc++.a
	swift build $(RELEASE_FLAGS) --product turboctl
	@install -m 755 .build/release/turboctl $@

.PHONY: demo
demo: all
	@scripts/demo

.PHONY: demo-browser
demo-browser: all
	@Tests/Browser/demo

.PHONY: test
test: all
	@scripts/need redis-server mandoc zsh fish lintian jq
	swift test
	Tests/Interop/run
	Tests/Interop/matrix/run --small
	Tests/Faults/run --small

.PHONY: test-faults
test-faults: all
	@scripts/need redis-server
	Tests/Faults/run

.PHONY: test-matrix
test-matrix: all
	@scripts/need redis-server
	Tests/Interop/matrix/run

# The test that proves them current also writes them.
.PHONY: man completions
man completions:
	TURBOCTL_RECORD=1 swift test --filter GeneratedFilesTests

.PHONY: test-browser
test-browser: all
	Tests/Browser/run

# What Swift and OpenSSL never free looks like leaks. A thread's stack is as large as the limit says, and
# the address sanitizer's frames are several times the usual ones; so is the time, hence one test at once.
# Surroundings that are poor in memory are too poor for a sanitizer.
.PHONY: test-sanitized
test-sanitized:
	@scripts/need libhiredis-dev redis-server
	ulimit -s 65536 && \
	  ASAN_OPTIONS=detect_leaks=0 swift test --no-parallel --sanitize=address --scratch-path .build-address
	swift test --sanitize=thread --scratch-path .build-thread
	for kind in address thread; do \
	  TURBOCTL=$(CURDIR)/.build-$$kind/debug/turboctl ASAN_OPTIONS=detect_leaks=0 \
	    Tests/Faults/run --small --ignore=test_surroundings.py || exit; \
	done

SECONDS ?= 600

.PHONY: fuzz
fuzz:
	@scripts/need libhiredis-dev
	Fuzz/run $(SECONDS)

FORMATTED := Package.swift Sources Tests Fuzz/Package.swift Fuzz/Sources/Fuzz

.PHONY: format lint
format:
	swift format --in-place --recursive $(FORMATTED)

lint:
	swift format lint --strict --recursive $(FORMATTED)

.PHONY: install
install:
	@test -x build/turboctl || { echo "make first, then make install" >&2; exit 1; }
	install -D -m 755 build/turboctl $(DESTDIR)$(PREFIX)/bin/turboctl
	install -D -m 644 -t $(SHARE)/man/man1 man/*.1
	install -D -m 644 -t $(SHARE)/man/man5 man/*.5
	install -D -m 644 -t $(SHARE)/man/man7 man/*.7
	install -D -m 644 completions/turboctl.bash $(SHARE)/bash-completion/completions/turboctl
	install -D -m 644 completions/_turboctl $(DESTDIR)$(PREFIX)/$(ZSH_FUNCTIONS)/_turboctl
	install -D -m 644 completions/turboctl.fish $(SHARE)/fish/vendor_completions.d/turboctl.fish

.PHONY: uninstall
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/turboctl
	rm -f $(foreach page,$(notdir $(wildcard man/*)),$(SHARE)/man/man$(subst .,,$(suffix $(page)))/$(page))
	rm -f $(SHARE)/bash-completion/completions/turboctl
	rm -f $(DESTDIR)$(PREFIX)/$(ZSH_FUNCTIONS)/_turboctl
	rm -f $(SHARE)/fish/vendor_completions.d/turboctl.fish

.PHONY: deb tarball
deb: all
	@scripts/deb

tarball: all
	@scripts/tarball

.PHONY: clean
clean:
	rm -rf .build .build-* build Fuzz/.build
