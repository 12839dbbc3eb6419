The gains that NFNet's code ships (Brock et al. 2021, and timm after it) were measured on random numbers. All
are within that noise, 0.1 %, of the exact gain by variance, which is here beside how far off they are.

  $ while read name published; do
  >     selfnorm gain $name --format csv | awk -F, -v name=$name -v published=$published '
  >         $1 == "gain_variance" { off = 100*(published/$2 - 1)
  >             printf "%-10s %.6f %+.3f %% %s\n", name, $2, off, off*off < 0.1*0.1 ? "noise" : "WRONG" }'
  > done <<published
  > gelu 1.7015043497085571
  > relu 1.7139588594436646
  > silu 1.7881293296813965
  > tanh 1.5939117670059204
  > sigmoid 4.803835391998291
  > softplus 1.9203323125839233
  > softsign 2.338853120803833
  > leaky_relu 1.70590341091156
  > selu 1.0008515119552612
  > elu 1.2716004848480225
  > celu 1.270926833152771
  > relu6 1.7131484746932983
  > published
  gelu       1.700926 +0.034 % noise
  relu       1.712859 +0.064 % noise
  silu       1.787187 +0.053 % noise
  tanh       1.592537 +0.086 % noise
  sigmoid    4.801313 +0.053 % noise
  softplus   1.919126 +0.063 % noise
  softsign   2.337533 +0.056 % noise
  leaky_relu 1.704832 +0.063 % noise
  selu       1.000000 +0.085 % noise
  elu        1.270843 +0.060 % noise
  celu       1.270843 +0.007 % noise
  relu6      1.712859 +0.017 % noise
