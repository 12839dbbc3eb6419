# --- moments: mean and variance of networks, layer by layer, beside the theory ------------------

# The theory's line has the term by the finite width in it where that is known.
predicted(limit, drift) = column(limit) + (drift > 0 && valid(drift) ? column(drift) : 0)
theory_title = mean_drift > 0 ? 'theory, with 1/width' : 'theory'

set datafile separator "\t" # text cells may hold spaces
left = 92.0 / width
set lmargin at screen left
if (!in_terminal) {
    set label 1 at screen left, 1 - 22.0 / height
    set label 2 at screen left, 1 - 22.0 / height - 1.35 * line * heading_lines
}
right = 1 - (70.0 + 7.3 * (label_characters > 20 ? label_characters : 20)) / width
split = bottom + 0.49 * (top - bottom)
gap = 14.0 / height

# Marks at every so many layers, each network's at layers of its own.
mark_step = layer_max > 12 ? int(layer_max / 8) : 1
mark_at(layer, i) = int(layer) % mark_step == int((i - 1) * mark_step / (count + 0.0)) % mark_step

set xrange [0:layer_max > 0 ? layer_max : 1]
if (!in_terminal) set grid xtics ytics linecolor rgb '#e6e6e6' linetype 1 linewidth 0.6 dashtype 1
set key at screen right + 0.02, top left top Left reverse samplen 2.4 spacing 1.25 \
    maxrows 40 font font_name.',9'
unset colorbox

set multiplot
set rmargin at screen right

# Above, the mean; its key names the networks for both. Far from 0 its axis is an asinh.
set tmargin at screen top
set bmargin at screen split + gap
set format x ''
set ylabel 'mean' textcolor rgb ink offset screen 0, 0
set yrange [mean_min:mean_max]
if (mean_asinh) {
    reach = mean_max > -mean_min ? mean_max : -mean_min
    eval asinh_ticks
}
plot for [i = 1:bands * count] data skip 1 index i - 1 using layer_column: \
        (column(mean_column) - 2 * column(mean_se)):(column(mean_column) + 2 * column(mean_se)) \
        with filledcurves linecolor rgb colour(i) fillstyle transparent solid 0.18 noborder \
        notitle, \
    for [i = 1:count] data skip 1 index i - 1 using layer_column:mean_column \
        with lines linewidth 3 linecolor rgb pale(i) notitle, \
    for [i = 1:theory * count] data skip 1 index i - 1 using layer_column: \
        (predicted(mean_theory, mean_drift)) \
        with lines linewidth 1.1 dashtype (16, 10) linecolor rgb colour(i) notitle, \
    for [i = 1:count] data skip 1 index i - 1 using layer_column: \
        (mark_at(column(layer_column), i) ? column(mean_column) : NaN) \
        with points pointtype marker(i) pointsize 0.8 linecolor rgb colour(i) notitle, \
    for [i = 1:count] keyentry with linespoints linewidth 2 pointtype marker(i) \
        pointsize 0.8 linecolor rgb colour(i) title labels[i], \
    for [i = 1:theory] keyentry with lines linewidth 1.1 dashtype (16, 10) \
        linecolor rgb '#595959' title theory_title, \
    for [i = 1:bands] keyentry with boxes fillstyle solid 0.25 noborder \
        linecolor rgb '#595959' title '± 2 standard errors'

# Below, the variance.
unset label 1
unset label 2
unset title
unset nonlinear y
unset key
set tmargin at screen split - gap
set bmargin at screen bottom
set format x '%g'
set format y '%g'
set ytics autofreq
set xlabel 'layer' textcolor rgb ink
set ylabel 'variance' textcolor rgb ink
set yrange [variance_min:variance_max]
if (variance_log) {
    set logscale y
    set format y power_of_ten
}
lowest = variance_log ? variance_min : -1e300
plot for [i = 1:bands * count] data skip 1 index i - 1 using layer_column: \
        (v = column(variance_column) - 2 * column(variance_se), v > lowest ? v : lowest): \
        (column(variance_column) + 2 * column(variance_se)) \
        with filledcurves linecolor rgb colour(i) fillstyle transparent solid 0.18 noborder, \
    for [i = 1:count] data skip 1 index i - 1 using layer_column:variance_column \
        with lines linewidth 3 linecolor rgb pale(i), \
    for [i = 1:theory * count] data skip 1 index i - 1 using layer_column: \
        (predicted(variance_theory, variance_drift)) \
        with lines linewidth 1.1 dashtype (16, 10) linecolor rgb colour(i), \
    for [i = 1:count] data skip 1 index i - 1 using layer_column: \
        (mark_at(column(layer_column), i) ? column(variance_column) : NaN) \
        with points pointtype marker(i) pointsize 0.8 linecolor rgb colour(i)
unset multiplot
