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
    map ...
    verify ...
    simulate ...
    list ...
  
  Options:
  ...
  $ selfnorm --help >a; selfnorm -h | cmp - a; selfnorm help | cmp - a
  $ selfnorm --version 2>/dev/null
  selfnorm ...
  License GPLv3+: ...
  ...

Every command has its help, three ways.

  $ for c in constants map verify simulate list; do
  >   selfnorm $c --help >a && selfnorm $c -h | cmp - a && selfnorm help $c | cmp - a
  >   grep '^Usage' a
  >   grep -- --help a
  > done
  Usage: selfnorm constants [OPTION...]
    -h, --help              this text
  Usage: selfnorm map [OPTION...] FILE.json
    -h, --help              this text
  Usage: selfnorm verify [OPTION...] [NAME... | FILE.json]
    -h, --help              this text
  Usage: selfnorm simulate [OPTION...] FILE.json
    -h, --help              this text
  Usage: selfnorm list [SECTION]
    -h, --help              this text
  $ for c in constants map verify simulate; do selfnorm $c --help; done | awk 'length($0) > 82'
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
    -h, --help              this text

What the manual page says of options is what there is.

  $ for c in constants map verify simulate list; do selfnorm $c --help; done |
  >   sed -n 's/^  ....\(--[a-z]*\).*/\1/p' | sort -u >options; echo --version >>options
  $ sed 's/\\//g' "$SRCDIR/doc/selfnorm.1" | grep -oE -- '--[a-z]+' | sort -u | diff options -

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

Nothing of all this made anything.

  $ ls -A
  a
  experiments
  options
