Gains of any activation, forwards and backwards, and designs.

  $ selfnorm gain
  selu: lambda z for z > 0, lambda alpha (e^z - 1) for z <= 0
  z ~ N(0, 1)
  
    mean                   0                       E f(z)
    second moment          1                       E f(z)^2
    variance               1                       Var f(z)
    slope second moment    1.071574992455... E f'(z)^2
    gain by variance       1                       1/sqrt(Var f): centred weights (NFNet)
    gain by second moment  1                       1/sqrt(E f^2): weights of mean 0 (He, e3nn)
    error                  at most ...e-1...relative, proved in ball arithmetic
  
  weights of variance tau / fan-in, tau = 1 (gain by second moment), no biases; ensemble map
    fixed point q* = 0 repels: V' = 2.09744, chi1 = 2.09744
    fixed point q* = 1 attracts: V' = 0.782648, chi1 = 1.07157, chaotic, xi_q 4.08 layers, xi_c 33.6 layers
      correlation c = 0 attracts: R' = 0.97068
      correlation c = 1 repels: R' = 1.07157
  
  forwards, the variance of the pre-activations stays at 1, and disturbances fade by 1/e in 4.08 layers.
  backwards, the expected squared gradient grows by 7.16 % a layer, a factor of 9.135 over 32 layers.
  $ selfnorm gain gelu --variance 2 | grep gain
    gain by variance       1.186885071046... 1/sqrt(Var f): centred weights (NFNet)
    gain by second moment  1.041393883349... 1/sqrt(E f^2): weights of mean 0 (He, e3nn)
  weights of variance tau / fan-in, tau = 1.084501220277... (gain by second moment), no biases; ensemble map
  $ selfnorm gain gelu --correlation 0.5 --depth 10 | sed -n '/correlation map/,/error/p; /over/p'
  correlation map at c = 0.5
    C(c)                   0.227294915021... E[f(a) f(b)], a and b like z, of correlation c
    covariance             0.147717443476... C(c) - (E f)^2
    slope                  0.342267242459... dC/dc
    error                  at most ...e-1...quadrature
  backwards, the expected squared gradient grows by 7.2 % a layer, a factor of 2.005 over 10 layers.
  $ selfnorm gain relu --residual 0.3 --depth 8 | grep -E 'plain|NFNet  '
    plain    variance 1.99256 after 8 blocks, squared gradient times 10^0.299
    NFNet    variance 1.72 after 8 blocks, squared gradient times 10^0.236

Expressions, tables, laws.

  $ selfnorm gain --expression 'x > 0 ? x : a*(exp(x)-1)' --param a=0.7 | sed -n '1,10p'
  x > 0 ? x : a*(exp(x)-1), a 0.7: an expression of the user's
  z ~ N(0, 1)
  
    mean                   0.232047084707... E f(z)
    second moment          0.571023254571... E f(z)^2
    variance               0.517177405050... Var f(z)
    slope second moment    0.582369980599... E f'(z)^2
    gain by variance       1.390529569796... 1/sqrt(Var f): centred weights (NFNet)
    gain by second moment  1.323345066090... 1/sqrt(E f^2): weights of mean 0 (He, e3nn)
    error                  at most ...e-1...relative, estimated; no enclosure here
  $ selfnorm gain elu --param alpha=0.7 | grep -E 'mean  |variance  '
    mean                   0.232047084707... E f(z)
    variance               0.517177405050... Var f(z)
    gain by variance       1.390529569796... 1/sqrt(Var f): centred weights (NFNet)
  $ printf -- '-3,-1\n-1,-0.5\n0,0\n2,2\n' >t.csv; selfnorm gain --table t.csv | sed -n '1,8p'
  table t.csv: a table of points, monotone cubics between
  z ~ N(0, 1)
  
    mean                   0.153456944512... E f(z)
    second moment          0.534285654168... E f(z)^2
    variance               0.510736620349... Var f(z)
    slope second moment    0.552809810515... E f'(z)^2
    gain by variance       1.399269928354... 1/sqrt(Var f): centred weights (NFNet)
  $ selfnorm gain -e '2*table(x) + 1' --table t.csv | grep -E 'table|variance  '
  2*table(x) + 1, table t.csv: an expression of the user's
    variance               2.042946481397... Var f(z)
    gain by variance       0.699634964177... 1/sqrt(Var f): centred weights (NFNet)
  $ selfnorm gain relu --law uniform | sed -n '2,8p'
  z ~ uniform of mean 0, variance 1
  
    mean                   0.433012701892... E f(z)
    second moment          0.5                     E f(z)^2
    variance               0.3125                  Var f(z)
    slope second moment    0.500000000000... E f'(z)^2
    gain by variance       1.788854381999... 1/sqrt(Var f): centred weights (NFNet)
  $ printf -- '-2,-1,1\n-1,1,3\n1,4,0.5\n' >h.csv; selfnorm gain relu --law histogram:h.csv | sed -n '2,4p'
  z ~ histogram of mean -0.055555555555..., variance 1.515432098765...
  
    mean                   0.444444444444... E f(z)

No gain where there is nothing to scale; what is not finite is a word.

  $ selfnorm gain -e 3 | grep -E 'variance  |ards'
    variance               0                       Var f(z)
    gain by variance       none                    1/sqrt(Var f): centred weights (NFNet)
  forwards, the variance of the pre-activations stays at 1, and disturbances are gone in one layer.
  backwards, no gradient gets through at all: f is flat where the signal goes.
  $ selfnorm gain -e 0
  selfnorm gain: f(z) has second moment 0, and so no gain; allowed is --tau with a number
  [2]
  $ selfnorm gain --gain 0 | grep ards
  forwards, the variance of the pre-activations dies at layer 1.
  backwards, no gradient gets through the first layer.
  $ selfnorm gain --tau 1e200 | grep -E 'q\*|ards'
    fixed point q* = 0 repels: V' = 2.09744e+200, chi1 = 2.09744e+200
  forwards, the variance of the pre-activations leaves the numbers at layer 2.
  backwards, the expected squared gradient grows by a factor of 10^200.0 a layer, a factor of 10^200.0 over 1 layer: it explodes.

To any number of digits, proved.

  $ selfnorm gain gelu --digits 25
  gelu: z Phi(z), Phi the standard normal distribution function
  z ~ N(0, 1)
  
    mean                   0.2820947917738781434740397
    second moment          0.4252214825702986749185544
    variance               0.3456440110243510070341125
    slope second moment    0.4558508656492871221136281
    gain by variance       1.700926243363333119468658
    gain by second moment  1.533530441195535233767746
  
  proved: every digit is right, the last is rounded
  $ selfnorm gain gelu --digits 25 --format json | "$BUILDDIR/tests/cli/json" /digits /mean /gain_second_moment
  25
  "0.2820947917738781434740397"
  "1.533530441195535233767746"

JSON and CSV.

  $ selfnorm gain gelu --format json >j; "$BUILDDIR/tests/cli/json" /activation /mean /second_moment /variance /chi1 /gain_variance /gain_second_moment /proved /fixed_points/0/q /fixed_points/1/attracting /fixed_points/2 <j
  "gelu"
  0.282094791773...
  0.425221482570...
  0.345644011024...
  1.072031598436...
  1.700926243363...
  1.533530441195...
  true
  0
  false
  missing
  $ selfnorm gain selu --alpha-dropout 0.05 --format json | "$BUILDDIR/tests/cli/json" /dropout /dropout_a /dropout_b
  0.05
  0.954844476005...
  0.083935572193...
  $ selfnorm gain selu --alpha-dropout 0.05 | grep dropout
    dropout a              0.954844476005... alpha dropout: a v + b, where a unit that
    dropout b              0.083935572193... is dropped is set to v = -lambda alpha
  $ selfnorm gain relu --format csv
  name,value,error
  mean,0.398942280401...,7.850462293418...
  second_moment,0.5,2.220446049250...
  variance,0.340845056908...,1.628633013921...
  slope_second_moment,0.5,2.220446049250...
  gain_variance,1.712858550449...,1.296339413822...
  gain_second_moment,1.414213562373...,1.570092458683...
  tau,2,
  bias_variance,0,
  chi1,1,2.220446049250...
  q_star,1,2.220446049250...

Designs: all solutions, and none.

  $ selfnorm gain --design selu --target-mean 1
  selu: f(x) = x > 0 ? lambda*x : lambda*alpha*expm1(x)
  alpha and lambda of SELU that keep mean and variance
  target: mean 1, variance 1; neuron map, omega 0, tau 1
  z ~ N(0, 1)
  
  solution 1 of 2
    alpha                  -0.497912860029...
    lambda                 1.931786624576...
    residual               at most 1e-14           of the conditions, measured anew
    spectral radius        1.032145                the fixed point does not attract
    chi1                   2.021424                growth of the squared gradient per layer
  
  solution 2 of 2
    alpha                  -11.674819464203...
    lambda                 0.314221079265...
    residual               at most 1e-14           of the conditions, measured anew
    spectral radius        0.424386                below 1: the fixed point attracts
    chi1                   2.311634                growth of the squared gradient per layer
  
  two solutions: variance / mean^2 = 1 is between 0.407477, the least that any alpha with lambda > 0 gives, and 1.54984, the limit of alpha -> -infinity, for z ~ N(0, 1)
  $ selfnorm gain --design selu --target-mean 3 --target-variance 0.1
  selu: f(x) = x > 0 ? lambda*x : lambda*alpha*expm1(x)
  alpha and lambda of SELU that keep mean and variance
  target: mean 3, variance 0.1; neuron map, omega 0, tau 1
  z ~ N(0, 0.1)
  no solution: the mean 3 is too large for the variance 0.1; variance / mean^2 = 0.0111111, but for z ~ N(0, 0.1) no alpha with lambda > 0 gives less than 0.499559
  [1]
  $ selfnorm gain --design selu --target-mean 3 --target-variance 0.1 --format json >j
  [1]
  $ "$BUILDDIR/tests/cli/json" /family /mu /nu /solutions <j
  "selu"
  3
  0.1
  []
  $ selfnorm gain tanh --design affine --target-mean 0.5 --format json | "$BUILDDIR/tests/cli/json" /solutions/0/a /solutions/0/attracting /solutions/1/a /solutions/2
  1.592537419722...
  true
  -1.592537419722...
  missing
  $ selfnorm gain tanh --design bidirectional --format csv
  a,b,mean,second_moment,variance,chi1,spectral_radius,attracting
  1.467413591630...,0.388541670067...,0.388541670067...,1.000000000000...,0.849035370621...,1.000000000000...,0.391465443437...,1
  1.467413591630...,-0.388541670067...,-0.388541670067...,1.000000000000...,0.849035370621...,1.000000000000...,0.391465443437...,1
  -1.467413591630...,0.388541670067...,0.388541670067...,1.000000000000...,0.849035370621...,1.000000000000...,0.391465443437...,1
  -1.467413591630...,-0.388541670067...,-0.388541670067...,1.000000000000...,0.849035370621...,1.000000000000...,0.391465443437...,1
  $ selfnorm gain --design selu --omega 1e308 | grep radius
    spectral radius        9.85231e+307            the fixed point does not attract
  $ selfnorm gain --design selu --alpha-dropout 0.05 | grep dropout
    dropout a              0.954844476005... alpha dropout: a v + b, where a unit that
    dropout b              0.083935572193... is dropped is set to v = -lambda alpha

Reference values, and the check that reads them; files are replaced by force alone.

  $ selfnorm gain silu --vectors v.csv --quiet
  $ selfnorm check-vectors v.csv | sed -n '2p;$p'
  silu         float64   f               365    100.0%    100.0%    100.0%    100.0%         0.5
  every value is within 1 ULP
  $ selfnorm gain silu --vectors v.csv
  selfnorm gain: v.csv: File exists
  --force replaces it.
  [2]
  $ selfnorm gain silu --vectors v.csv --force -q
  $ selfnorm gain silu --vectors none/v.csv
  selfnorm gain: none/v.csv: No such file or directory
  [3]
  $ selfnorm gain silu >/dev/full
  selfnorm: standard output: No space left on device
  [3]

A folder.

  $ selfnorm gain relu --output d --quiet --resolution 5 --pictures none; ls d
  activation.gp
  correlation.gp
  correlation_points.tsv
  correlations.tsv
  critical_line.tsv
  curve.tsv
  phase.gp
  phases.tsv
  result.json
  $ selfnorm gain relu --output d --quiet
  selfnorm gain: d exists already
  --force replaces an earlier result, never anything else.
  [2]
  $ selfnorm gain relu --output d --quiet --force --plots activation --pictures none; ls d
  activation.gp
  curve.tsv
  result.json
  $ selfnorm gain relu -q --output /
  selfnorm gain: "/" is not the path of a new folder
  [2]

Words and numbers that are wrong, said before anything is printed.

  $ for o in variance mean tau bias-variance correlation residual tau-max bias-max; do selfnorm gain --$o x; done
  selfnorm gain: --variance is 'x', allowed is a number
  selfnorm gain: --mean is 'x', allowed is a number
  selfnorm gain: --tau is 'x', allowed is a number
  selfnorm gain: --bias-variance is 'x', allowed is a number
  selfnorm gain: --correlation is 'x', allowed is a number
  selfnorm gain: --residual is 'x', allowed is a number
  selfnorm gain: --tau-max is 'x', allowed is a number
  selfnorm gain: --bias-max is 'x', allowed is a number
  [2]
  $ for o in target-mean target-variance omega zeta dropout alpha-dropout; do selfnorm gain --design selu --$o nan; done
  selfnorm gain: --target-mean is 'nan', allowed is a number
  selfnorm gain: --target-variance is 'nan', allowed is a number
  selfnorm gain: --omega is 'nan', allowed is a number
  selfnorm gain: --zeta is 'nan', allowed is a number
  selfnorm gain: --dropout is 'nan', allowed is a number
  selfnorm gain: --alpha-dropout is 'nan', allowed is a number
  [2]
  $ for o in depth reset digits resolution threads; do selfnorm gain --$o 1.5; selfnorm gain --$o=-1; done
  selfnorm gain: --depth is '1.5', allowed is a whole number
  selfnorm gain: --depth is -1, allowed is 1 to 1000000
  selfnorm gain: --reset is '1.5', allowed is a whole number
  selfnorm gain: --reset is -1, allowed is 0 to 1000000
  selfnorm gain: --digits is '1.5', allowed is a whole number
  selfnorm gain: --digits is -1, allowed is 1 to 1000
  selfnorm gain: --resolution is '1.5', allowed is a whole number
  selfnorm gain: --resolution is -1, allowed is 2 to 4000
  selfnorm gain: --threads is '1.5', allowed is a whole number
  selfnorm gain: --threads is -1, allowed is 1 to 4096, or 0 for all
  [2]
  $ for o in format map gain design law pictures; do selfnorm gain --$o x; done
  selfnorm gain: --format is 'x', allowed is one of text, json, csv, pytorch, jax, keras, c, onnx, latex, markdown
  selfnorm gain: --map is 'x', allowed is one of ensemble, centred
  selfnorm gain: --gain is 'x', allowed is one of second_moment, variance, a number
  selfnorm gain: --design is 'x', allowed is one of selu, serlu, leaky_relu, affine, bidirectional, kernel_shaping, scaled_tanh
  selfnorm gain: --law: unknown law 'x'; the nearest known one is 'normal'
  selfnorm gain: --pictures is 'x', allowed is one of png, svg, pdf, terminal
  [2]
  $ selfnorm gain --plots x --output p
  selfnorm gain: --plots is 'x', allowed is one of activation, correlation, phase, growth, solutions
  [2]
  $ for o in variance target-variance zeta tau-max bias-max; do selfnorm gain --$o 0; done
  selfnorm gain: --variance is 0, allowed is a number above 0
  selfnorm gain: --target-variance is 0, allowed is a number above 0
  selfnorm gain: --zeta is 0, allowed is a number above 0
  selfnorm gain: --tau-max is 0, allowed is a number above 0
  selfnorm gain: --bias-max is 0, allowed is a number above 0
  [2]
  $ for o in tau bias-variance gain dropout alpha-dropout; do selfnorm gain --$o=-1; done
  selfnorm gain: --tau is -1, allowed is a number from 0
  selfnorm gain: --bias-variance is -1, allowed is a number from 0
  selfnorm gain: --gain is -1, allowed is a number from 0 to 1e+100
  selfnorm gain: --dropout is -1, allowed is a rate from 0 to below 1
  selfnorm gain: --alpha-dropout is -1, allowed is a rate from 0 to below 1
  [2]
  $ selfnorm gain --tau 1e300
  selfnorm gain: --tau is 1e+300, allowed is a number from 0 to 1e+200
  [2]
  $ selfnorm gain --gain 1e200
  selfnorm gain: --gain is 1e+200, allowed is a number from 0 to 1e+100
  [2]
  $ selfnorm gain --gain 'a number'
  selfnorm gain: --gain is 'a number', allowed is one
  [2]
  $ selfnorm gain --correlation 1.5
  selfnorm gain: --correlation is 1.5, allowed is -1 to 1
  [2]
  $ selfnorm gain --dropout 1
  selfnorm gain: --dropout is 1, allowed is a rate from 0 to below 1
  [2]
  $ selfnorm gain --depth 0
  selfnorm gain: --depth is 0, allowed is 1 to 1000000
  [2]
  $ selfnorm gain --threads 5000
  selfnorm gain: --threads is 5000, allowed is 1 to 4096, or 0 for all
  [2]

What does not go together.

  $ for o in target-mean target-variance omega zeta dropout; do selfnorm gain --$o 0.5; done
  selfnorm gain: --target-mean belongs to a --design
  selfnorm gain: --target-variance belongs to a --design
  selfnorm gain: --omega belongs to a --design
  selfnorm gain: --zeta belongs to a --design
  selfnorm gain: --dropout belongs to a --design
  [2]
  $ for o in mean variance gain bias-variance depth residual digits correlation vectors; do selfnorm gain --design selu --$o 1; done
  selfnorm gain: --mean and --design exclude each other
  selfnorm gain: --variance and --design exclude each other
  selfnorm gain: --gain and --design exclude each other
  selfnorm gain: --bias-variance and --design exclude each other
  selfnorm gain: --depth and --design exclude each other
  selfnorm gain: --residual and --design exclude each other
  selfnorm gain: --digits and --design exclude each other
  selfnorm gain: --correlation and --design exclude each other
  selfnorm gain: --vectors and --design exclude each other
  [2]
  $ selfnorm gain --design selu --critical
  selfnorm gain: --critical and --design exclude each other
  [2]
  $ for o in gain bias-variance depth residual correlation vectors tau alpha-dropout output; do selfnorm gain --digits 9 --$o 0.5; done
  selfnorm gain: --gain and --digits exclude each other
  selfnorm gain: --bias-variance and --digits exclude each other
  selfnorm gain: --depth is '0.5', allowed is a whole number
  selfnorm gain: --residual and --digits exclude each other
  selfnorm gain: --correlation and --digits exclude each other
  selfnorm gain: --vectors and --digits exclude each other
  selfnorm gain: --tau and --digits exclude each other
  selfnorm gain: --alpha-dropout and --digits exclude each other
  selfnorm gain: --output and --digits exclude each other
  [2]
  $ selfnorm gain --digits 9 --depth 3
  selfnorm gain: --depth and --digits exclude each other
  [2]
  $ selfnorm gain --digits 9 --map centred
  selfnorm gain: --map and --digits exclude each other
  [2]
  $ selfnorm gain --digits 9 --format c
  selfnorm gain: --digits and --format c exclude each other
  [2]
  $ selfnorm gain --digits 9 --law uniform
  selfnorm gain: --digits is of normal pre-activations, found --law uniform
  [2]
  $ for o in plots pictures resolution tau-max bias-max; do selfnorm gain --$o 2; done
  selfnorm gain: --plots belongs to --output
  selfnorm gain: --pictures is '2', allowed is one of png, svg, pdf, terminal
  selfnorm gain: --resolution belongs to --output
  selfnorm gain: --tau-max belongs to --output
  selfnorm gain: --bias-max belongs to --output
  [2]
  $ selfnorm gain --plots phase
  selfnorm gain: --plots belongs to --output
  [2]
  $ selfnorm gain --pictures png
  selfnorm gain: --pictures belongs to --output
  [2]
  $ selfnorm gain --gain 1 --tau 1
  selfnorm gain: --gain and --tau exclude each other: tau is its square
  [2]
  $ selfnorm gain --reset 2
  selfnorm gain: --reset belongs to --residual
  [2]
  $ selfnorm gain --kinks 0
  selfnorm gain: --kinks belongs to an --expression
  [2]
  $ selfnorm gain relu --expression x
  selfnorm gain: 'relu' and --expression exclude each other; an expression may call relu(x)
  [2]
  $ selfnorm gain relu --table t.csv
  selfnorm gain: 'relu' and --table exclude each other; an expression may call relu(x)
  [2]
  $ selfnorm gain --design selu gelu
  selfnorm gain: --design selu has no phi, found gelu
  [2]
  $ selfnorm gain --design affine
  selfnorm gain: --design affine needs a phi: the name of an activation, an --expression or a --table
  [2]
  $ selfnorm gain --design selu --zeta 2
  selfnorm gain: --design selu has no --zeta
  [2]
  $ for o in target-mean target-variance omega tau dropout; do selfnorm gain tanh --design bidirectional --$o 0.5; done
  selfnorm gain: --target-mean and --design bidirectional exclude each other: that is about z ~ N(0, 1) alone
  selfnorm gain: --target-variance and --design bidirectional exclude each other: that is about z ~ N(0, 1) alone
  selfnorm gain: --omega and --design bidirectional exclude each other: that is about z ~ N(0, 1) alone
  selfnorm gain: --tau and --design bidirectional exclude each other: that is about z ~ N(0, 1) alone
  selfnorm gain: --dropout and --design bidirectional exclude each other: that is about z ~ N(0, 1) alone
  [2]
  $ selfnorm gain tanh --design kernel_shaping --map centred
  selfnorm gain: --map and --design kernel_shaping exclude each other: that is about z ~ N(0, 1) alone
  [2]
  $ selfnorm gain gelu --alpha-dropout 0.1
  selfnorm gain: --alpha-dropout sets units to where SELU saturates, found gelu, allowed is selu
  [2]
  $ selfnorm gain --design serlu --alpha-dropout 0.1
  selfnorm gain: --alpha-dropout sets units to where SELU saturates, found --design serlu, allowed is --design selu
  [2]
  $ selfnorm gain gelu --law uniform --correlation 0.5
  selfnorm gain: --correlation is of normal pre-activations, found --law uniform
  [2]
  $ selfnorm gain --table t.csv --format c
  selfnorm gain: --format c is a formula, which a table of points has not; allowed are text, json, csv
  [2]

Activations, expressions, tables and laws that are none.

  $ selfnorm gain gelo
  selfnorm gain: unknown activation 'gelo'; the nearest known one is 'gelu'
  [2]
  $ selfnorm gain relu --param a=1
  selfnorm gain: relu has no parameter 'a': it has none
  [2]
  $ for p in a a= =1 a=nan; do selfnorm gain -e 'a*x' --param "$p"; done
  selfnorm gain: --param is 'a', allowed is NAME=VALUE with a finite number
  selfnorm gain: --param is 'a=', allowed is NAME=VALUE with a finite number
  selfnorm gain: --param is '=1', allowed is NAME=VALUE with a finite number
  selfnorm gain: --param is 'a=nan', allowed is NAME=VALUE with a finite number
  [2]
  $ selfnorm gain -e 'a*x'
  selfnorm gain: --expression: character 1: 'a' is unknown; the nearest known name is 'x'
  [2]
  $ selfnorm gain -e x --param sin=1
  selfnorm gain: --expression: a parameter is named 'sin', which is a word of expressions
  [2]
  $ selfnorm gain -e '(x'
  selfnorm gain: --expression: character 3: found the end where an operator or ')' is needed
  [2]
  $ selfnorm gain -e 1/x
  selfnorm gain: --expression: f(x) is inf at x = 0, must be finite
  [2]
  $ selfnorm gain -e 'x > 0 ? 1 : 0'
  selfnorm gain: --expression: f jumps by 1 at x = 0, must be continuous
  [2]
  $ selfnorm gain -e 'exp(exp(x))'
  selfnorm gain: --expression: f(x) is inf at x = 6.6, must be finite
  [2]
  $ selfnorm gain -e 'abs(x)' --kinks 0,
  selfnorm gain: --kinks is '0,', allowed are at most 1000 finite numbers with commas between
  [2]
  $ selfnorm gain --table none.csv
  selfnorm gain: none.csv: No such file or directory
  [2]
  $ echo 1,2 >one.csv; selfnorm gain --table one.csv
  selfnorm gain: one.csv: found 1 rows of 2 columns, allowed are 2 columns, x and f(x), and at least 2 rows
  [2]
  $ printf '1,1\n0,2\n' >back.csv; selfnorm gain --table back.csv
  selfnorm gain: back.csv: point 2 of the table is at 0, after one at 1: must ascend
  [2]
  $ selfnorm gain --table h.csv
  selfnorm gain: h.csv: found 3 rows of 3 columns, allowed are 2 columns, x and f(x), and at least 2 rows
  [2]
  $ selfnorm gain --table t.csv --param a=1
  selfnorm gain: --param: a table has no parameter 'a'
  [2]
  $ seq 60000 | sed 's/$/,1/' >many.csv; selfnorm gain --table many.csv
  selfnorm gain: many.csv: found 60000 points, allowed are at most 50000
  [2]
  $ selfnorm gain --law histogram
  selfnorm gain: --law is 'histogram', allowed is histogram:FILE
  [2]
  $ selfnorm gain --law histogram:none.csv
  selfnorm gain: none.csv: No such file or directory
  [2]
  $ selfnorm gain --law histogram:t.csv
  selfnorm gain: t.csv: found 2 columns, allowed are 3: a bin's lower end, its upper end, its weight
  [2]
  $ printf '0,1,1\n2,3,1\n' >gap.csv; selfnorm gain --law histogram:gap.csv
  selfnorm gain: gap.csv: bin 2 begins at 2, allowed is where the one before it ends, 1
  [2]
  $ printf '0,1,1\n1,2,-1\n' >minus.csv; selfnorm gain --law histogram:minus.csv
  selfnorm gain: --law: the weight of bin 2 of the histogram is -1, must be finite and not negative
  [2]
  $ seq 10001 | awk '{ print $1 "," $1 + 1 ",1" }' >bins.csv; selfnorm gain --law histogram:bins.csv
  selfnorm gain: bins.csv: found 10001 bins, allowed are at most 10000
  [2]
  $ selfnorm gain --law uniform:3
  selfnorm gain: --law is 'uniform:3', but uniform has no parameter
  [2]
  $ selfnorm gain --law student_t:x
  selfnorm gain: --law is 'student_t:x', allowed behind the colon is a number: degrees of freedom, above 2
  [2]
  $ selfnorm gain --law student_t:2
  selfnorm gain: --law: student_t: the parameter (degrees of freedom, above 2) is 2, allowed is 2.001 to 1e+06
  [2]
  $ selfnorm gain gelu selu
  selfnorm gain: selu: one word too many
  Try 'selfnorm gain --help'.
  [2]
  $ selfnorm gain --varience 2
  selfnorm gain: --varience: unknown option; the nearest known one is --variance
  Try 'selfnorm gain --help'.
  [2]
