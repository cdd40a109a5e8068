# `make help` lists the targets.

# The yt-dlp that scripts/setup installed comes before the system's, which is often too old.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests run test soak lint fmt bench doc generate pictures stories fresh-walk release-check compat \
	dist install uninstall deb deploy-check

DIST_PROGRAM = $${CARGO_TARGET_DIR:-target}/dist/watchtogether

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-22s %s\n", $$1, $$2}'

setup: ## install what is missing: mpv, ffmpeg, tmux, yt-dlp
	@scripts/setup

setup-tests: ## install what the tests need besides: nginx, Caddy and Redis, which are not started, and libfaketime
	@scripts/setup --tests

run: setup ## build the release and open the demo
	cargo build --release --locked
	@scripts/run "$${CARGO_TARGET_DIR:-target}/release/watchtogether"

test: setup-tests lint doc ## everything that must pass before a change goes in
	@scripts/test

soak: ## 10,000 evenings in virtual time (SIM_EVENINGS=n), 1,000 on two nodes (SIM_NODE_EVENINGS=n), 300 kills (KILLS=n), a long one at three nodes (HISTORY_ACKS=n)
	SIM_EVENINGS=$${SIM_EVENINGS:-10000} cargo test --release --locked --lib \
		sim::evenings::whatever_happens_in_an_evening_the_laws_hold -- --exact --nocapture
	SIM_EVENINGS=$${SIM_NODE_EVENINGS:-1000} cargo test --release --locked --lib \
		sim::evenings::whatever_happens_on_two_nodes_with_a_faulty_log_the_laws_hold -- --exact --nocapture
	KILLS=$${KILLS:-300} cargo test --release --locked --test it \
		sockets::kills::killed_at_any_moment_it_has_kept_what_it_acknowledged_once -- --exact --nocapture
	HISTORY_ACKS=$${HISTORY_ACKS:-2000} HISTORY_FAILURES=$${HISTORY_FAILURES:-20} \
		HISTORY_FROZEN=$${HISTORY_FROZEN:-60} \
		cargo test --release --locked --test it nodes:: -- --nocapture --test-threads 1

lint: ## format and clippy, warnings are errors
	cargo fmt --check
	cargo clippy --all-targets --locked -- -D warnings

doc: ## build the documentation, warnings are errors
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --locked

fmt: ## format the source
	cargo fmt

bench: setup-tests ## measure: what a room costs, what a server bears, how well real players stay in step (2.5 hours)
	LOAD_LONG=1 cargo bench --locked

generate: ## write man/, completions/ and docs/schemas/ anew from the program's definitions
	rm -rf man completions docs/schemas
	cargo run --locked -- generate --man man --completions completions --schemas docs/schemas

pictures: ## draw the README's pictures of the screens anew, into docs/pictures
	WRITE_PICTURES=1 cargo test --locked --lib ui::tests::screenshots

release-check: setup-tests lint doc ## what is too slow for every change: release build, tests three times over
	@for tool in cargo-deny cargo-machete; do command -v $$tool >/dev/null || \
		{ echo "install it first: cargo install $$tool --locked" >&2; exit 1; }; done
	cargo deny --locked check bans licenses sources
	cargo machete
	cargo build --release --locked
	scripts/fill-room 60
	scripts/story "$${CARGO_TARGET_DIR:-target}/release/watchtogether"
	@for round in 1 2 3; do echo "round $$round of 3"; KILLS=100 scripts/test --release || exit 1; done
	@scripts/setup --browser
	cargo clippy --test browser --locked -- -D warnings
	cargo test --test browser --release --locked -- --test-threads 1

stories: setup ## play the README's stories at real terminals, and draw their pictures anew
	cargo build --release --locked
	PICTURES=docs/pictures scripts/story "$${CARGO_TARGET_DIR:-target}/release/watchtogether"

fresh-walk: ## follow the README in a fresh Debian root (as root; needs debootstrap): make fresh-walk ROOT=FOLDER
	@scripts/fresh-walk "$(ROOT)"

compat: ## an older release and today's code talk to each other: make compat REV=COMMIT
	@scripts/compat "$(REV)"

dist: ## pack a release, in target/dist-archives (needs cargo-auditable and cargo-cyclonedx)
	@scripts/dist

# As root there is often no cargo: then what `make install` built before, or `make dist`, is taken.
install: ## install program, manual pages, completions: PREFIX=/usr/local, DESTDIR=
	@! command -v cargo >/dev/null || cargo build --profile dist --locked
	@PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" scripts/install "$(DIST_PROGRAM)"

uninstall: ## remove what `make install` installed, with the same PREFIX and DESTDIR
	@PREFIX="$(PREFIX)" DESTDIR="$(DESTDIR)" scripts/install --uninstall

deb: ## build the Debian package, in target/debian (needs cargo-deb)
	@command -v cargo-deb >/dev/null || { echo "install it first: cargo install cargo-deb --locked" >&2; exit 1; }
	cargo build --profile dist --locked
	cargo deb --profile dist --no-build --locked

deploy-check: deb ## follow DEPLOY.md in a fresh Debian root (as root; needs debootstrap)
	scripts/deploy-check "$$(ls -t target/debian/watchtogether_*.deb | head -n 1)"
