#!/bin/sh
# A simulation split over the ranks of mpirun makes the bytes of one process. TAP; skipped where the
# program was built without MPI.
set -u
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
PATH=$BUILDDIR:$PATH
export PATH
cd "$scratch" || exit 99
cat >run.json <<'JSON'
{"kind": "simulate", "seed": 8, "samples": 8, "observe": ["moments", "gradients"],
 "network": {"width": 60, "activation": {"name": "selu"}},
 "input": {"file": "rows.csv"},
 "sweep": {"/replicas": [1, 3, 50], "/network/depth": [4, 11]}}
JSON
awk 'BEGIN { srand(4); for (i = 0; i < 20; i++) { for (j = 0; j < 59; j++) printf "%.4f,", rand() - 0.5; print "0.5" } }' >rows.csv

simulate() { selfnorm simulate --quiet --pictures none "$@"; }

if ! grep -q '^#define HAVE_MPI 1\|-DHAVE_MPI=1' "$BUILDDIR/Makefile"; then
    echo 1..2
    echo "ok 1 - ranks # SKIP built without MPI (configure --with-mpi)"
    complaint=$(OMPI_COMM_WORLD_SIZE=2 simulate run.json 2>&1)
    if [ $? -eq 2 ]; then echo "ok 2 - several processes that know nothing of each other are refused"
    else echo "not ok 2 - several processes that know nothing of each other are refused"; echo "# $complaint"; fi
    exit 0
fi
if ! command -v mpirun >/dev/null; then
    echo "1..0 # SKIP no mpirun here"
    exit 0
fi

# A shared machine has other work, and tests may run as root.
ranks() {
    k=$1
    shift
    OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1 \
        timeout -k 5 120 mpirun -n "$k" selfnorm simulate --quiet --pictures none "$@"
}

same() {
    mkdir -p left right
    rm -f left/* right/*
    cp "$1"/* left && cp "$2"/* right || return 1
    for f in left/result.json right/result.json; do
        sed -i -e '/^  "seconds": /d' -e '/^  "command": /d' "$f"
    done
    diff -r left right
}

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
echo 1..9
ok "one process without mpirun" simulate -o whole run.json
for k in 1 2 4; do
    ranks $k -o "r$k" run.json >>log 2>&1
    ok "$k ranks make the same bytes" same whole "r$k"
done
ranks 3 -o t3 --threads 2 - <run.json >>log 2>&1
ok "3 ranks of 2 threads, from standard input" same whole t3

# one rank is killed, which ends all; fewer go on
sed -i 's/"samples": 8/"samples": 64/; s/50/400/' run.json
simulate -o long run.json
ranks 2 -o killed --save 0.05 run.json >>log 2>&1 &
for _ in $(seq 400); do
    if [ -n "$(find . -path './killed.checkpoint/point-*')" ]; then break; fi
    sleep 0.05
done
job=$(ps -eo pid=,args= | awk -v at="-o killed --save" 'index($0, at) && $2 == "selfnorm" { print $1; exit }')
[ -z "$job" ] || kill -KILL "$job"
wait
ok "killed, it leaves its checkpoint" test -s killed.checkpoint/run
ok "one process resumes it" simulate -o killed --resume run.json
ok "to the same bytes" same long killed

# what goes wrong at rank 0 ends all
ranks 3 -o killed run.json >>log 2>&1
ok "an error ends all ranks" test $? -eq 2
