#!/bin/sh
# Tries ./cajal the ways that people start it. Builds it first if need be. Ends with "N passed, N failed".
set -u
home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

# check WHAT COMMAND...: counts whether the command succeeds.
check() {
    what=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $what"
        sed 's/^/    out: /' "$work/out"
        sed 's/^/    err: /' "$work/err"
    fi
}

# start COMMAND...: runs it, with its output in files and its exit code in $code.
start() {
    "$@" >"$work/out" 2>"$work/err"
    code=$?
}

says_usage() { [ "$code" = 0 ] && grep -q '^Usage: cajal' "$work/out" && [ ! -s "$work/err" ]; }
is() { [ "$1" = "$2" ]; }
builds() { cat "$@" | grep -c 'building the application'; }

# Two first uses at once: one builds, the other waits, both work.
rm -rf "$home/target/launcher"
"$home/cajal" --help >"$work/out" 2>"$work/err" &
"$home/cajal" --help >"$work/out2" 2>"$work/err2"
second=$?
wait $!
check "the first of two at once works" is $? 0
check "the second of two at once works" is $second 0
check "one of two at once builds" is "$(builds "$work/err" "$work/err2")" 1
check "both print the same" cmp -s "$work/out" "$work/out2"

start "$home/cajal" --help
check "a later start prints help on standard output and nothing on standard error" says_usage

mkdir "$work/a folder"
ln -s "$home/cajal" "$work/a folder/cajal"
ln -s "a folder/cajal" "$work/link"
cd "$work/a folder" || exit 1
start ./cajal --help
check "through a link, from a folder with a blank" says_usage
start "$work/link" --help
check "through a link to a link" says_usage
start env PATH="$work/a folder:$PATH" cajal --help
check "from the path" says_usage
echo input | "$home/cajal" --help 2>"$work/err" | cat >"$work/out"
check "in a pipe" grep -q '^Usage: cajal' "$work/out"

start "$home/cajal" --no-such-option
check "a wrong option has exit code 2" is $code 2
check "a wrong option prints nothing on standard output" is "$(wc -c <"$work/out" | tr -d ' ')" 0

start env JAVA_HOME=/nowhere "$home/cajal" --help
check "a JAVA_HOME that is nothing is passed over" says_usage

# A whole training, from another folder; options of java's are passed on.
mkdir "$work/training"
cd "$work/training" || exit 1
awk -v OFS=, 'BEGIN { print "a,b,kind"; for (i = 0; i < 60; i++) print i % 7, i % 5, (i % 7 > i % 5 ? "x" : "y") }' >table.csv
start "$home/cajal" train table.csv --epochs 2 --layers 4 --out run --json
check "a training works" is $code 0
check "its result is the one line on standard output" is "$(wc -l <"$work/out" | tr -d ' ')" 1
check "its progress has no colours where there is no terminal" is "$(grep -c "$(printf '\033')" "$work/err")" 0
start env JDK_JAVA_OPTIONS=-Dcajal.vector=off "$home/cajal" train table.csv --epochs 2 --layers 4 --out scalar --json
check "it works without vectors" is $code 0
check "with the same bits" cmp -s run/model.cajal scalar/model.cajal
start "$home/cajal" predict run table.csv
check "its model predicts" is "$(wc -l <"$work/out" | tr -d ' ')" 60

# A process that was killed while it built leaves its lock; the source is newer than the build.
sh -c 'echo $$' >"$home/target/launcher/lock"
touch "$home/cli/src/main/java/module-info.java"
start "$home/cajal" --help
check "a changed source builds again, and the lock of a dead process is taken over" is "$(builds "$work/err")" 1
check "it works after that" is $code 0
check "the lock is gone" test ! -e "$home/target/launcher/lock"

# A copy of a clone with blanks in its path, and a source that does not compile.
mkdir "$work/a clone"
(cd "$home" && tar cf - --exclude=target --exclude=.git .) | (cd "$work/a clone" && tar xf -)
echo "class {" >"$work/a clone/cli/src/main/java/dev/cajal/cli/Broken.java"
start "$work/a clone/cajal" --help
check "a build that fails has exit code 5" is $code 5
check "a build that fails shows why" grep -q 'Broken.java' "$work/err"
check "a build that fails prints nothing on standard output" is "$(wc -c <"$work/out" | tr -d ' ')" 0
rm "$work/a clone/cli/src/main/java/dev/cajal/cli/Broken.java"
start "$work/a clone/cajal" --help
check "it builds once the source is mended, in a folder with a blank" is $code 0

begin=$(date +%s%N 2>/dev/null)
for _ in 1 2 3 4 5 6 7 8 9 10; do "$home/cajal" --help >"$work/out" 2>&1; done
end=$(date +%s%N 2>/dev/null)
case $begin in
    *N) ;;
    *) echo "cajal --help: $(((end - begin) / 10000000)) ms, mean of 10" ;;
esac

echo "$passed passed, $failed failed"
[ $failed = 0 ]
