# Loaded by the tests of this folder, which are a folder further from the top than those helper.bash is for.
: "${BIN:=$BATS_TEST_DIRNAME/../../build/bin}"
load ../helper
# shellcheck disable=SC2034
TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)

# Debian's programs are built on Debian's python3, whatever else is first on PATH.
PATH=$PATH:/usr/sbin
