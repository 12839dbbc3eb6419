selfnorm simulate: a small run, what it makes, and that nothing but the file and the seed decides.

  $ cat >sim.json <<'J'
  > {"kind": "simulate", "description": "two small nets", "seed": 11, "replicas": 6, "samples": 16,
  >  "network": {"width": 24, "depth": 5}, "sweep": {"/network/activation/name": ["selu", "relu"]}}
  > J
  $ selfnorm simulate sim.json
  network  layer  mean        variance              predicted mean, variance
  selu         5  ...  ... +- ...  0, 1 (ensemble map)
  relu         5  ...  ... +- ...  0.0997, 0.0213 (ensemble map)
  results in results/sim
  $ ls -A results results/sim
  results:
  sim
  
  results/sim:
  layers.tsv
  moments.gp
  moments.png
  result.json
  $ "$BUILDDIR/tests/cli/json" /command /spec/seed /spec/precision /spec/network/weights/initializer \
  >   /networks/0/activation /networks/0/map /networks/0/exploded /networks/0/first_exploded_layer \
  >   /networks/2 <results/sim/result.json
  "selfnorm simulate sim.json"
  11
  "float"
  "lecun_normal"
  "selu"
  "ensemble"
  0
  null
  missing
  $ head -n 1 results/sim/layers.tsv | tr '\t' '\n' | grep -v theory | tr '\n' ' '; echo
  activation layer mean mean_se variance variance_se second_moment second_moment_se pre_mean pre_mean_se pre_variance pre_variance_se variance_sd replicas 
  $ awk -F '\t' '!/^#/ && NR > 1 && NF { n[$1]++ } END { print n["selu"], n["relu"] }' results/sim/layers.tsv
  6 6

Threads do not change a byte, a second run does not, another seed does.

  $ for t in 1 2 8 0; do
  >   selfnorm simulate -q --pictures none --threads $t -o t$t sim.json
  >   cmp t$t/layers.tsv results/sim/layers.tsv
  > done
  $ selfnorm simulate -q --pictures none -o s --seed 12 sim.json && cmp -s s/layers.tsv t1/layers.tsv
  [1]
  $ "$BUILDDIR/tests/cli/json" /spec/seed <s/result.json
  12
  $ selfnorm simulate -q --pictures none -o s11 --seed 11 sim.json && cmp s11/layers.tsv t1/layers.tsv
  $ sed 's/"seed": 11/"precision": "double", "seed": 11/' sim.json >double.json
  $ for t in 1 3; do selfnorm simulate -q --pictures none --threads $t -o d$t double.json; done; cmp d1/layers.tsv d3/layers.tsv
  $ cmp -s d1/layers.tsv t1/layers.tsv
  [1]
  $ selfnorm simulate --seed 9007199254740992 sim.json
  selfnorm simulate: sim.json: /seed: found 9007199254740992, allowed is a whole number from 0 to 9007199254740991
  [2]

What is printed.

  $ selfnorm simulate --quiet --pictures none -o quiet sim.json
  $ selfnorm simulate --format json --pictures none -o json sim.json 2>err >out; cmp out json/result.json; cat err
  $ selfnorm simulate -q --pictures svg -o svg sim.json && ls svg
  layers.tsv
  moments.gp
  moments.svg
  result.json

A net that explodes or dies is a result, told where.

  $ echo '{"kind": "simulate", "replicas": 2, "samples": 4, "plots": [], "input": {"variance": 1e30},
  >        "network": {"width": 16, "depth": 300, "activation": {"name": "linear"},
  >                    "weights": {"initializer": "he_normal"}}}' >far.json
  $ selfnorm simulate -o far far.json
  network  layer  mean        variance              predicted mean, variance
  linear     300  no number   no number             0, 2.037e+120 (ensemble map); 2 replicas exploded, the first at layer 1...
  results in far
  $ "$BUILDDIR/tests/cli/json" /networks/0/exploded /networks/0/first_exploded_layer /networks/0/mean_last <far/result.json
  2
  1...
  null

One replica has no standard error, and a sweep of many networks no end of lines.

  $ echo '{"kind": "simulate", "replicas": 1, "samples": 4, "network": {"width": 8, "depth": 2}}' |
  >   selfnorm simulate --pictures none -o one - | grep -v results
  network  layer  mean        variance              predicted mean, variance
  selu         2  ...  ...  0, 1 (ensemble map)
  $ awk 'BEGIN { printf "{\"kind\": \"simulate\", \"replicas\": 2, \"samples\": 4, \"network\": {\"depth\": 2},"
  >   printf "\"plots\": [], \"sweep\": {\"/network/width\": ["; for (i = 1; i < 70; i++) printf "%d, ", i; print "70]}}" }' |
  >   selfnorm simulate -o many - | tail -n 3
  width 63 ...
  ... and 7 lines more; result.json has all
  results in many
