# What people run. Each target does what it says from a clean clone; nothing needs to be run before it.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup demo build test lint format bench clean docs check-tools venv vectors release sanitize transcripts install package archives

ARCHIVES := .build/archives
# What makes a program start fast, in measure (CONTRIBUTING.md, "What was measured"):
# - the C libraries are parts of it (Scripts/static-libraries);
# - it lies at a fixed address, so that nothing is relocated, and lends its symbols to nobody;
# - a generic type is made by calls, with the conformances that the compiler knows. By default the runtime makes it from its
#   mangled name and looks for each conformance among thousands.
RELEASE := -c release --static-swift-stdlib --disable-local-rpath --pkg-config-path $(ARCHIVES) \
  -Xswiftc -Xclang-linker -Xswiftc -no-pie -Xlinker --no-export-dynamic \
  -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
RELEASE_BIN = $$(swift build $(RELEASE) --show-bin-path)
DEBUG_BIN = $$(swift build --show-bin-path)
PREFIX ?= /usr/local
FORMATTED := Sources Tests Package.swift

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup: ## the Swift toolchain is there; C libraries that are missing get installed
	@Scripts/setup

archives: setup # the C libraries as parts of the program, where the distribution has them so
	@Scripts/static-libraries $(ARCHIVES)

release: archives
	@swift build $(RELEASE) --product iamdrill

demo: release ## the cross-account tutorial, performed on the embedded emulator
	@"$(RELEASE_BIN)/iamdrill" run scenarios/cross-account-role.yaml

build: setup ## everything, for debugging
	@swift build --build-tests

test: build check-tools venv vectors lint ## everything that must pass
	@Scripts/setup --tests
	@swift test --disable-xctest --skip-build
	@.venv/bin/python -m unittest discover --start-directory Tests/Clients
	@.venv/bin/python -m unittest discover --start-directory Tests/Commands
	@"$(DEBUG_BIN)/iamdrill" transcript scenarios --check --aws-cli .venv/bin/aws

lint: ## format and layering, checked
	@swift format lint --strict --recursive $(FORMATTED)
	@Scripts/check-layering

docs: build ## the pages of the documentation that are written by the command
	@"$(DEBUG_BIN)/iamdrill" operations >docs/operations.md

format: ## the sources, formatted in place
	@swift format --in-place --recursive $(FORMATTED)

transcripts: release venv ## the documents in transcripts/, written anew where a run gives something else
	@"$(RELEASE_BIN)/iamdrill" transcript scenarios --update --aws-cli .venv/bin/aws

install: release ## the program, its manual, completions and scenarios, below PREFIX (/usr/local)
	@Scripts/install "$(RELEASE_BIN)/iamdrill" "$(PREFIX)"

package: release ## a Debian package, in .build/package
	@ARCHIVES=$(ARCHIVES) Scripts/package "$(RELEASE_BIN)/iamdrill" .build/package

bench: archives ## what is called fast, measured
	@swift build $(RELEASE)
	@"$(RELEASE_BIN)/iamdrill-bench"
	@Scripts/bench-scenarios "$(RELEASE_BIN)/iamdrill"
	@Scripts/venv
	@.venv/bin/python Scripts/bench-server "$(RELEASE_BIN)/iamdrill"

sanitize: setup venv ## the served emulator, end to end under the address and the thread sanitizer
	@Scripts/sanitize

clean: ## a clone as it came
	@rm -rf .build .venv

check-tools: # the scripts that check others are checked themselves
	@Scripts/check-layering --self-test

venv: setup # the clients of AWS that the tests hold us against
	@Scripts/venv

vectors: venv # what others have signed or found out, for the tests to be held against
	@.venv/bin/python Tests/Clients/sigv4_vectors.py .build/vectors/sigv4.json
	@.venv/bin/python Tests/Clients/saml_vectors.py .build/vectors/saml.json
	@.venv/bin/python Tests/Clients/credential_vectors.py .build/vectors/credentials.json
