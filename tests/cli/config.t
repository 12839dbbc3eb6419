Configurations that cannot be: every error at once, where it is, what was found and what is allowed;
exit status 2 and no folder.

  $ check() { printf '%s' "$2" >in.json; selfnorm "$1" -o out in.json; }
  > check map ''
  > check map '{'
  > check map '{"kind": "map",
  >   "map": "neuron",
  > }'
  > check map '{"kind": "map"} x'
  > check map '[]'
  > check map '{}'
  > check map '{"kind": "mapp"}'
  > check map '{"kind": "simulate"}'
  > check map '{"kind": "verify"}'
  > check map '{"kind": "verify", "box": {"mu": 0, "nu": 1}, "assertions": [{"property": "attracting"}]}'
  > check simulate '{"kind": "map"}'
  selfnorm map: in.json:1:1: the text is empty, expected an object {...}
  selfnorm map: in.json:1:2: the text ends here, expected a key in double quotes
  selfnorm map: in.json:2:18: a comma stands before '}'
  selfnorm map: in.json:1:17: found 'x', expected nothing after the value
  selfnorm map: in.json: found [], allowed is an object {...}
  selfnorm map: in.json: "kind" is missing, allowed is one of "map", "simulate", "verify"
  selfnorm map: in.json: /kind: found "mapp", the nearest known name is "map"; allowed is one of "map", "simulate", "verify"
  selfnorm map: in.json: /kind: found "simulate", allowed is "map"; 'selfnorm simulate' reads this file
  selfnorm map: in.json: "box" is missing, allowed is an object
  selfnorm map: in.json: "assertions" is missing, allowed is a list of 1 to 32 objects
  selfnorm map: in.json: /kind: found "verify", allowed is "map"; 'selfnorm verify' reads this file
  selfnorm simulate: in.json: /kind: found "map", allowed is "simulate"; 'selfnorm map' reads this file
  [2]

All errors of a file at once.

  $ cat >many.json <<'J'
  > {"kind": "simulate", "seeed": 3, "replicas": "many", "samples": 0, "precision": "half",
  >  "network": {"width": 0, "depth": 1e12, "activation": {"name": "sellu"}},
  >  "input": {"variance": -1}, "plots": ["momnts"], "sweep": {"/network/widht": [1, 2]}}
  > J
  $ selfnorm simulate many.json
  selfnorm simulate: many.json: /sweep/~1network~1widht: the pointer names no key: "widht" is unknown, the nearest known one is "width"
  selfnorm simulate: many.json: /seeed: unknown key, the nearest known one is "seed"; allowed here: ...
  selfnorm simulate: many.json: /precision: found "half", ...
  selfnorm simulate: many.json: /replicas: found "many", allowed is a whole number from 1 to ...
  selfnorm simulate: many.json: /samples: found 0, allowed is a whole number from 1 to ...
  selfnorm simulate: many.json: /input/variance: found -1, allowed is a number from 0 to 1e+30
  selfnorm simulate: many.json: /network/width: found 0, allowed is a whole number from 1 to ...
  selfnorm simulate: many.json: /network/depth: found 1000000000000, allowed is a whole number from 1 to ...
  selfnorm simulate: many.json: /network/activation/name: found "sellu", the nearest known name is "selu"; allowed is one of ...
  selfnorm simulate: many.json: /plots/0: found "momnts", the nearest known name is "moments"; allowed is one of ...
  [2]
  $ cat >many.json <<'J'
  > {"kind": "map", "map": "nuron", "activation": {"name": "selu", "lambda": -1, "alfa": 2},
  >  "grid": {"mu": {"from": 1, "to": -1}, "nu": {"from": -0.1, "points": 1}},
  >  "fixed": {"tau": -1, "omega": null}, "description": 3}
  > J
  $ selfnorm map many.json
  selfnorm map: many.json: /description: found 3, allowed is a text ...
  selfnorm map: many.json: /map: found "nuron", the nearest known name is "neuron"; allowed is one of "neuron", "centred", "ensemble"
  selfnorm map: many.json: /activation/alfa: unknown key, the nearest known one is "alpha"; allowed here: name, alpha, lambda
  selfnorm map: many.json: /activation/lambda: found -1, allowed is ...
  selfnorm map: many.json: /grid/mu: found from 1 to -1, allowed is from < to
  selfnorm map: many.json: /grid/nu/from: found -0.1, allowed is a number above 0, ...
  selfnorm map: many.json: /grid/nu: "to" is missing, allowed is a number above 0, ...
  selfnorm map: many.json: /grid/nu/points: found 1, allowed is a whole number from 2 to ...
  selfnorm map: many.json: /fixed/omega: found null, allowed is a number ...
  selfnorm map: many.json: /fixed/tau: found -1, allowed is a number above 0, ...
  [2]

  $ cat >many.json <<'J'
  > {"kind": "verify", "activation": {"name": "relu"}, "keeps": {"variance": 2},
  >  "box": {"mu": [0.1, -0.1], "nu": [0, 1.5], "omega": "1/3", "tau": 0.1000000000000000055},
  >  "assertions": [{"quantity": "spectral_norm"}, {"quantity": "nunext", "above": 2, "below": "1.7"},
  >    {"property": "attracting", "layers": 3}, {"property": "enters", "mu": 0, "nu": 1, "layers": 0}],
  >  "expected": "yes", "stretch": {"side": "nu", "to": "1.4999999999999999999"}, "boxes": 1}
  > J
  $ selfnorm map many.json
  selfnorm map: many.json: /box/mu: found [0.1, -0.1], allowed is lower <= upper
  selfnorm map: many.json: /box/nu/0: found 0, allowed is a decimal above 0, at most 1e+30
  selfnorm map: many.json: /box/omega: found "1/3", allowed is a decimal from -1e+30 to 1e+30, or a list [lower, upper] of two
  selfnorm map: many.json: /box/tau: found 0.1000000000000000055, of which a JSON number keeps 0.1, allowed is the string "0.1000000000000000055"
  selfnorm map: many.json: /assertions/0: found neither "above" nor "below", allowed is at least one of the two
  selfnorm map: many.json: /assertions/1/quantity: found "nunext", the nearest known name is "nu_next"; allowed is one of ...
  selfnorm map: many.json: /assertions/1: found above 2 and below "1.7", allowed is above < below
  selfnorm map: many.json: /assertions/2/layers: does not go with the property "attracting"; allowed here: property
  selfnorm map: many.json: /assertions/3/layers: found 0, allowed is a whole number from 1 to 1000
  selfnorm map: many.json: /expected: found "yes", the nearest known name is "proved"; allowed is one of "proved", "refuted", "undecided"
  selfnorm map: many.json: /boxes: found 1, allowed is a whole number from 100 to 100000000
  selfnorm map: many.json: /keeps: does not go with the activation, allowed is selu without alpha and lambda of its own
  selfnorm map: many.json: /stretch/to: found "1.4999999999999999999", allowed is above 1.5, the upper end of nu
  [2]

Networks, weights, inputs and methods that do not go together, each at its place.

  $ cat >many.json <<'J'
  > {"kind": "simulate", "method": "gram", "observe": ["gradient"], "clip": {"kind": "norm"},
  >  "input": {"distribution": "clusters", "within": 0.2, "between": -0.3, "density": 0.5},
  >  "network": {"width": 8, "depth": 3, "exact_rows": true, "residual": {"scale": 0.5},
  >    "weights": {"distribution": "uniform", "structure": "sparse", "omega": 1, "freedom": 4},
  >    "dropout": {"kind": "alpha", "rate": 1}, "blocks": [{"repeat": 0}, {"width": [1, 2]},
  >      {"width": {"kernel": [3, 3], "channels": 2}, "activation": {"name": "relu"}}]}}
  > J
  $ selfnorm simulate many.json
  selfnorm simulate: many.json: /observe/0: found "gradient", the nearest known name is "gradients"; allowed is one of "moments", ...
  selfnorm simulate: many.json: /input/density: does not go with the distribution "clusters"; allowed here: distribution, mean, variance, within, between
  selfnorm simulate: many.json: /input: found correlations -0.3 between and 0.2 within, allowed is |between| <= within
  selfnorm simulate: many.json: /network/exact_rows: unknown key, ...
  selfnorm simulate: many.json: /network/weights/freedom: does not go with these weights, allowed only with the distribution "student_t"
  selfnorm simulate: many.json: /network/weights/omega: found 1, allowed is 0 of sparse weights
  selfnorm simulate: many.json: /network/dropout/rate: found 1, allowed is a number from 0 to below 1
  selfnorm simulate: many.json: /network/blocks/0/repeat: found 0, allowed is a whole number from 1 to 1000000000
  selfnorm simulate: many.json: /network/blocks/1/width: found [1, 2], allowed is a whole number from 1 to 1000000000, or an object
  selfnorm simulate: many.json: /network/depth: found beside blocks, allowed is one of the two
  selfnorm simulate: many.json: /clip: found the kind "norm" without "gradients" in "observe", allowed is "none" then
  selfnorm simulate: many.json: /network/weights: found weights that the method "gram" cannot draw, allowed are independent normal or orthogonal ones
  selfnorm simulate: many.json: /network/dropout: found alpha dropout of relu, allowed is that of selu
  [2]

Rows that cannot be the input: where in their file, and beside the configuration.

  $ mkdir data; printf 'x,y,z\n1,2,3\n4,nan,6\n' >data/rows.csv; printf '1 2 3\n4 5\n' >data/ragged.txt
  $ printf '\223NUMPY\001\000\072\000{"descr": ">f8", "fortran_order": False, "shape": (2, 3)}  ' >data/rows.npy
  $ for f in rows.csv ragged.txt rows.npy nosuch.csv ../data; do
  >   printf '{"kind": "simulate", "input": {"file": "%s"}}' $f >data/in.json
  >   selfnorm simulate data/in.json
  > done
  selfnorm simulate: data/in.json: /input/file: data/rows.csv:3:3: found 'nan', allowed is a finite decimal number
  selfnorm simulate: data/in.json: /input/file: data/ragged.txt:2:1: found 2 values, allowed are 3, as in line 1
  selfnorm simulate: data/in.json: /input/file: data/rows.npy: byte 20: found ">f8", "fortran_order": False, "shape":, allowed is one of '<f2', ...
  selfnorm simulate: data/in.json: /input/file: data/nosuch.csv: No such file or directory
  selfnorm simulate: data/in.json: /input/file: data/../data: is no regular file
  [2]
  $ printf '1 2 3\n4 5 6\n' >data/rows.csv
  $ echo '{"kind": "simulate", "input": {"file": "rows.csv", "mean": 0}, "network": {"width": [4, 2]}}' >data/in.json
  $ selfnorm simulate data/in.json
  selfnorm simulate: data/in.json: /input/mean: does not go with rows of a file; allowed here: file, standardize
  selfnorm simulate: data/in.json: /network/width/0: found 4, allowed is 3, the columns of the input's rows
  [2]

Ranges of values that are none.

  $ cat >many.json <<'J'
  > {"kind": "simulate", "sweep": {"/network/width": {"from": 8, "to": 4, "points": 1},
  >  "/network/depth": {"from": 1, "to": 3, "points": 4}, "/network/normalization": {"from": 1},
  >  "/network/weights/initializer": ["he_normal", "he_normal"]}}
  > J
  $ selfnorm simulate many.json
  selfnorm simulate: many.json: /sweep/~1network~1width/points: found 1, allowed is a whole number from 2 to 10000
  selfnorm simulate: many.json: /sweep/~1network~1width: found from 8 to 4, allowed is from < to
  selfnorm simulate: many.json: /sweep/~1network~1depth: found 4 points from 1 to 3, of which two are 2; allowed are as many as are different
  selfnorm simulate: many.json: /sweep/~1network~1normalization: found {"from": 1}, allowed is a list of at least one value
  selfnorm simulate: many.json: /sweep/~1network~1weights~1initializer/1: the same value as number 0 of the list
  [2]

What is no file of JSON.

  $ selfnorm map nosuch.json
  selfnorm map: nosuch.json: No such file or directory
  [2]
  $ selfnorm map many.json/nosuch.json
  selfnorm map: many.json/nosuch.json: Not a directory
  [2]
  $ selfnorm map .
  selfnorm map: .: is a directory, expected a file
  [2]
  $ selfnorm map ''
  selfnorm map: ...
  [2]
  $ selfnorm map /dev/null
  selfnorm map: /dev/null:1:1: the text is empty, expected an object {...}
  [2]
  $ head -c 5000 "$BUILDDIR/selfnorm" >binary; selfnorm map binary
  selfnorm map: binary:1:1: found the byte 0x7f, expected a value (words are true, false and null; numbers are finite)
  [2]
  $ awk 'BEGIN { for (i = 0; i < 1000000; i++) print "    " }' >blank.json; selfnorm map blank.json
  selfnorm map: blank.json: larger than 1 MiB, which no configuration needs to be
  [2]
  $ selfnorm map - </dev/null
  selfnorm map: standard input:1:1: the text is empty, expected an object {...}
  [2]
  $ awk 'BEGIN { for (i = 0; i < 100000; i++) printf "[" }' >deep.json; selfnorm map deep.json
  selfnorm map: deep.json:1:65: nested more than 64 levels deep
  [2]
  $ awk 'BEGIN { for (i = 0; i < 100000; i++) printf "1" }' >long.json; selfnorm map long.json
  selfnorm map: long.json:1:...
  [2]
  $ printf '{"kind": "map", "a\033[31m": 1}' >raw.json; selfnorm map raw.json
  selfnorm map: raw.json:1:19: the byte 0x1b in a string must be written as \u001b
  [2]

Jobs for no machine: refused at once with the bytes they would need, before any folder is made.

  $ echo '{"kind": "map", "grid": {"mu": {"from": -1, "to": 1, "points": 1000000},
  >   "nu": {"from": 0.1, "to": 3, "points": 1000000}}}' >huge.json
  $ selfnorm map huge.json
  selfnorm map: this job would need 144000000000000 bytes (1.34e+05 GiB) of memory; the machine has ...
  [3]
  $ echo '{"kind": "simulate", "samples": 1000000000, "network": {"width": 1000000}}' >huge.json
  $ selfnorm simulate huge.json
  selfnorm simulate: this job would need ... bytes (... GiB) of memory; the machine has ... (... GiB)
  [3]
  $ echo '{"kind": "simulate", "network": {"depth": 1000000000000}}' >huge.json
  $ selfnorm simulate huge.json
  selfnorm simulate: huge.json: /network/depth: found 1000000000000, allowed is a whole number from 1 to ...
  [2]
  $ ls
  binary
  blank.json
  data
  deep.json
  experiments
  huge.json
  in.json
  long.json
  many.json
  raw.json
