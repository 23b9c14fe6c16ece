# devin-sync: every target brings what it needs on a fresh Debian or Ubuntu with Swift.

PREFIX ?= /usr/local
SWIFT ?= swift
DEMO_DATABASE ?= devin.db
# How demo and tests are built: optimized file by file, since the tests otherwise need nearly twice the time of the processor; and not as
# DEBUG, with which ArgumentParser examines all options of a command at each start. TEST_HOOKS: crash points, and a clock without waits.
# In a folder of its own, so that .build/release is always what users get.
CHECK_BUILD = -c release --scratch-path .build-check
CHECK_FLAGS = $(CHECK_BUILD) -Xswiftc -no-whole-module-optimization -Xswiftc -enable-batch-mode -Xswiftc -enable-testing -Xswiftc -DTEST_HOOKS -debug-info-format none
# No path of this folder gets into the binary; see .ci/reproducible.
RELEASE_FLAGS = -c release --static-swift-stdlib --product devin-sync -Xswiftc -file-prefix-map -Xswiftc "$(CURDIR)=." \
	-Xcc "-ffile-prefix-map=$(CURDIR)=." -Xcxx "-ffile-prefix-map=$(CURDIR)=."
RELEASE_PROGRAM = "$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/devin-sync"
SOAK_MINUTES ?= 10
FUZZ_MINUTES ?= 10

.PHONY: demo tests suite test soak fuzz sanitize audit build install archive deb bench guard docs documentation format lint schema clean prerequisites

# Mirrors a simulated organization into devin.db and prints a few answers from it. Needs no key.
demo: prerequisites
	@$(SWIFT) build $(CHECK_FLAGS) --product devin-sync
	@.build-check/release/devin-sync demo --database "$(DEMO_DATABASE)"

# The tests and what they need; `swift build --build-tests` would also build everything else that our dependencies offer.
tests: prerequisites
	$(SWIFT) build $(CHECK_FLAGS) --product devin-syncPackageTests

# One suite: make suite NAME=SweepTests
suite: tests
	SWT_SWIFT_ERROR_BACKTRACING_ENABLED=0 $(SWIFT) test $(CHECK_BUILD) --skip-build --filter "$(NAME)"

# Runs every test, the built command included, and checks what the sandbox answered against the API's description. No backtrace is
# captured of each thrown error, since that takes a quarter of the time.
test: tests
	@rm -rf .build-check/answers .build-check/figures && mkdir -p .build-check/answers .build-check/figures
	DEVIN_SANDBOX_ANSWERS=.build-check/answers DEVIN_SYNC_FIGURES=.build-check/figures SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8 \
		SWT_SWIFT_ERROR_BACKTRACING_ENABLED=0 $(SWIFT) test $(CHECK_BUILD) --skip-build --parallel
	.ci/check-answers .build-check/answers
	.ci/check-metrics .build-check/figures
	.ci/check-share .build-check/release/devin-sync
	.ci/check-neighbours .build-check/release/devin-sync
	.ci/check-dashboards .build-check/release/devin-sync
	.ci/check-agents .build-check/release/devin-sync
	.ci/check-feed .build-check/release/devin-sync
	.ci/check-files .build-check/release/devin-sync --files 600 --same 120 --kills 5

# Plays random games against the sandbox for so many minutes: edits, faults, kills, crashes, clocks, upgrades. Says once a
# minute how it stands, and for each seed that fails how to play it again.
soak: tests
	SOAK_MINUTES=$(SOAK_MINUTES) $(SWIFT) test $(CHECK_BUILD) --skip-build --filter SoakTests

# Spoils answers for so many minutes, at random and with numbers and ids that are none, and looks at what becomes of them and of
# every command that reads the file; a failure names the seed or the round to play again.
fuzz: tests
	FUZZ_MINUTES=$(FUZZ_MINUTES) $(SWIFT) test $(CHECK_BUILD) --skip-build --filter FuzzTests

# Runs the tests of client, store and engine under the thread and the address sanitizer, each in a build of its own. Leaks are not
# looked for: tasks of tests that still wait when the process ends would be told as such.
sanitize: prerequisites
	for kind in thread address; do \
		$(SWIFT) build --product devin-syncPackageTests --sanitize=$$kind --scratch-path .build-$$kind && \
		TSAN_OPTIONS=suppressions=$(CURDIR)/.ci/thread-sanitizer.supp ASAN_OPTIONS=detect_leaks=0 \
		SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=4 .ci/without-aslr $(SWIFT) test --skip-build --sanitize=$$kind \
			--scratch-path .build-$$kind --filter '^(DevinAPITests|MirrorStoreTests|DevinSyncTests)\.' || exit 1; \
	done

# Says which versions of toolchain, SQLite and packages are in use.
audit: prerequisites
	@$(SWIFT) --version 2>/dev/null | head -n 1
	@printf 'sqlite3 %s\n' "$$(pkg-config --modversion sqlite3)"
	@printf 'md4c %s\n' "$$(pkg-config --modversion md4c)"
	@$(SWIFT) package show-dependencies | sed -nE 's/^.*── ([^<]+)<.*@([^>]+)>.*$$/\1 \2/p' | sort -u

# The release binary: Swift's libraries inside, no toolchain needed where it runs.
build: prerequisites
	$(SWIFT) build $(RELEASE_FLAGS)
	@echo built $(RELEASE_PROGRAM)

# The program, stripped, its manual pages (`man devin-sync sync`) and completions for bash, zsh and fish.
install: build
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -s -m 755 $(RELEASE_PROGRAM) "$(DESTDIR)$(PREFIX)/bin/devin-sync"
	@.ci/share $(RELEASE_PROGRAM) "$(DESTDIR)$(PREFIX)/share"

# What a release offers, in .build/dist: an archive for any Linux of this kind, and a Debian package, each with its check sum.
archive deb: build
	@.ci/package $@ $(RELEASE_PROGRAM)

# Measures the release binary against curl and the sqlite3 shell on the same pages.
bench: build
	Benchmarks/run

# Counts the instructions of a small sync, and fails when there are a tenth more than there were. Of the build that the tests use, so
# that no second one is needed.
guard: tests
	Benchmarks/guard

# Writes the references in docs again from the source.
docs: tests
	DEVIN_SYNC_WRITE_DOCS=1 $(SWIFT) test $(CHECK_BUILD) --skip-build --filter DocumentationTests

# The documentation of the two libraries as web pages, in .build/documentation. Needs no package: it is made with the toolchain's docc.
documentation: prerequisites
	$(SWIFT) build $(CHECK_FLAGS) --product devin-sync
	.ci/documentation

format:
	$(SWIFT) format --in-place --recursive Package.swift Schema Sources Tests Examples

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Schema Sources Tests Examples

# Writes Schema/schema.sql again from the files beside it.
schema: prerequisites
	$(SWIFT) build $(CHECK_FLAGS) --product devin-sync
	.build-check/release/devin-sync schema > Schema/schema.sql

clean:
	rm -rf .build .build-*

# The headers of SQLite, zlib and md4c, and the sqlite3 shell for the examples, by apt and only when missing.
prerequisites:
	@.ci/prerequisites
