# --- phase: where gradients grow on their way back (chi1 > 1) and where they shrink ----------------

is_line = critical_count + repelling_count > 0
is_point = critical_tau == critical_tau
entries = (main || critical_count > 0) + (repelling_count > 0) + is_point + (dead_count > 0) \
    + (exploded_count > 0)
key_rows = entries > 3 ? 2 : entries > 0
right = 1 - 118.0 / width
bottom = bottom + (12.0 + 18.0 * key_rows) / height
set rmargin at screen right
set bmargin at screen bottom

if (x_log) {
    set logscale x
    set format x power_of_ten
}
if (y_log) {
    set logscale y
    set format y power_of_ten
}
set xlabel 'variance of the weights times fan-in, τ'.(in_terminal ? ' = σ_w²' : ' = σ@_w^2') \
    textcolor rgb ink
set ylabel 'variance of the biases'.(in_terminal ? ', σ_b²' : ', σ@_b^2') textcolor rgb ink
set xrange [x_min:x_max]
set yrange [y_min:y_max]
set x2range [from_x:from_x + across]
set y2range [from_y:from_y + up]
unset x2tics
unset y2tics
set tics front

set cbrange [-reach_low:reach_high]
set palette defined (-reach_low '#053061', -0.75 * reach_low '#2166ac', \
    -0.5 * reach_low '#4393c3', -0.25 * reach_low '#a6cee3', 0 '#f7f7f7', \
    0.25 * reach_high '#fdc98c', 0.5 * reach_high '#e08214', 0.75 * reach_high '#b35806', \
    reach_high '#6b3206')
set cbtics format ''
set cbtics ('' -reach_low - 1)
do for [i = 1:power_count] {
    set cbtics add (power_names[i] power_places[i])
}
if (!in_terminal) set cblabel 'growth of the squared gradient a layer, χ_1' \
    textcolor rgb ink offset 1
set colorbox user origin screen right + 0.02, screen bottom size screen 0.022, screen top - bottom
set style textbox opaque noborder fillcolor rgb '#f7f7f7' margins 0.4, 0.4
set key at screen left - 0.01, (7.0 + 9.0 * key_rows) / height left center vertical \
    maxrows key_rows > 1 ? 2 : 1 Left reverse samplen 1.8 font font_name.',9'

point_title = sprintf('critical at (%.6g, %.6g) only', critical_tau, critical_bias)
point_shown = is_point && (!x_log || critical_tau > 0) && (!y_log || critical_bias > 0)
word_font = font_name.' Bold,12'
if (ordered_x == ordered_x) {
    set label 11 'ordered' at second ordered_x, second ordered_y center boxed front \
        font word_font textcolor rgb '#000000'
}
if (chaotic_x == chaotic_x) {
    set label 12 'chaotic' at second chaotic_x, second chaotic_y center boxed front \
        font word_font textcolor rgb '#000000'
}
# On which sides of 1 there are level lines.
above = 0
below = 0
do for [i = 1:lines] {
    if (words($levels[i]) == 3 && substr($levels[i], 1, 1) ne '#') {
        above = above || word($levels[i], 3) + 0 > 0
        below = below || word($levels[i], 3) + 0 < 0
    }
}

plot data skip 1 every image_x:image_y:image_x0:image_y0 \
        using (on_x(column(x_column))):(on_y(column(y_column))):(z_at(0)) axes x2y2 with image \
        notitle, \
    for [i = 1:dead_count > 0] $dead using (($1 + $2) / 2):(($3 + $4) / 2):1:2:3:4 axes x2y2 \
        with boxxyerror fillstyle transparent pattern 5 noborder linecolor rgb '#000000' notitle, \
    for [i = 1:exploded_count > 0] $exploded using (($1 + $2) / 2):(($3 + $4) / 2):1:2:3:4 \
        axes x2y2 with boxxyerror fillstyle transparent pattern 4 noborder \
        linecolor rgb '#595959' notitle, \
    for [i = 1:above] $levels using 1:($3 > 0 ? $2 : NaN) axes x2y2 with lines linewidth 0.8 \
        linecolor rgb ink notitle, \
    for [i = 1:below] $levels using 1:($3 < 0 ? $2 : NaN) axes x2y2 with lines linewidth 0.8 \
        dashtype 2 linecolor rgb ink notitle, \
    for [i = 1:main] $main using 1:2 axes x2y2 with lines linewidth 2.6 linecolor rgb '#000000' \
        notitle, \
    for [i = 1:is_line] $critical using 1:2 with lines linewidth 4.6 linecolor rgb '#ffffff' \
        notitle, \
    for [i = 1:repelling_count > 0] $critical using 1:2 with lines linewidth 2 \
        dashtype (3, 2) linecolor rgb '#000000' notitle, \
    for [i = 1:critical_count > 0] $critical using 1:($3 > 0 ? $2 : NaN) with lines \
        linewidth 2.6 linecolor rgb '#000000' notitle, \
    for [i = 1:placed > 0] $numbers using 1:2:3 axes x2y2 with labels boxed \
        font font_name.',8' textcolor rgb ink notitle, \
    for [i = 1:point_shown] '+' using (critical_tau):(critical_bias) every ::0::0 with points \
        pointtype 7 pointsize 1.9 linecolor rgb '#ffffff' notitle, \
    for [i = 1:point_shown] '+' using (critical_tau):(critical_bias) every ::0::0 with points \
        pointtype 7 pointsize 1.5 linecolor rgb '#000000' notitle, \
    for [i = 1:main || critical_count > 0] keyentry with lines linewidth 2.6 \
        linecolor rgb '#000000' title 'edge of chaos, χ₁ = 1', \
    for [i = 1:repelling_count > 0] keyentry with lines linewidth 2 dashtype (3, 2) \
        linecolor rgb '#000000' title 'edge where q repels', \
    for [i = 1:is_point] keyentry with points pointtype 7 pointsize 1.5 \
        linecolor rgb '#000000' title point_title, \
    for [i = 1:dead_count > 0] keyentry with boxes fillstyle pattern 5 border rgb '#000000' \
        linecolor rgb '#000000' title 'signal dies, q = 0', \
    for [i = 1:exploded_count > 0] keyentry with boxes fillstyle pattern 4 border rgb '#595959' \
        linecolor rgb '#595959' title 'signal explodes, q = ∞'
