Claims proved, refuted, and left undecided.

  $ selfnorm verify theorem1
  theorem1  Omega is contracted into itself, to one fixed point for each omega, tau
    neuron map of selu; mu -0.1 to 0.1, nu 0.8 to 1.5, omega -0.1 to 0.1, tau 0.95 to 1.1
    ...extreme...at mu      nu   omega     tau   in print
    PROVED     spectral_norm < 1    max 0.8976083584...0.8...1.1   0.9912524171 loose
    PROVED     spectral_norm < 0.9  max 0.8976083584...0.8...1.1   0.897608 agrees
    PROVED     mu_next > -0.1       min -0.031060501...0.8...0.95   -0.03106 agrees
    PROVED     mu_next < 0.1        max 0.0677251016...1.5...1.1   0.06773 agrees
    PROVED     nu_next > 0.8        min 0.8037117576...0.8...0.95   0.80009 loose
    PROVED     nu_next < 1.5        max 1.481574958...1.5...1.1   1.48617 loose
    PROVED     attracting           one fixed point for each omega, tau, ...
    ...
  
  1 claim: 1 proved (... s, ... boxes)
  $ selfnorm verify | grep -E '^[a-z]|^6|differs'
  theorem1  Omega is contracted into itself, to one fixed point for each omega, tau
  image  the image of Omega under the layer map, within Omega
  theorem2  a large variance shrinks
  theorem3a  a small variance grows, tau from 0.8
    PROVED     nu_change > 0        min 0.0077360832...0.02...0.8   0.00773618 differs
  theorem3b  a small variance grows, tau from 0.9
  jacobian  the derivatives at the fixed point (0, 1), omega = 0, tau = 1
  6 claims: 6 proved (... s, ... boxes)
  $ selfnorm verify | awk 'length($0) > 120'
  $ selfnorm verify theorem2 theorem3a image | grep -c PROVED
  7
  $ selfnorm list claims | awk 'NR > 1 { print $1 }' | xargs selfnorm verify -q

What a claim can be about.

  $ selfnorm list claims | head -n 2
  claims:
    theorem1     Omega is contracted into itself, to one fixed point for each omega, tau
  $ selfnorm list assertions | grep attracting
    attracting       for each omega, tau exactly one fixed point, to which all of the box converges
  $ selfnorm list quantities | grep spectral_norm
    spectral_norm    largest singular value of the Jacobian
  $ selfnorm list | grep -E '^(claims|assertions|quantities):'
  claims:
  assertions:
  quantities:

Nothing is made unless a folder is asked for, and the number of threads changes nothing.

  $ ls
  experiments
  $ for t in 1 2 8; do selfnorm verify --threads $t | sed 's/([0-9].* s,/(/' >t$t; cmp t1 t$t; done
  $ selfnorm verify --format json theorem2 >theorem2.json
  $ "$BUILDDIR/tests/cli/json" /command /claims/0/name /claims/0/verdict /claims/0/map /claims/0/activation/name \
  >   /claims/0/box/nu/lower /claims/0/bounds/0/quantity /claims/0/bounds/0/relation /claims/0/bounds/0/limit \
  >   /claims/0/bounds/0/enclosure/lower /claims/0/bounds/0/at/tau/upper /claims/0/bounds/0/paper \
  >   /claims/0/bounds/0/print /claims/0/assertions/0/kind /claims/1 /spec <theorem2.json
  "selfnorm verify --format json theorem2"
  "theorem2"
  "proved"
  "neuron"
  "selu"
  "3"
  "nu_change"
  "below"
  "0"
  -0.11974428...
  1.25
  "-0.119744"
  "agrees"
  "bound"
  missing
  missing

With a folder: tables of all, and cells and pictures of each.

  $ selfnorm verify -o both --pictures none theorem2 jacobian | tail -n 1
  results in both
  $ ls both
  assertions.tsv
  bounds.tsv
  boxes_jacobian.tsv
  boxes_theorem2.gp
  boxes_theorem2.tsv
  result.json
  $ grep -v '^#' both/bounds.tsv | cut -f 1,3,4,5,6 | head -n 3 | tr '\t' ' '
  claim quantity relation limit verdict
  theorem2 nu_change below 0 proved
  jacobian dmu_dmu above -0.0000005 proved
  $ awk -F '\t' '!/^#/ && NR > 1 && NF && $7 > $8' both/boxes_theorem2.tsv

A claim of one's own: what is refuted comes with a point, and the exit status tells.

  $ cat >own.json <<'J'
  > {"kind": "verify", "description": "the image of a box", "keeps": {"variance": 2},
  >  "box": {"mu": [-0.1, 0.1], "nu": [1.7, 2.4], "omega": [-0.1, 0.1], "tau": [0.95, 1.1]},
  >  "assertions": [{"quantity": "nu_next", "above": 1.6, "below": "2.4"}, {"property": "into_itself"}]}
  > J
  $ selfnorm verify own.json
  the image of a box
    neuron map of selu for mean 0, variance 2; mu -0.1 to 0.1, nu 1.7 to 2.4, omega -0.1 to 0.1, tau 0.95 to 1.1
    ...extreme...at mu      nu   omega     tau   in print
    PROVED     nu_next > 1.6        min 1.701244393...0.95
    REFUTED    nu_next < 2.4        max 2.465784071...1.1
    REFUTED    into_itself          ...nu_next...
  
  1 claim: 1 refuted (... s, ... boxes)
  results in results/own
  [1]
  $ ls results/own
  assertions.tsv
  bounds.tsv
  boxes.gp
  boxes.png
  boxes.tsv
  boxes_2.gp
  boxes_2.png
  result.json
  $ sed 's/"kind"/"expected": "refuted", &/' own.json >expected.json
  $ selfnorm verify --pictures none expected.json | tail -n 4 | head -n 1
    as expected
  $ sed 's/"kind"/"expected": "undecided", &/' own.json | selfnorm verify --pictures none - | grep expected
    not as expected: refuted, not undecided
  $ selfnorm verify -q --pictures none -o no own.json
  [1]
  $ selfnorm verify --pictures none -o json --format json own.json >out; echo $?; cmp out json/result.json
  1

A sweep is a claim a point; cells have their numbers.

  $ echo '{"kind": "verify", "box": {"mu": 0, "nu": [0.8, 1.5]}, "plots": ["boxes"],
  >        "assertions": [{"quantity": "nu_next", "below": 1.3}], "sweep": {"/activation/name": ["relu", "selu"]}}' >swept.json
  $ selfnorm verify --pictures none swept.json
  1. relu
    neuron map of relu; mu 0, nu 0.8 to 1.5, omega 0, tau 1
    ...extreme...
    PROVED     nu_next < 1.3        max 0.511267585...1
  
  2. selu
    neuron map of selu; mu 0, nu 0.8 to 1.5, omega 0, tau 1
    ...extreme...
    REFUTED    nu_next < 1.3        max 1.371531003...1
  
  2 claims: 1 proved, 1 refuted (... s, ... boxes)
  results in results/swept
  [1]
  $ ls results/swept
  assertions.tsv
  bounds.tsv
  boxes_1.gp
  boxes_1.tsv
  boxes_2.gp
  boxes_2.tsv
  result.json

How far a side can be stretched.

  $ cat >far.json <<'J'
  > {"kind": "verify", "plots": [],
  >  "box": {"mu": [-0.1, 0.1], "nu": [0.8, 1.5], "omega": [-0.1, 0.1], "tau": [0.95, 1.1]},
  >  "assertions": [{"quantity": "nu_next", "below": 1.5}],
  >  "stretch": {"side": "omega", "symmetric": true, "to": 2.5, "within": 0.001}}
  > J
  $ selfnorm verify far.json | grep -A 1 STRETCHED
    STRETCHED  omega up to +-0.496 proved, from +-0.4965 refuted: nu_next ...
    ...
  $ "$BUILDDIR/tests/cli/json" /claims/0/stretch/side /claims/0/stretch/end /claims/0/stretch/proved \
  >   /claims/0/stretch/refuted /claims/0/stretch/undecided <results/far/result.json
  "omega"
  "both"
  "0.496"
  "0.4965"
  missing
  $ sed 's/2.5/0.2/' far.json | selfnorm verify --force - | grep -A 1 STRETCHED
    STRETCHED  omega up to +-0.2 proved, all the way
  

Time and boxes are bounded; what is proved by then stays.

  $ cat >long.json <<'J'
  > {"kind": "verify", "map": "ensemble", "activation": {"name": "mish"},
  >  "box": {"mu": [-1, 1], "nu": [0.1, 4], "omega": [-0.5, 0.5], "tau": [0.5, 2]}, "assertions":
  >  [{"quantity": "mu_next", "below": 9}, {"quantity": "spectral_radius", "above": 0}], "boxes": 10000000, "plots": []}
  > J
  $ selfnorm verify --seconds 1 long.json
    ensemble map of mish; mu -1 to 1, nu 0.1 to 4, omega -0.5 to 0.5, tau 0.5 to 2
    ...extreme...
    PROVED     mu_next < 9          max 1.42028816829...2
    UNDECIDED  spectral_radius > 0  min [...
    out of time
  
  1 claim: 1 undecided (... s, ... boxes)
  results in results/long
  [1]
  $ selfnorm verify -q --boxes 200 --force long.json
  [1]
  $ "$BUILDDIR/tests/cli/json" /spec/boxes <results/long/result.json
  200

Stopped by a signal: no folder, but what was proved.

  $ rm -r results/long
  $ timeout --preserve-status -s TERM 1 selfnorm verify long.json
    ensemble map of mish; mu -1 to 1, nu 0.1 to 4, omega -0.5 to 0.5, tau 0.5 to 2
    ...extreme...
    PROVED     mu_next < 9          max 1.42028816829...2
    UNDECIDED  spectral_radius > 0  min [...
    interrupted
  
  1 claim: 1 undecided (... s, ... boxes)
  selfnorm verify: interrupted; nothing was written
  [143]
  $ ls -A results | grep long
  [1]

Bad usage.

  $ selfnorm verify theorem2 nothing
  selfnorm verify: there is no claim 'nothing'; the nearest known one is ...
  [2]
  $ selfnorm verify theorem2 own.json
  selfnorm verify: own.json: a file is verified alone
  [2]
  $ selfnorm verify not/there
  selfnorm verify: not/there: ...
  [2]
  $ for b in 99 100000001 many '' -200; do selfnorm verify --boxes "$b" theorem2 || echo $?; done
  selfnorm verify: --boxes is '99', allowed is a whole number from 100 to 100000000
  2
  selfnorm verify: --boxes is '100000001', allowed is a whole number from 100 to 100000000
  2
  selfnorm verify: --boxes is 'many', allowed is a whole number from 100 to 100000000
  2
  selfnorm verify: --boxes is '', allowed is a whole number from 100 to 100000000
  2
  selfnorm verify: --boxes is '-200', allowed is a whole number from 100 to 100000000
  2
  $ selfnorm verify --seconds -1 theorem2
  selfnorm verify: --seconds is -1, allowed is a number from 0
  [2]
  $ echo '{"kind": "map"}' >map.json && selfnorm verify map.json
  selfnorm verify: map.json: /kind: found "map", allowed is "verify"; 'selfnorm map' reads this file
  [2]

Certificates: whole or not at all, checked by themselves, rejected if anything was altered.

  $ selfnorm verify theorem2 theorem3a --certificate two.cert | tail -n 1
  certificate in two.cert
  $ selfnorm verify --check two.cert
  two.cert: valid: 2 claims proved, 0 refuted (2 statements, ... boxes)
  $ selfnorm verify -q --check - <two.cert
  $ test "$(head -n -1 two.cert | sha256sum | cut -d ' ' -f 1)" = "$(tail -n 1 two.cert | awk '{ print $2 }')"
  $ sed 's/^nu 3 16$/nu 2 16/' two.cert >wider.cert; selfnorm verify --check wider.cert
  wider.cert: rejected: the digest at the end is not that of the text before it
  [1]
  $ sed '/^box/{s/.$/1/;q;}' two.cert | selfnorm verify --check -
  -: rejected: ...
  [1]
  $ selfnorm verify --check /dev/null
  /dev/null: rejected: this is too short for a certificate
  [1]
  $ selfnorm verify -q theorem3b --certificate two.cert
  selfnorm verify: two.cert: File exists
  --force replaces it.
  [2]
  $ selfnorm verify -q theorem3b --certificate two.cert --force && selfnorm verify --check two.cert
  two.cert: valid: 1 claim proved, 0 refuted (1 statement, ... boxes)
  $ selfnorm verify --check nowhere.cert
  selfnorm verify: nowhere.cert: No such file or directory
  [2]
  $ selfnorm verify --check two.cert theorem2
  selfnorm verify: --check takes a certificate and nothing else
  [2]
  $ selfnorm verify -q theorem2 --certificate none/two.cert
  selfnorm verify: none/two.cert: No such file or directory
  [3]

A claim that is refuted has a certificate, too, where a point refutes it; one that is not decided has none.

  $ echo '{"kind": "verify", "activation": {"name": "relu"}, "box": {"mu": 0, "nu": [1, 2]},
  >   "assertions": [{"quantity": "nu_next", "above": 0.5}], "plots": []}' >relu.json
  $ selfnorm verify relu.json --certificate relu.cert | grep -v results
  ...
    REFUTED    nu_next > 0.5        min 0.34084505690...
  ...
  certificate in relu.cert
  $ selfnorm verify --check relu.cert
  relu.cert: valid: 0 claims proved, 1 refuted (0 statements, 1 box)
