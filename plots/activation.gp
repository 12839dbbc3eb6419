# --- activation: a function and its derivative, where its pre-activation lies behind them ----------

if (in_terminal) {
    bottom = bottom + 30.0 / height
} else {
    top = top - 26.0 / height
}
set bmargin at screen bottom
set tmargin at screen top
set xlabel 'pre-activation x' textcolor rgb ink
set xrange [x_min:x_max]
set yrange [y_min:y_max]
# The density has an axis of its own, which is not shown: only its shape counts.
set y2range [0:density_max > 0 ? density_max / 0.62 : 1]
unset y2tics
if (!in_terminal) set grid xtics ytics linecolor rgb '#dedede' linetype 1 linewidth 0.6 dashtype 1
key_y = in_terminal ? 16.0 / height : top + 13.0 / height
set key at screen left - 0.005, key_y left center vertical maxrows 1 Left reverse \
    samplen 2.4 font font_name.',9'
set tics front

plot for [i = 1:density_max > 0] data skip 1 using x_column:density_column:(0) axes x1y2 \
        with filledcurves fillstyle solid 1 noborder linecolor rgb '#e9e9e9' notitle, \
    0 with lines linewidth 0.8 linecolor rgb '#7f7f7f' notitle, \
    data skip 1 using x_column:value_column with lines linewidth 2.4 \
        linecolor rgb '#003f6b' title 'activation f(x)', \
    data skip 1 using x_column:derivative_column with lines linewidth 2 \
        dashtype (9, 4) linecolor rgb '#d55e00' title 'derivative f′(x)', \
    for [i = 1:density_max > 0] keyentry with boxes fillstyle solid 1 border rgb '#bdbdbd' \
        fillcolor rgb '#e9e9e9' title 'density of x'
