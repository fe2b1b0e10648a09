# Loaded by every test file: `load helper`. BIN is the folder with the tools under test.
bats_require_minimum_version 1.5.0

TOP=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
: "${BIN:=$TOP/build/bin}"
PATH=$BIN:$PATH
export TOP BIN PATH LC_ALL=C
unset NO_COLOR
cd "$BATS_TEST_TMPDIR" || exit 1

# Every tool, for what all of them owe their users; TOOLS=NAME bats ... looks at one.
: "${TOOLS:=strip-chrome split-sentences fingerprint find-copies tag-entities}"

# feed INPUT COMMAND...: run COMMAND on printf'd INPUT; bytes go to out and err, the exit status to $status.
feed() {
	# shellcheck disable=SC2059
	printf "$1" >in
	shift
	status=0
	# shellcheck disable=SC2034
	"$@" <in >out 2>err || status=$?
}

# want EXPECTED: out is the printf'd EXPECTED, byte for byte.
want() {
	# shellcheck disable=SC2059
	printf "$1" >want
	diff -u want out
}

# said TEXT: TEXT stands somewhere in err.
said() {
	grep -qF -e "$1" err || {
		echo "no '$1' in:"
		cat err
		return 1
	}
}

# each CHECK: CHECK with every tool's name; tells which one failed.
each() {
	local tool
	for tool in $TOOLS; do
		"$1" "$tool" || {
			echo "tool: $tool"
			return 1
		}
	done
}

# needs PROGRAM...: skip the test where one is missing.
needs() {
	local program
	for program in "$@"; do
		command -v "$program" >/dev/null || skip "$program is not installed"
	done
}
