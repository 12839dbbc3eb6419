#!/bin/sh
# Long simulations: threads, kill -9 at random moments, signals, damage. However a run was cut into
# pieces, its result has the bytes of one that was not. TAP.
set -u
scratch=$(mktemp -d) || exit 99
pid=
trap '[ -z "$pid" ] || kill -KILL "$pid" 2>/dev/null; rm -rf "$scratch"' EXIT
PATH=$BUILDDIR:$PATH
export PATH
cd "$scratch" || exit 99
cat >run.json <<'JSON'
{"kind": "simulate", "seed": 5, "replicas": 220, "samples": 16,
 "observe": ["moments", "gradients", "histogram"],
 "network": {"width": 160, "activation": {"name": "selu"}},
 "sweep": {"/network/activation/name": ["selu", "relu"], "/network/depth": [5, 12, 20]}}
JSON

n=0
ok() { # description, then a command
    n=$((n + 1))
    what=$1
    shift
    if "$@" >>log 2>&1; then
        echo "ok $n - $what"
    else
        echo "not ok $n - $what"
        sed 's/^/# /' log
    fi
    : >log
}
echo 1..20

simulate() { selfnorm simulate --quiet --pictures none "$@"; }

# Two results are the same but for the time they took and the command line.
same() {
    mkdir -p left right
    rm -f left/* right/*
    cp "$1"/* left && cp "$2"/* right || return 1
    for f in left/result.json right/result.json; do
        sed -i -e '/^  "seconds": /d' -e '/^  "command": /d' "$f"
    done
    diff -r left right
}

# Starts a run in the background, and waits until it has saved something.
begin() {
    selfnorm simulate --quiet --pictures none --save 0.05 "$@" 2>>log &
    pid=$!
    for _ in $(seq 400); do
        if [ -n "$(find . -path '*.checkpoint/point-*')" ] || ! kill -0 "$pid" 2>/dev/null; then
            return
        fi
        sleep 0.05
    done
}

# How it ends.
finish() {
    wait "$pid" 2>/dev/null
    status=$?
    pid=
    return $status
}

ok "a run that is not disturbed" simulate -o whole run.json
ok "leaves its folder and nothing else" test "$(echo *)" = "log run.json whole"

all=true
for t in 1 2 3 8; do
    simulate -o "threads$t" --threads "$t" run.json 2>>log && same whole "threads$t" >>log || all=false
done
ok "1, 2, 3 and 8 threads make the same bytes" $all

# kill -9, five times in a row, each at another moment and with other threads
killed=0
for moment in $(awk 'BEGIN { srand(); for (i = 0; i < 5; i++) printf "%.3f ", 0.05 + rand() * 0.3 }'); do
    begin -o killed --resume --threads $((killed % 3 + 1)) run.json
    sleep "$moment"
    echo "killed after $moment s" >>log
    kill -KILL "$pid" 2>/dev/null && finish
    [ -d killed ] && break
    killed=$((killed + 1))
done
echo "# killed $killed times, then resumed"
ok "resumed after being killed" simulate -o killed --resume --threads 2 run.json
ok "it has the bytes of a run that was not killed" same whole killed
# (a kill within the last milliseconds, as the result is written, leaves its hidden beginnings)
ok "no checkpoint is left" test ! -e killed.checkpoint
ok "to resume what is complete is nothing" simulate -o killed --resume run.json

# a signal: what is complete is published, and the rest comes later
begin -o stopped run.json
kill -TERM "$pid"
finish
ok "SIGTERM ends it by SIGTERM" test $status -eq 143
ok "with a partial result and its checkpoint" sh -c \
    'grep -q "^  \"partial\": true" stopped/result.json && grep -q "^# partial: " stopped/layers.tsv &&
     test -s stopped.checkpoint/run'
refusal=$(simulate -o stopped run.json 2>&1)
ok "which a new run does not replace unless it is told to" test $? -eq 2
ok "as it says" sh -c 'case $1 in *--resume*--force*) ;; *) echo "$1"; exit 1 ;; esac' - "$refusal"
refusal=$(simulate -o stopped --resume --seed 6 run.json 2>&1)
ok "nor one of another seed resume" sh -c \
    'test $1 -eq 2 && case $2 in *"\"seed\": 5 where"*"\"seed\": 6"*) ;; *) echo "$2"; exit 1 ;; esac' \
    - $? "$refusal"

# damage is said, and done again
for f in stopped.checkpoint/point-*; do
    printf damaged! | dd of="$f" bs=1 seek=200 conv=notrunc 2>/dev/null
    break
done
complaint=$(simulate -o stopped --resume run.json 2>&1)
ok "a damaged file is said" sh -c 'case $1 in *"is damaged; that point is done again") ;; *) exit 1 ;; esac' - "$complaint"
ok "and done again" same whole stopped

# --force starts anew
begin -o anew run.json
kill -KILL "$pid" && finish
simulate -o anew --force run.json 2>>log
ok "--force starts anew and removes the checkpoint" test ! -e anew.checkpoint
ok "to the same bytes" same whole anew

# a signal while pictures are drawn: the data are there, and it ends by that signal
mkdir bin
printf '#!/bin/sh\nkill -TERM $PPID\nsleep 0.1\nkill -TERM $$\n' >bin/gnuplot
chmod +x bin/gnuplot
refusal=$(PATH=$scratch/bin:$PATH selfnorm simulate -q -o undrawn run.json 2>&1)
ok "a signal to it and to gnuplot ends it by that signal" test $? -eq 143
ok "as it says" sh -c 'case $1 in *"interrupted; undrawn is complete but for pictures"*) ;; *) echo "$1"; exit 1 ;; esac' - "$refusal"
ok "it leaves all data and the scripts" sh -c 'cmp whole/layers.tsv undrawn/layers.tsv && test -s undrawn/moments.gp'
ok "and no checkpoint" test ! -e undrawn.checkpoint
