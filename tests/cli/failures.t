When the machine fails it: exit status 3, a message, and no folder half full.

  $ echo '{"kind": "map", "plots": ["variance_change"],
  >        "grid": {"mu": {"from": -1, "to": 1, "points": 60}, "nu": {"from": 0.1, "to": 3, "points": 60}}}' >m.json

Standard output closed, or full.

  $ selfnorm constants >&-
  selfnorm: standard output: Bad file descriptor
  [3]
  $ selfnorm --help >&-
  selfnorm: standard output: Bad file descriptor
  [3]
  $ selfnorm constants --mean 5 >&-
  selfnorm: standard output: Bad file descriptor
  [3]
  $ if test -c /dev/full; then full=/dev/full; selfnorm constants >$full || echo $?; selfnorm list >$full || echo $?
  > selfnorm map --format json --pictures none -o full m.json >$full || echo $?
  > else echo 'selfnorm: standard output: a'; echo 3; echo 'selfnorm: standard output: b'; echo 3; echo 'selfnorm: standard output: c'; echo 3; fi
  selfnorm: standard output: ...
  3
  selfnorm: standard output: ...
  3
  selfnorm: standard output: ...
  3
  $ selfnorm constants >out 2>&- <&-; echo $?; head -n 1 out
  0
  target: mean 0, variance 1; neuron map, omega 0, tau 1
  $ selfnorm constants --bad 2>&-
  [2]
  $ selfnorm map -q --pictures none -o quiet m.json <&- >&- 2>&-; echo $?; ls quiet
  0
  fixed_points.tsv
  grid.tsv
  result.json
  variance_change.gp

A reader that has seen enough.

  $ selfnorm list | head -n 1
  commands:
  $ selfnorm map --format json --pictures none -o pipe m.json | head -n 1; ls pipe/result.json
  {
  pipe/result.json

No room for a file; a limit that a write meets stands for the full disk.

  $ (ulimit -f 100; selfnorm map --pictures none -o large m.json)
  selfnorm map: grid.tsv: File too large
  [3]
  $ (ulimit -f 100; selfnorm map --pictures none --force -o pipe m.json)
  selfnorm map: grid.tsv: File too large
  [3]
  $ ls pipe/grid.tsv
  pipe/grid.tsv

No gnuplot: the data are kept.

  $ (PATH=$BUILDDIR; selfnorm map -o nodraw m.json)
  fixed point ...
  results in nodraw
  selfnorm map: cannot run gnuplot: No such file or directory (is it installed?)
  [3]
  $ ls nodraw
  fixed_points.tsv
  grid.tsv
  result.json
  variance_change.gp
  $ mkdir bin && printf '#!/bin/sh\necho no terminal >&2\nexit 1\n' >bin/gnuplot && chmod +x bin/gnuplot
  $ (PATH=$PWD/bin:$PATH; selfnorm map -q -o faildraw m.json)
  selfnorm map: variance_change.gp: gnuplot failed: no terminal
  [3]
  $ ls faildraw
  fixed_points.tsv
  grid.tsv
  result.json
  variance_change.gp

Interrupted in the middle of a network that would take hours, before anything is complete: there is
no folder, and the process dies by the signal.

  $ cat >long.json <<'J'
  > {"kind": "simulate", "replicas": 1, "samples": 8, "network": {"width": 60000, "depth": 100000}}
  > J
  $ stop() { # signal, then how to start
  >   signal=$1; shift
  >   "$@" selfnorm simulate -q --threads 1 -o deep/down/run long.json & pid=$!
  >   sleep 0.5; kill -$signal $pid; wait $pid 2>/dev/null; echo "$signal: $?"; ls -A deep 2>/dev/null
  > }
  > stop TERM; stop HUP; stop INT env --default-signal=INT; stop KILL || true
  selfnorm simulate: interrupted; nothing was written
  TERM: 143
  selfnorm simulate: interrupted; nothing was written
  HUP: 129
  selfnorm simulate: interrupted; nothing was written
  INT: 130
  KILL: 137
  $ ls
  bin
  experiments
  faildraw
  full
  long.json
  m.json
  nodraw
  out
  pipe
  quiet
