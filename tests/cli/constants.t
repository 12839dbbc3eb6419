The constants of the paper, of other targets, and targets that have none.

  $ selfnorm constants
  target: mean 0, variance 1; neuron map, omega 0, tau 1
  
  solution 1 of 1
    alpha            1.67326324235437...
    lambda           1.05070098735548...
    saturation       -1.758099340847... -lambda alpha
    residual         at most 1e-...          of mean / rms and variance / variance
    independently    at most 1e-1...         away by root finding on GSL's integrals
    Jacobian         [  0.000000  0.088835 ] d(mu_next, nu_next)/d(mu, nu)
                     [  0.000000  0.782648 ]
    spectral norm    0.787673
    spectral radius  0.782648                below 1: the fixed point attracts
    chi1             1.071575                growth of the squared gradient per layer
  $ selfnorm constants >a; selfnorm constants --mean 0 --variance 1 --omega 0 --tau 1 --map neuron --format text | cmp - a
  $ selfnorm constants --dropout 0.05 --variance 2 --mean 0.1 | grep -c ' $'
  0
  [1]

The paper's fixed point (0, 2); the published 1.97126, 1.06071.

  $ selfnorm constants --variance 2 | grep -E 'alpha  |lambda  |solution|attracts'
  solution 1 of 1
    alpha            1.97125575034...
    lambda           1.06070907610...
    spectral radius  0.744443                below 1: the fixed point attracts
  $ selfnorm constants --mean 0.1 | grep -E 'alpha  |lambda  |chi1'
    alpha            1.31195745627...
    lambda           1.16085850705...
    chi1             1.063712                growth of the squared gradient per layer
  $ selfnorm constants --mean -0.1 --variance 2 | grep -E 'alpha  |lambda  '
    alpha            2.32699077881...
    lambda           0.98218043379...

The authors' notebook feeds N(mean, variance) itself into the activation, which is omega = 1:
alpha = 1.9769021954242014, lambda = 1.073851239616046.

  $ selfnorm constants --mean=-0.1 --variance=2 --omega=1 --format=json >j
  $ "$BUILDDIR/tests/cli/json" /solutions/0/alpha /solutions/0/lambda /solutions/1 <j >numbers
  $ awk 'NR == 1 { d = $1 / 1.9769021954242014 - 1 } NR == 2 { d = $1 / 1.073851239616046 - 1 }
  >      NR <= 2 { print (d * d < 1e-28 ? "close" : $1) } NR == 3' numbers
  close
  close
  missing

Off mean 0 the maps differ; at mean 0, omega 0 and tau 1 they do not.

  $ for map in neuron centred ensemble; do selfnorm constants --mean 0.3 --omega 0.25 --map $map; done | grep -E 'target|alpha  |chi1'
  target: mean 0.3, variance 1; neuron map, omega 0.25, tau 1
    alpha            0.92006196474...
    chi1             1.080336 ...
  target: mean 0.3, variance 1; centred map, omega 0.25, tau 1
    alpha            0.75357672767...
    chi1             1.114615 ...
  target: mean 0.3, variance 1; ensemble map, omega 0.25, tau 1
    alpha            0.92956491764...
    chi1             0.994099 ...
  $ selfnorm constants --tau 0.9 >a; selfnorm constants --tau 0.9 --map centred | sed 's/centred/neuron/' | diff a -
  $ selfnorm constants --tau 0.9 --map ensemble | sed 's/ensemble/neuron/' | diff a - | grep -c alpha
  0
  [1]

Second solutions, with alpha < 0.

  $ selfnorm constants --mean 1 | grep -E 'solution|alpha  |lambda  |attract'
  solution 1 of 2: alpha < 0, not a SELU
    alpha            -0.49791286002965...
    lambda           1.9317866245767...
    spectral radius  1.032145                the fixed point does not attract
  solution 2 of 2: alpha < 0, not a SELU
    alpha            -11.67481946420...
    lambda           0.3142210792659...
    spectral radius  0.424386                below 1: the fixed point attracts

Alpha dropout: the rate to drop, 0 included.

  $ selfnorm constants --dropout 0 | grep dropout
    dropout a        1                       alpha dropout: a v + b, where a unit that
    dropout b        0                       is dropped is set to v = saturation
  $ selfnorm constants --dropout 0.05 | grep dropout
    dropout a        0.9548444760... alpha dropout: a v + b, where a unit that
    dropout b        0.0839355721... is dropped is set to v = saturation
  $ awk 'BEGIN { s = -1.7580993408473766; q = 0.95; a = 1 / sqrt(q + s * s * q * (1 - q))
  >              printf "%.9f %.9f\n", a, -a * (1 - q) * s }'
  0.954844476 0.083935572

Impossible targets: status 1, and why.

  $ selfnorm constants --mean 3 --variance 0.1
  target: mean 3, variance 0.1; neuron map, omega 0, tau 1
  no solution: the mean 3 is too large for the variance 0.1; variance / mean^2 = 0.0111111, but ...
  [1]
  $ selfnorm constants --mean -3 --variance 0.1
  target: mean -3, variance 0.1; neuron map, omega 0, tau 1
  no solution: the variance 0.1 is too small for the negative mean -3; ...
  [1]
  $ selfnorm constants --mean 1e300
  ...
  no solution: the mean 1e+300 is too large for the variance 1; ...
  [1]
  $ selfnorm constants --variance 1e308
  selfnorm constants: selu: a moment under N(0, 1e+308) is not finite
  [1]

JSON, by the letter, with the names of the design; nothing on standard error.

  $ selfnorm constants --mean 0.1 --dropout 0.05 --format json 2>err >j; cat err
  $ "$BUILDDIR/tests/cli/json" /map /mu /nu /omega /tau /keep /solutions/0/attracting /solutions/1 /search_agrees /reason <j
  "neuron"
  0.1
  1
  0
  1
  0.95
  true
  missing
  true
  missing
  $ grep -oE '"[a-z0-9_]+":' j | tr -d '":' | tr '\n' ' '; echo
  map mu nu omega tau keep solutions alpha lambda saturation mu_next xi_next nu_next residual_mean residual_variance dmu_dmu dmu_dnu dnu_dmu dnu_dnu spectral_norm spectral_radius chi1 attracting search_alpha search_lambda dropout_a dropout_b search_agrees 
  $ selfnorm constants --mean 5 --format json >j
  [1]
  $ "$BUILDDIR/tests/cli/json" /solutions /search_agrees /reason <j
  []
  true
  "no solution: the mean 5 is too large for the variance 1; ..."
  $ selfnorm constants --mean 1 --format json | "$BUILDDIR/tests/cli/json" /solutions/0/attracting /solutions/1/attracting /solutions/2
  false
  true
  missing

Numbers far out stay on their line.

  $ selfnorm constants --omega 1e200 | grep -E 'Jacobian|norm'
    Jacobian         [ 9.8523...e+199  0.088835 ] d(mu_next, nu_next)/d(mu, nu)
    spectral norm    1.0307...e+200

Beyond doubles: neither called impossible nor given noise for an answer.

  $ selfnorm constants --mean 20 --omega 1
  target: mean 20, variance 1; neuron map, omega 1, tau 1
  no solution in doubles: for z ~ N(20, 1) one side of 0 has so little weight that alpha hardly matters, and is lost in rounding
  ...
  [1]

To any number of digits, proved; the decimals given are the target.

  $ selfnorm constants --digits 50
  target: mean 0, variance 1; neuron map, omega 0, tau 1
  
  solution 1 of 1
    alpha            1.6732632423543772848170429916716520384611553482812
    lambda           1.0507009873554804934193349852946063519589812043764
    saturation       -1.7580993408473768599402175208122795773235068371620
    enclosed         to within ...e-..., ...e-..., ...e-...; every digit is right, the last is rounded
  
  proved: exactly one solution: mean 0 fixes alpha, the variance then fixes lambda
  $ selfnorm constants --digits 31 --mean +1.20 --variance 90e-2 --map ensemble --omega .5
  target: mean +1.20, variance 90e-2; ensemble map, omega .5, tau 1
  
  solution 1 of 2: alpha < 0, not a SELU
    alpha            -1.238753165722209067406790464855
    lambda           1.009742335045656057447486620850
    saturation       1.250821514101541930778974090382
    enclosed         to within ...
  
  solution 2 of 2: alpha < 0, not a SELU
    alpha            -7.120882413064030175976107418203
    lambda           0.5242142393220322426703470806568
    saturation       3.732867957465997970243193696839
    enclosed         to within ...
  
  proved: exactly two solutions: variance / mean^2 is between the least that any alpha with lambda > 0 gives and its limit for alpha -> -infinity
  $ selfnorm constants --digits 10 --mean 1.2 --variance 0.9 | grep -E 'alpha  |proved'
    alpha            -0.9105718335
    alpha            -4.741242682
  proved: exactly two solutions: ...
  $ selfnorm constants --digits 1000 | awk '$1 == "alpha" { print length($2), substr($2, 992) }'
  1001 9562858541
  $ selfnorm constants --digits 3 --variance 1e-12 | grep -E 'alpha  |lambda  '
    alpha            1.00
    lambda           1.00
  $ selfnorm constants --digits 4 --variance 1e5 | grep -E 'alpha  '
    alpha            253.0
  $ selfnorm constants --digits 2 --variance 1e5 | grep -E 'alpha  '
    alpha            2.5e+02

One tenth is not the double next to it, and either is told from the other.

  $ selfnorm constants --digits 25 --mean 0.1 >a
  $ selfnorm constants --digits 25 --mean 0.1000000000000000055511151231257827 | diff a - | grep -c alpha
  2

Beyond doubles there are constants, too.

  $ selfnorm constants --digits 20 --mean 20 --omega 1 | grep -E 'alpha  |solution'
  solution 1 of 2
    alpha            1.0497531001136222198
  solution 2 of 2: alpha < 0, not a SELU
    alpha            -444.99274412961282404
  proved: exactly two solutions: ...

No solution is proved as well; undecided is said.

  $ selfnorm constants --digits 9 --mean 3 --variance 0.1
  target: mean 3, variance 0.1; neuron map, omega 0, tau 1
  proved: no solution: variance / mean^2 is below the least that any alpha with lambda > 0 gives
  [1]
  $ selfnorm constants --digits 9 --mean -3 --variance 0.1
  target: mean -3, variance 0.1; neuron map, omega 0, tau 1
  proved: no solution: the mean is negative and variance / mean^2 below its limit for ...
  [1]
  $ selfnorm constants --digits 9 --mean 2000 --omega 1
  target: mean 2000, variance 1; neuron map, omega 1, tau 1
  undecided: ...
  [1]

In JSON it is one member more, its numbers texts; doubles are left out where there are none.

  $ selfnorm constants --digits 30 --mean 0.1 --format json >j
  $ "$BUILDDIR/tests/cli/json" /mu /solutions/0/alpha /search_agrees /exact/digits /exact/mu /exact/tau /exact/decided /exact/solutions/0/alpha /exact/solutions/0/lambda_radius /exact/solutions/1 <j
  0.1
  1.311957456273410...
  true
  30
  "0.1"
  "1"
  true
  "1.31195745627341022264704392372"
  "...e-..."
  missing
  $ selfnorm constants --mean 0.1 --format json | sed '$d' | sed '$s/$/,/' >a; sed '/"exact"/,$d' j | diff a -
  $ sed -n '/"exact"/,$p' j | grep -oE '"[a-z0-9_]+":' | tr -d '":' | tr '\n' ' '; echo
  exact digits mu nu omega tau decided reason solutions alpha alpha_radius lambda lambda_radius saturation saturation_radius 
  $ selfnorm constants --digits 30 --variance 1e308 --format json | "$BUILDDIR/tests/cli/json" /nu /solutions /exact/solutions/0/alpha
  1e+308
  missing
  "7.97884560802865355879892119869e+153"
  $ selfnorm constants --digits 5 --mean 5 --format json >j
  [1]
  $ "$BUILDDIR/tests/cli/json" /exact/decided /exact/solutions /exact/reason <j
  true
  []
  "no solution: ..."

Nonsense.

  $ for n in 0 -1 100001 1.5 ten ''; do selfnorm constants --digits "$n" || echo $?; done
  selfnorm constants: --digits is 0, allowed is 1 to 100000
  2
  selfnorm constants: --digits is -1, allowed is 1 to 100000
  2
  selfnorm constants: --digits is 100001, allowed is 1 to 100000
  2
  selfnorm constants: --digits is '1.5', allowed is a whole number
  2
  selfnorm constants: --digits is 'ten', allowed is a whole number
  2
  selfnorm constants: --digits is '', allowed is a whole number
  2
  $ selfnorm constants --digits 10 --mean 0x1p-3
  selfnorm constants: mu is '0x1p-3', allowed is a decimal number
  [2]
  $ selfnorm constants --digits 10 --mean ' 1'
  selfnorm constants: mu is ' 1', allowed is a decimal number
  [2]
  $ selfnorm constants --digits 10 --variance -0.0
  selfnorm constants: --variance is -0, allowed is variance > 0
  [2]
  $ selfnorm constants --digits 10 --dropout 0.1
  selfnorm constants: --dropout and --digits exclude each other
  [2]
  $ selfnorm constants --mean 0x1p-3 | head -n 1
  target: mean 0.125, variance 1; neuron map, omega 0, tau 1
