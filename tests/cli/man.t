The examples of the manual page work as they stand.

  $ awk '/^\.SH/ { on = /EXAMPLES/ } on && /^\.nf/ { in_example = 1; next } /^\.fi/ { in_example = 0 }
  >      in_example' "$SRCDIR/doc/selfnorm.1" | sed 's/\\-/-/g; s/^ *//' >examples; wc -l <examples
  3
  $ sh -e examples | grep -E '^(target|solution|results)|alpha  '
  target: mean 0, variance 1; neuron map, omega 0, tau 1
  solution 1 of 1
    alpha            1.6732632423543...
  target: mean 0, variance 2; neuron map, omega 0, tau 1
  solution 1 of 1
    alpha            1.9712557503462...
  results in results/vector_field
  $ man --version >/dev/null 2>&1 && { man --warnings -l "$SRCDIR/doc/selfnorm.1" 2>&1 >/dev/null || :; }; :
