# Two commands do everything: `make run` and `make test`. The others are for those who work on it.

CARGO ?= cargo
BINARY := $(or $(CARGO_TARGET_DIR),target)/release/convscope
# One thread for Mesa's software Vulkan: the tests themselves run in parallel.
export LP_NUM_THREADS ?= 1
# Mesa complains on standard error where this folder is not set.
export XDG_RUNTIME_DIR ?= /tmp

.PHONY: run test bench models look pictures torture soak setup

run: setup
	$(CARGO) build --release --locked
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		$(BINARY); \
	else \
		mkdir -p out && $(BINARY) render window -o out/first-picture.png && \
		echo "No display here: the first picture is in out/first-picture.png"; \
	fi

test: setup
	$(CARGO) fmt --check
	$(CARGO) test --locked --no-run
	$(CARGO) test --locked
	$(CARGO) clippy --locked --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --no-deps --lib --document-private-items
	tests/window-smoke

bench: setup
	$(CARGO) bench --locked

# Trains the bundled weights anew from a folder with the 60,000 MNIST training digits (idx files).
models: setup
	@test -n "$(DATA)" || { echo "say where the digits are: make models DATA=folder"; exit 1; }
	$(CARGO) build --release --locked
	for net in lenet5 lenet5-modern; do \
		$(BINARY) train $$net --data "$(DATA)" -o models/$$net.safetensors \
			--seed 1 --hold-out 5000 --exclude-bundled-test --force || exit 1; \
	done

# Every view in both languages, both themes and three sizes, to be looked at.
look: setup
	$(CARGO) build --release --locked
	tests/look $(BINARY) out/look

# The pictures of the README, by the code that draws the window.
pictures: setup
	$(CARGO) build --release --locked
	$(BINARY) render window -o assets/first-picture.png
	for picture in draw:pad maps:zoom-layer unit:zoom-map products:worksheet field:field \
			parameters:parameters-course-close fields:field-seven \
			train:train-running step:train-apart; do \
		$(BINARY) render window --scene tests/scenes/$${picture#*:}.json \
			-o assets/pictures/$${picture%:*}.png || exit 1; \
	done

# A hundred thousand random events, and a training killed 500 times; `make test` runs short forms.
torture: setup
	CONVSCOPE_TORTURE_EVENTS=100000 $(CARGO) test --locked --test it random_events
	CONVSCOPE_TORTURE_KILLS=500 $(CARGO) test --locked --test it kill_9

# Minutes of play, and as many of training, in the real window; says how the memory grows, and how long a
# pause takes.
MINUTES ?= 15
soak: setup
	$(CARGO) build --release --locked
	tests/soak $(BINARY) play $$(($(MINUTES) * 60))
	tests/soak $(BINARY) train $$(($(MINUTES) * 60))
	$(CARGO) bench --locked -- train-pause

setup:
	@tests/setup
