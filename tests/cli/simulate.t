selfnorm simulate: a small run, what it makes, and that nothing but the file and the seed decides.

  $ cat >sim.json <<'J'
  > {"kind": "simulate", "description": "two small nets", "seed": 11, "replicas": 6, "samples": 16,
  >  "network": {"width": 24, "depth": 5}, "sweep": {"/network/activation/name": ["selu", "relu"]}, "plots": ["moments"]}
  > J
  $ selfnorm simulate sim.json
  network  layer  mean        variance            predicted             in infinite width
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
  networks.tsv
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
  $ head -n 1 results/sim/layers.tsv | tr '\t' '\n' | grep -v _ | tr '\n' ' '; echo
  activation layer mean variance method replicas 
  $ head -n 1 results/sim/layers.tsv | tr '\t' '\n' | grep ^variance | tr '\n' ' '; echo
  variance variance_se variance_theory variance_drift variance_z variance_sd variance_sd_theory 
  $ awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
  >     !/^#/ && NR > 1 && NF && at["variance_drift"] {
  >       z = ($at["variance"] - $at["variance_theory"] - $at["variance_drift"]) / $at["variance_se"]
  >       d = z - $at["variance_z"]; if (d * d > 1e-12) print "off", $0 }' results/sim/layers.tsv
  $ awk -F '\t' '!/^#/ && NR > 1 && NF { print $1, $2, $3 }' results/sim/networks.tsv
  selu ensemble 6
  relu ensemble 6
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
  networks.tsv
  result.json

A net that explodes or dies is a result, told where.

  $ echo '{"kind": "simulate", "replicas": 2, "samples": 4, "plots": [], "input": {"variance": 1e30},
  >        "network": {"width": 16, "depth": 300, "activation": {"name": "linear"},
  >                    "weights": {"initializer": "he_normal"}}}' >far.json
  $ selfnorm simulate -o far far.json
  network  layer  mean        variance            predicted             in infinite width
  linear     300  no number   no number           ...  0, 2.037e+120 (ensemble map)
           the signal explodes: 2 of 2 replicas leave the numbers, the first at layer 1...
  results in far
  $ "$BUILDDIR/tests/cli/json" /networks/0/exploded /networks/0/first_exploded_layer /networks/0/mean_last <far/result.json
  2
  1...
  null

One replica has no standard error, and a sweep of many networks no end of lines.

  $ echo '{"kind": "simulate", "replicas": 1, "samples": 4, "network": {"width": 8, "depth": 2}}' |
  >   selfnorm simulate --pictures none -o one - | grep -v results
  network  layer  mean        variance            predicted             in infinite width
  selu         2  ...  ...  0, 1 (ensemble map)
  $ awk 'BEGIN { printf "{\"kind\": \"simulate\", \"replicas\": 2, \"samples\": 4, \"network\": {\"depth\": 2},"
  >   printf "\"plots\": [], \"sweep\": {\"/network/width\": ["; for (i = 1; i < 70; i++) printf "%d, ", i; print "70]}}" }' |
  >   selfnorm simulate -o many - | tail -n 3
  width 63 ...
  ... and 7 lines more; result.json has all
  results in many

Gradients, sent back from the last layer; the words follow the size.

  $ cat >grad.json <<'J'
  > {"kind": "simulate", "replicas": 8, "samples": 16, "observe": ["moments", "gradients"],
  >  "network": {"width": 64, "depth": 40}, "plots": ["gradients", "sweep"],
  >  "sweep": {"/network/activation/name": ["selu", "sigmoid", "linear"]}}
  > J
  $ selfnorm simulate grad.json
  network  layer  mean        variance            predicted             in infinite width
  selu        40  ... +- ...  0, 1 (ensemble map)
           the gradient grows: ... of the output's squared gradient after 40 layers, 1.0... a layer
  sigmoid     40  0.5...  0.01... +- ...  0.5, 0.01469 (ensemble map)
           the gradient vanishes: 10^-5... of the output's squared gradient after 40 layers, 0.05... a layer
  linear      40  ... +- ...  0, 1 (ensemble map)
           the gradient is kept: ... of the output's squared gradient after 40 layers, ... a layer
  results in results/grad
  $ ls results/grad
  gradients.gp
  gradients.png
  layers.tsv
  networks.tsv
  result.json
  sweep.gp
  sweep.png
  sweep_gradient.gp
  sweep_gradient.png

Predicted is 40 times the logarithm of chi1, of which `selfnorm constants` has the same.

  $ "$BUILDDIR/tests/cli/json" /networks/0/gradient_log10_theory /networks/2/gradient_log10_theory <results/grad/result.json >g
  $ selfnorm constants --format json | "$BUILDDIR/tests/cli/json" /solutions/0/chi1 >>g
  $ awk 'NR == 1 { g = $1 } NR == 2 { print ($1 * $1 < 1e-20 ? "none" : $1) }
  >      NR == 3 { d = g - 40 * log($1) / log(10); print (d * d < 1e-16 ? "the same" : d) }' g
  none
  the same

Clipping shows what would be left of them, and changes nothing else.

  $ sed 's/"replicas": 8/"clip": {"kind": "norm", "threshold": 0.5}, &/' grad.json >clip.json
  $ selfnorm simulate -q --pictures none clip.json
  $ cat >columns <<'S'
  > awk -F '\t' -v names="$1" 'NR == 1 { n = split(names, want, " "); for (i = 1; i <= NF; i++) at[$i] = i }
  >   NR > 1 && !/^#/ && NF { for (i = 1; i <= n; i++) printf "%s ", $at[want[i]]; print "" }' "$2"
  > S
  $ sh columns "activation layer gradient variance" results/clip/layers.tsv >clipped
  $ sh columns "activation layer gradient variance" results/grad/layers.tsv | cmp - clipped
  $ sh columns "gradient_clipped" results/clip/layers.tsv | awk '$1 > 0.25000001 { print "too large" } END { print NR }'
  123

Layers that differ: dropout, normalization, narrower layers, a convolution's fan-in, a residual branch.

  $ cat >mixed.json <<'J'
  > {"kind": "simulate", "replicas": 8, "samples": 16, "observe": ["moments", "gradients", "histogram"],
  >  "network": {"width": 32, "blocks": [
  >    {"repeat": 3, "dropout": {"kind": "alpha", "rate": 0.1}},
  >    {"activation": {"name": "relu"}, "weights": {"initializer": "he_normal"}, "normalization": "batch"},
  >    {"repeat": 2, "width": 8, "normalization": "layer"},
  >    {"width": {"kernel": [2, 2], "channels": 2}, "weights": {"initializer": "orthogonal"}, "residual": {"scale": 0.5}}]}}
  > J
  $ selfnorm simulate --pictures none mixed.json
  network  layer  mean        variance            predicted             in infinite width
  selu         7  ... +- ...  ..., 1.25 (ensemble map)
           the gradient ... after 7 layers, ... a layer
  results in results/mixed
  $ ls results/mixed
  distribution.gp
  gradients.gp
  histogram.tsv
  layers.tsv
  moments.gp
  networks.tsv
  result.json
  $ "$BUILDDIR/tests/cli/json" /spec/network/depth /spec/network/blocks/0/dropout/feature \
  >   /spec/network/blocks/1/repeat /spec/network/blocks/3/width/kernel/1 /spec/network/blocks/4 \
  >   /spec/plots/2 <results/mixed/result.json
  missing
  1
  1
  2
  missing
  "distribution"
  $ sh columns layer results/mixed/layers.tsv | tr -d '\n'; echo
  0 1 2 3 4 5 6 7 
  $ sh columns "pre_variance pre_mean" results/mixed/layers.tsv | # standardised over the samples, over the neurons
  >   awk 'NR >= 5 && NR <= 7 { print NR - 1, ($1 > 0.999 && $1 < 1.001 && $2 * $2 < 1e-8 ? "1 0" : $0) }'
  4 1 0
  5 1 0
  6 1 0
  $ sh columns "layer density" results/mixed/histogram.tsv | awk '{ sum[$1] += $2 * 12 / 96 }
  >   END { for (l = 1; l <= 7; l++) print l, (sum[l] > 0.98 && sum[l] < 1.000001 ? "all" : sum[l]) }' | tr '\n' ' '; echo
  1 all 2 all 3 all 4 all 5 all 6 all 7 all 
  $ for t in 1 2 5; do
  >   selfnorm simulate -q --pictures none --threads $t -o m$t mixed.json
  >   for table in layers networks histogram; do cmp m$t/$table.tsv results/mixed/$table.tsv; done
  > done

One map for all gives a path on its vector field, too; a range in a sweep is the list of its values.

  $ echo '{"kind": "simulate", "replicas": 4, "samples": 8, "network": {"width": 16, "depth": 4, "weights": {"distribution": "normal"}},
  >        "sweep": {"/input/variance": {"from": 0.25, "to": 4, "points": 5, "scale": "log"}}}' >range.json
  $ selfnorm simulate --pictures none range.json | awk '/^input/ { print $1, $2 }'
  input_variance 0.25
  input_variance 0.5
  input_variance 1
  input_variance 2
  input_variance 4
  $ ls results/range
  field.tsv
  layers.tsv
  moments.gp
  networks.tsv
  path.gp
  result.json
