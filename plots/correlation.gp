# --- correlation: what a layer makes of the correlation of two inputs ------------------------------

if (in_terminal) {
    bottom = bottom + 30.0 / height
} else {
    top = top - 26.0 / height
}
set bmargin at screen bottom
# A square, so that the diagonal is one.
side_x = (right - left) * width
side_y = (top - bottom) * height
if (!in_terminal) {
    if (side_x > side_y) {
        right = left + side_y / width
    } else {
        bottom = top - side_x / height
    }
}
set rmargin at screen right
set bmargin at screen bottom
set tmargin at screen top
set xlabel 'correlation c before the layer' textcolor rgb ink
set ylabel 'correlation R(c) after it' textcolor rgb ink
set xrange [c_min:c_max]
set yrange [c_min:c_max]
set xtics c_max - c_min > 1.5 ? 0.5 : 0.2
set ytics c_max - c_min > 1.5 ? 0.5 : 0.2
if (!in_terminal) set grid xtics ytics linecolor rgb '#e6e6e6' linetype 1 linewidth 0.6 dashtype 1
key_y = in_terminal ? 16.0 / height : top + 13.0 / height
set key at screen left - 0.005, key_y left center vertical maxrows 1 Left reverse \
    samplen 1.8 font font_name.',9'
other_count = point_count - attracting_count

plot x with lines linewidth 1.1 dashtype (10, 6) linecolor rgb '#595959' title 'R(c) = c', \
    data skip 1 using c_column:next_column with lines linewidth 2.4 linecolor rgb '#0072b2' \
        title 'R(c)', \
    for [i = 1:attracting_count > 0] $points using 1:($2 > 0 ? $1 : NaN) with points pointtype 7 \
        pointsize 1.5 linecolor rgb '#000000' title 'attracting', \
    for [i = 1:other_count > 0] $points using 1:($2 > 0 ? NaN : $1) with points pointtype 7 \
        pointsize 1.5 linecolor rgb '#ffffff' notitle, \
    for [i = 1:other_count > 0] $points using 1:($2 > 0 ? NaN : $1) with points pointtype 6 \
        pointsize 1.5 linewidth 2 linecolor rgb '#000000' title 'not attracting'
