# --- growth: what residual blocks do to the variance and, on the way back, to gradients -----------

set datafile separator "\t" # text cells may hold spaces
left = 96.0 / width
set lmargin at screen left
if (!in_terminal) {
    set label 1 at screen left, 1 - 22.0 / height
    set label 2 at screen left, 1 - 22.0 / height - 1.35 * line * heading_lines
}
right = 1 - (84.0 + 7.3 * (label_characters > 12 ? label_characters : 12)) / width
split = bottom + 0.49 * (top - bottom)
gap = 14.0 / height

# Lines differ in colour, dashes and marks; marks at every so many blocks, each net's at its own.
mark_step = block_max > 12 ? int(block_max / 8) : 1
mark_at(block, i) = int(block) % mark_step == int((i - 1) * mark_step / (count + 0.0)) % mark_step

set xrange [0:block_max > 0 ? block_max : 1]
if (!in_terminal) set grid xtics ytics linecolor rgb '#e6e6e6' linetype 1 linewidth 0.6 dashtype 1
set key at screen right + 0.02, top left top Left reverse samplen 3.4 spacing 1.25 \
    maxrows 40 font font_name.',9'
unset colorbox
set linetype 11 dashtype solid
set linetype 12 dashtype (12, 4)
set linetype 13 dashtype (4, 3)
set linetype 14 dashtype (12, 4, 3, 4)
stroke(i) = 11 + (i - 1) % 4

set multiplot
set rmargin at screen right
set tmargin at screen top
set bmargin at screen split + gap
set format x ''
set ylabel 'variance' textcolor rgb ink
set yrange [variance_min:variance_max]
if (variance_log) {
    y_min = variance_min
    y_max = variance_max
    eval log_ticks
}
plot for [i = 1:count] data skip 1 index i - 1 using block_column:variance_column \
        with lines linetype stroke(i) linewidth 1.8 linecolor rgb colour(i) notitle, \
    for [i = 1:count] data skip 1 index i - 1 using block_column: \
        (mark_at(column(block_column), i) ? column(variance_column) : NaN) \
        with points pointtype marker(i) pointsize 0.8 linecolor rgb colour(i) notitle, \
    for [i = 1:count] keyentry with linespoints linetype stroke(i) linewidth 1.8 \
        pointtype marker(i) pointsize 0.8 linecolor rgb colour(i) title labels[i]

unset label 1
unset label 2
unset title
unset key
unset logscale y
set tmargin at screen split - gap
set bmargin at screen bottom
set format x '%g'
set xlabel 'block' textcolor rgb ink
set ylabel 'growth of the squared gradient' textcolor rgb ink
set yrange [gradient_min:gradient_max]
y_from = gradient_min
y_to = gradient_max
set ytics autofreq
eval power_yticks
plot for [i = 1:count] data skip 1 index i - 1 using block_column:gradient_column \
        with lines linetype stroke(i) linewidth 1.8 linecolor rgb colour(i), \
    for [i = 1:count] data skip 1 index i - 1 using block_column: \
        (mark_at(column(block_column), i) ? column(gradient_column) : NaN) \
        with points pointtype marker(i) pointsize 0.8 linecolor rgb colour(i)
unset multiplot
