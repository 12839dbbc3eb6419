Values of other implementations against the exact ones.

  $ cat >good.csv <<'END'
  > # tanh to the nearest, and an argument that float32 prints short
  > activation,format,x,f,derivative
  > tanh,float32,0.5,0.46211717,0.7864477
  > tanh,float32,0.1,0.099667996,0.99006629
  > tanh,float16,0.5,0.462158203125,0.7866
  > tanh,float32,-inf,-1,0
  > tanh,bfloat16,nan,NaN,nan
  > END
  $ selfnorm check-vectors good.csv
  activation   format    column       values   correct   0.5 ULP     1 ULP     2 ULP   worst ULP
  tanh         float32   f                 3    100.0%    100.0%    100.0%    100.0%      0.2707
  tanh         float32   derivative        3    100.0%    100.0%    100.0%    100.0%      0.4887
  tanh         float16   f                 1    100.0%    100.0%    100.0%    100.0%      0.1681
  tanh         float16   derivative        1    100.0%    100.0%    100.0%    100.0%       0.355
  tanh         bfloat16  f                 1    100.0%    100.0%    100.0%    100.0%           0
  tanh         bfloat16  derivative        1    100.0%    100.0%    100.0%    100.0%           0
  every value is within 1 ULP
  $ selfnorm check-vectors --ulp 0.5 - <good.csv | tail -n 1
  every value is within 0.5 ULP
  $ selfnorm check-vectors -q good.csv

A wrong value is named, with what it should be: here the unit in the last place is 2^-25.

  $ sed 's/0.46211717/0.46211729/' good.csv >wrong.csv
  $ selfnorm check-vectors wrong.csv | grep -E 'line|float32 *f'
  tanh         float32   f                 3     66.6%     66.6%     66.6%     66.6%       4.271
      line 3: x 0.5, found 0.4621172845363617, correctly rounded 0.46211716532707214
  line 3: f of tanh in float32 is 4.271 ULP off, allowed is 1
  $ selfnorm check-vectors -q wrong.csv
  [1]
  $ selfnorm check-vectors -q --ulp 5 wrong.csv
  $ selfnorm check-vectors --format json wrong.csv >j
  [1]
  $ "$BUILDDIR/tests/cli/json" /within /rows/0/worst_line /rows/0/values /rows/0/column <j
  false
  3
  3
  "f"

Columns in any order, parameters as columns or for all; SELU without them has the exact constants.

  $ printf 'f,x,slope,format,activation\n-1,-2,0.5,float64,leaky_relu\n' | selfnorm check-vectors -q -
  $ printf 'f,x,format,activation\n-1,-2,float64,leaky_relu\n' | selfnorm check-vectors -q --param slope=0.5 -
  $ printf 'f,x,format,activation\n-1,-2,float64,leaky_relu\n' | selfnorm check-vectors -q -
  [1]
  $ printf 'f,x,format,activation\n-1.7580993408473768,-inf,float64,selu\n' | selfnorm check-vectors -q --ulp 0.5 -

What is no such file, exit status 2 and the place.

  $ selfnorm check-vectors missing.csv
  selfnorm check-vectors: missing.csv: No such file or directory
  [2]
  $ selfnorm check-vectors - </dev/null
  selfnorm check-vectors: standard input:1:1: found no line of column names, allowed is one with activation, format, x, f
  [2]
  $ printf 'activation,format,x,f\ntanh,float32,1,one\n' | selfnorm check-vectors -
  selfnorm check-vectors: standard input:2:16: found 'one', allowed is a decimal number, inf or nan
  [2]
  $ printf 'activation,format,x,f\ntahn,float32,1,1\n' | selfnorm check-vectors -
  selfnorm check-vectors: standard input:2:1: found 'tahn', allowed is the name of an activation, the nearest being 'tanh'
  [2]
  $ selfnorm check-vectors "$BUILDDIR/selfnorm"
  selfnorm check-vectors: ...: found ...
  [2]
  $ selfnorm check-vectors --param slope good.csv
  selfnorm check-vectors: --param is 'slope', allowed is NAME=VALUE, at most 4 of them with commas between
  [2]
  $ selfnorm check-vectors --param slope=1 good.csv
  selfnorm check-vectors: good.csv: no activation of the file has a parameter 'slope'
  [2]
  $ selfnorm check-vectors --ulp -1 good.csv
  selfnorm check-vectors: --ulp is -1, allowed is ulp >= 0
  [2]
  $ selfnorm check-vectors
  selfnorm check-vectors: a word is missing: [OPTION...] FILE.csv
  Try 'selfnorm check-vectors --help'.
  [2]
  $ selfnorm check-vectors good.csv >/dev/full
  selfnorm: standard output: No space left on device
  [3]
