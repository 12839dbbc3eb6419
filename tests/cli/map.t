selfnorm map: a small run, what it makes, and that it makes the same again.

  $ cat >map.json <<'J'
  > {"kind": "map", "description": "SELU's arrows", "map": "neuron",
  >  "grid": {"mu": {"from": -1, "to": 1, "points": 11}, "nu": {"from": 0.1, "to": 3, "points": 9}},
  >  "trajectories": [{"mu": -0.8, "nu": 2.385}], "plots": ["field", "spectral_norm"]}
  > J
  $ selfnorm map map.json
  fixed point (..., 1): attracting, spectral norm 0.7877, chi1 1.072
  results in results/map
  $ ls -A . results results/map
  .:
  experiments
  map.json
  results
  
  results:
  map
  
  results/map:
  field.gp
  field.png
  fixed_points.tsv
  grid.tsv
  result.json
  spectral_norm.gp
  spectral_norm.png
  trajectories.tsv
  $ head -c 8 results/map/field.png | od -An -t x1
   89 50 4e 47 0d 0a 1a 0a
  $ "$BUILDDIR/tests/cli/json" /command /spec/kind /spec/activation/alpha /spec/fixed/tau \
  >   /failed_grid_points /fixed_points/0/attracting /fixed_points/1 /fates/0/fate <results/map/result.json
  "selfnorm map map.json"
  "map"
  1.67326324235437...
  1
  0
  true
  missing
  "settled"
  $ head -n 1 results/map/grid.tsv | tr '\t' ' '
  mu nu omega tau x y mu_next xi_next nu_next dmu dnu dmu_dmu dmu_dnu dnu_dmu dnu_dnu spectral_norm spectral_radius chi1
  $ grep -v '^#' results/map/grid.tsv | awk 'NF == 18' | wc -l
  100
  $ awk -F '\t' '!/^#/ && NR > 1 && NF { if ($10 != $7 - $1 && ($10 - $7 + $1) ^ 2 > 1e-24) print }' results/map/grid.tsv

The same again, from any number of threads, into a folder of another name.

  $ for t in 1 2 8 0; do
  >   selfnorm map --pictures none --threads $t --output t$t map.json >/dev/null
  >   for f in grid fixed_points trajectories; do cmp t1/$f.tsv t$t/$f.tsv; cmp results/map/$f.tsv t$t/$f.tsv; done
  > done

What is printed: a summary, nothing, or result.json. Standard error stays empty.

  $ selfnorm map -q --pictures none -o quiet map.json
  $ selfnorm map --format json --pictures none -o json map.json 2>err >out; cmp out json/result.json; cat err
  $ selfnorm map -q --format json --pictures none -o both map.json | "$BUILDDIR/tests/cli/json" /command
  "selfnorm map -q --format json --pictures none -o both map.json"

Pictures, in the formats asked for and no others; a script each in any case.

  $ selfnorm map -q --pictures svg,pdf,svg -o two map.json && (cd two && ls *.gp *.p?? *.svg)
  field.gp
  field.pdf
  field.svg
  spectral_norm.gp
  spectral_norm.pdf
  spectral_norm.svg
  $ (cd quiet && ls *.gp)
  field.gp
  spectral_norm.gp
  $ (cd quiet && gnuplot field.gp 2>err && ls *.png)
  field.png
  $ selfnorm map --pictures terminal -o term map.json | grep -oE 'SELU|neuron map of selu|results in term' | sort -u
  SELU
  neuron map of selu
  results in term

Every map and every kind of grid.

  $ for map in neuron centred ensemble; do
  >   echo '{"kind": "map", "map": "'$map'", "activation": {"name": "tanh"}, "fixed": {"tau": 1.5},
  >          "grid": {"mu": {"from": -1, "to": 1, "points": 5}, "omega": {"from": -1, "to": 1, "points": 4}}}' |
  >     selfnorm map --pictures none -o $map - | head -n 1
  >   sed -n '3p' $map/grid.tsv
  > done
  fixed point ...
  # neuron map of tanh; nu = 1, tau = 1.5
  fixed point ...
  # centred map of tanh; nu = 1, tau = 1.5
  fixed point ...
  # ensemble map of tanh; nu = 1, tau = 1.5

A configuration from standard input has no name to give.

  $ echo '{"kind": "map"}' | selfnorm map -q --pictures none - && ls results
  map
  stdin

A sweep has its tables and pictures numbered.

  $ echo '{"kind": "map", "sweep": {"/activation/name": ["relu", "selu"]}, "plots": ["field"],
  >        "grid": {"mu": {"from": -1, "to": 1, "points": 3}, "nu": {"from": 0.5, "to": 2, "points": 3}}}' |
  >   selfnorm map --pictures none -o swept - && ls swept
  1. neuron map of relu; omega = 0, tau = 1
  ...
  2. neuron map of selu; omega = 0, tau = 1
  fixed point ...
  results in swept
  field_1.gp
  field_2.gp
  fixed_points_1.tsv
  fixed_points_2.tsv
  grid_1.tsv
  grid_2.tsv
  result.json
