Help, on standard output and within 80 columns; and everything that is bad usage, with exit status 2
and a message that names the option.

  $ selfnorm
  selfnorm: does a signal keep its mean and variance on its way through a deep
  ...
  [2]
  $ selfnorm 2>/dev/null
  [2]
  $ selfnorm --help 2>/dev/null
  selfnorm: does a signal keep its mean and variance on its way through a deep
  network, forwards and backwards, and which constants make it so?
  
  Usage: selfnorm COMMAND [OPTION...]
  
  Commands:
    constants ...
    gain ...
    map ...
    verify ...
    simulate ...
    check-vectors ...
    list ...
  
  Options:
  ...
  $ selfnorm --help >a; selfnorm -h | cmp - a; selfnorm help | cmp - a
  $ selfnorm --version 2>/dev/null
  selfnorm ...
  License GPLv3+: ...
  ...

Every command has its help, three ways.

  $ for c in constants gain map verify simulate check-vectors list; do
  >   selfnorm $c --help >a && selfnorm $c -h | cmp - a && selfnorm help $c | cmp - a
  >   grep '^Usage' a
  >   grep -- --help a
  > done
  Usage: selfnorm constants [OPTION...]
    -h, --help              this text
  Usage: selfnorm gain [ACTIVATION] [OPTION...]
    -h, --help               this text
  Usage: selfnorm map [OPTION...] FILE.json
    -h, --help              this text
  Usage: selfnorm verify [OPTION...] [NAME... | FILE.json]
    -h, --help              this text
  Usage: selfnorm simulate [OPTION...] FILE.json
    -h, --help              this text
  Usage: selfnorm check-vectors [OPTION...] FILE.csv
    -h, --help                 this text
  Usage: selfnorm list [SECTION]
    -h, --help              this text
  $ for c in constants gain map verify simulate check-vectors; do selfnorm $c --help; done | awk 'length($0) > 82'
  $ selfnorm map --help | grep -c -- --seed
  0
  [1]
  $ selfnorm simulate --help | sed -n '/^Options/,$p'
  Options:
    -o, --output=DIR        folder to make (results/<name of FILE.json>)
        --force             replace an earlier result
        --pictures=LIST     of png, svg, pdf, terminal, with commas; or none (png)
        --format=FORMAT     what is printed: a text, or result.json as json (text)
        --threads=N         how many; results do not depend on it (0: all)
    -q, --quiet             no summary, no progress
        --seed=N            in place of the file's seed
        --resume            go on with a run that was stopped or killed
        --save=S            save what a long run has done every so many seconds (2)
    -h, --help              this text

  $ selfnorm simulate --help | head -n 1
  selfnorm simulate: signals through deep random networks, beside the theory

What initializers, plots and experiments there are.

  $ selfnorm list initializers | awk '{ print $1 }' | tr '\n' ' ' | fold -s -w 100; echo
  initializers: lecun_normal lecun_uniform lecun_truncated_normal lecun_uncorrected_normal he_normal 
  he_uniform he_truncated_normal he_uncorrected_normal glorot_normal glorot_uniform 
  glorot_truncated_normal glorot_uncorrected_normal row_normalised orthogonal sparse pytorch_linear 
  pytorch_sigmoid pytorch_tanh pytorch_relu pytorch_leaky_relu pytorch_selu pytorch_default 
  $ selfnorm list plots | awk '$2 == "simulate" { print $1 }' | tr '\n' ' '; echo
  moments spread gradients distribution sweep path 
  $ for i in $(selfnorm list initializers | awk 'NR > 1 { print $1 }'); do # what is listed is what is drawn
  >   echo "{\"kind\": \"simulate\", \"replicas\": 2, \"samples\": 2, \"network\": {\"width\": 8, \"depth\": 2,
  >     \"weights\": {\"initializer\": \"$i\"}}, \"plots\": []}" | selfnorm simulate -q --force -o list - || echo $i
  > done; rm -r list

What the manual page says of options is what there is.

  $ for c in constants gain map verify simulate check-vectors list; do selfnorm $c --help; done |
  >   sed -n '$ i --version
  >   s/^  ....\(--[a-z]*\).*/\1/p' | sort -u >options
  $ sed 's/\\//g' "$SRCDIR/doc/selfnorm.1" | grep -oE -- '--[a-z]+' | sort -u | diff options -

What there is to choose from, by section; the schema has all of it.

  $ selfnorm list observables | grep -v '^   '
  observables:
    moments      mean, variance, second moment
    shape        ...
    split        ...
    quantiles    ...
    histogram    ...
    gaussianity  ...
    saturation   ...
    gradients    ...
  $ for s in distributions structures normalizations dropouts inputs methods clips; do
  >   echo $(selfnorm list $s | awk '{ print $1 }')
  > done
  distributions: normal truncated_normal uncorrected_truncated_normal uniform student_t
  structures: iid exact_rows sparse orthogonal
  normalizations: none batch layer
  dropouts: none standard alpha
  inputs: normal uniform sparse clusters
  methods: auto direct gram
  clips: none norm value
  $ for s in initializers distributions structures normalizations dropouts inputs methods observables clips; do
  >   selfnorm list $s | awk 'NR > 1 && /^  [a-z]/ { print "\"" $1 "\"" }'
  > done | sort -u >names; selfnorm list schema >schema
  $ while read -r name; do grep -qF "$name" schema || echo "$name"; done <names
  $ rm names schema
  $ selfnorm list clip
  selfnorm list: --section is 'clip', allowed is one of commands, activations, initializers, ...
  [2]

The columns that `selfnorm list observables` names are those of layers.tsv.

  $ echo '{"kind": "simulate", "replicas": 1, "samples": 8, "plots": [], "network": {"width": 8, "depth": 1},
  >   "observe": ["shape", "split", "quantiles", "gaussianity", "saturation", "gradients"], "clip": {"kind": "norm"}}' |
  >   selfnorm simulate -q -o all -
  $ selfnorm list observables | sed -n 's/^ \{17\}\([a-z0-9_]*\):.*/\1/p' >named
  $ head -n 1 all/layers.tsv | tr '\t' '\n' | grep -vE '_(se|theory|drift|z|sd)$|^layer$|^method$|^replicas$' | diff - named
  $ rm -r all named

The completion knows the commands, their options, and what there is to choose from.

  $ cat >complete <<'S'
  > . "$SRCDIR/doc/selfnorm.bash"
  > COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
  > _selfnorm
  > echo "${COMPREPLY[@]}"
  > S
  $ bash complete selfnorm si; bash complete selfnorm help li; bash complete selfnorm list obs
  simulate
  list
  observables
  $ bash complete selfnorm simulate --; bash complete selfnorm simulate --re
  --output --force --pictures --format --threads --quiet --seed --resume --save --help
  --resume
  $ bash complete selfnorm simulate --pictures png,s; bash complete selfnorm map --format = j; bash complete selfnorm constants --map e
  png,svg
  json
  ensemble
  $ bash complete selfnorm simulate experiments/drop; bash complete selfnorm verify theorem3; bash complete selfnorm simulate --save ''
  experiments/dropout.json
  theorem3a theorem3b
  
  $ rm complete

Commands.

  $ selfnorm constnts
  selfnorm: unknown command 'constnts'; the nearest known one is 'constants'
  Try 'selfnorm --help'.
  [2]
  $ selfnorm help simulat
  selfnorm: unknown command 'simulat'; the nearest known one is 'simulate'
  Try 'selfnorm --help'.
  [2]
  $ selfnorm --mean 1 constants
  selfnorm: --mean: unknown option before the command
  Try 'selfnorm --help'.
  [2]
  $ selfnorm ''
  selfnorm: unknown command ''; ...
  Try 'selfnorm --help'.
  [2]

Options.

  $ selfnorm constants --meen 1
  selfnorm constants: --meen: unknown option; the nearest known one is --mean
  Try 'selfnorm constants --help'.
  [2]
  $ selfnorm constants --varianse=2
  selfnorm constants: --varianse=2: unknown option; the nearest known one is --variance
  Try 'selfnorm constants --help'.
  [2]
  $ selfnorm constants -x
  selfnorm constants: -x: unknown option
  Try 'selfnorm constants --help'.
  [2]
  $ selfnorm map --seed 1 x.json
  selfnorm map: --seed: unknown option; the nearest known one is ...
  Try 'selfnorm map --help'.
  [2]
  $ selfnorm constants --mean
  selfnorm constants: --mean: missing argument
  Try 'selfnorm constants --help'.
  [2]
  $ selfnorm map --force=1 x.json
  selfnorm map: --force=1: option does not take an argument
  Try 'selfnorm map --help'.
  [2]
  $ selfnorm constants 2.385
  selfnorm constants: 2.385: one word too many
  Try 'selfnorm constants --help'.
  [2]
  $ selfnorm constants -- --mean
  selfnorm constants: --mean: one word too many
  Try 'selfnorm constants --help'.
  [2]
  $ selfnorm map
  selfnorm map: a word is missing: [OPTION...] FILE.json
  Try 'selfnorm map --help'.
  [2]
  $ selfnorm map a.json b.json
  selfnorm map: b.json: one word too many
  Try 'selfnorm map --help'.
  [2]
  $ selfnorm constants --map middle
  selfnorm constants: --map is 'middle', allowed is one of neuron, centred, ensemble
  [2]
  $ selfnorm constants --format=
  selfnorm constants: --format is '', allowed is one of text, json
  [2]
  $ selfnorm simulate --format xml x.json
  selfnorm simulate: --format is 'xml', allowed is one of text, json
  [2]
  $ for list in bogus png,bogus ,png png, none,png ''; do
  >   selfnorm map --pictures "$list" x.json
  > done
  selfnorm map: --pictures is 'bogus', allowed is one of png, svg, pdf...
  selfnorm map: --pictures is 'bogus', allowed is one of png, svg, pdf...
  selfnorm map: --pictures is '', allowed is one of png, svg, pdf...
  selfnorm map: --pictures is '', allowed is one of png, svg, pdf...
  selfnorm map: --pictures is 'none', allowed is one of png, svg, pdf...
  selfnorm map: --pictures is '', allowed is one of png, svg, pdf...
  [2]

Numbers are read to their end, and only numbers are numbers.

  $ for x in abc '' 1,5 '0.1=' nan -nan; do selfnorm constants --mean "$x" || echo $?; done
  selfnorm constants: --mean is 'abc', allowed is a number
  2
  selfnorm constants: --mean is '', allowed is a number
  2
  selfnorm constants: --mean is '1,5', allowed is a number
  2
  selfnorm constants: --mean is '0.1=', allowed is a number
  2
  selfnorm constants: --mean is 'nan', allowed is a number
  2
  selfnorm constants: --mean is '-nan', allowed is a number
  2
  $ for x in inf -inf 1e999 -1e999; do selfnorm constants --omega $x || echo $?; done
  selfnorm constants: --omega is 'inf', allowed is a finite number
  2
  selfnorm constants: --omega is '-inf', allowed is a finite number
  2
  selfnorm constants: --omega is '1e999', allowed is a finite number
  2
  selfnorm constants: --omega is '-1e999', allowed is a finite number
  2
  $ selfnorm constants --variance 1e-400
  selfnorm constants: --variance is '1e-400', allowed is 0 or a number further from it
  [2]
  $ for x in 0 -0 -1 -2.385; do selfnorm constants --variance $x || echo $?; done
  selfnorm constants: --variance is 0, allowed is variance > 0
  2
  selfnorm constants: --variance is -0, allowed is variance > 0
  2
  selfnorm constants: --variance is -1, allowed is variance > 0
  2
  selfnorm constants: --variance is -2.385, allowed is variance > 0
  2
  $ for x in 0 -1; do selfnorm constants --tau $x || echo $?; done
  selfnorm constants: --tau is 0, allowed is tau > 0
  2
  selfnorm constants: --tau is -1, allowed is tau > 0
  2
  $ for x in 1 -0.1 -1 2; do selfnorm constants --dropout $x || echo $?; done
  selfnorm constants: --dropout is 1, allowed is 0 <= dropout < 1
  2
  selfnorm constants: --dropout is -0.1, allowed is 0 <= dropout < 1
  2
  selfnorm constants: --dropout is -1, allowed is 0 <= dropout < 1
  2
  selfnorm constants: --dropout is 2, allowed is 0 <= dropout < 1
  2
  $ for x in two 1e3 '' 99999999999 -1 4097; do selfnorm simulate --threads "$x" x.json || echo $?; done
  selfnorm simulate: --threads is 'two', allowed is a whole number
  2
  selfnorm simulate: --threads is '1e3', allowed is a whole number
  2
  selfnorm simulate: --threads is '', allowed is a whole number
  2
  selfnorm simulate: --threads is '99999999999', allowed is a smaller whole number
  2
  selfnorm simulate: --threads is -1, allowed is 1 to 4096, or 0 for all
  2
  selfnorm simulate: --threads is 4097, allowed is 1 to 4096, or 0 for all
  2
  $ for x in eleven -1 1e3 '' 1.5; do selfnorm simulate --seed "$x" x.json || echo $?; done
  selfnorm simulate: --seed is 'eleven', allowed is a whole number from 0
  2
  selfnorm simulate: --seed is '-1', allowed is a whole number from 0
  2
  selfnorm simulate: --seed is '1e3', allowed is a whole number from 0
  2
  selfnorm simulate: --seed is '', allowed is a whole number from 0
  2
  selfnorm simulate: --seed is '1.5', allowed is a whole number from 0
  2

What a gain is not asked together with.

  $ selfnorm gain relu --digits 20 --output x
  selfnorm gain: --output and --digits exclude each other
  [2]
  $ selfnorm gain --digits 20 --depth 3
  selfnorm gain: --depth and --digits exclude each other
  [2]
  $ selfnorm gain --design selu --variance 2
  selfnorm gain: --variance and --design exclude each other
  [2]
  $ selfnorm gain relu --zeta 1
  selfnorm gain: --zeta belongs to a --design
  [2]
  $ selfnorm gain relu --plots phase
  selfnorm gain: --plots belongs to --output
  [2]

Nothing of all this made anything.

  $ ls -A
  a
  experiments
  options
