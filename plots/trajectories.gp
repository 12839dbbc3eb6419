# --- trajectories: mean and variance along the layers -------------------------------------------

named = count <= 12
right = 1 - (named ? 70.0 + 7.3 * label_characters : 24.0) / width
split = bottom + 0.49 * (top - bottom)
gap = 14.0 / height
# Marks at every so many layers, each trajectory's at layers of its own.
mark_step = layer_max > 24 ? int(layer_max / 12) : 1
mark_at(layer, i) = int(layer) % mark_step == int((i - 1) * mark_step / (count + 0.0)) % mark_step

set xrange [0:layer_max > 0 ? layer_max : 1]
if (!in_terminal) set grid xtics ytics linecolor rgb '#e6e6e6' linetype 1 linewidth 0.6 dashtype 1
set key at screen right + 0.02, top left top Left reverse samplen 2.4 spacing 1.25 \
    font font_name.',9'
if (!named) unset key

set multiplot
set rmargin at screen right
set tmargin at screen top
set bmargin at screen split + gap
set format x ''
set ylabel 'mean μ' textcolor rgb ink
set yrange [mean_min:mean_max]
if (mean_asinh) {
    reach = mean_max > -mean_min ? mean_max : -mean_min
    eval asinh_ticks
}
plot for [i = 1:fixed_count > 0] $fixed using (0):1:(layer_max):(0) with vectors nohead \
        linewidth 1 dashtype (16, 10) linecolor rgb ink notitle, \
    for [i = 1:count] data skip 1 index i - 1 using layer_column:mean_column with lines \
        linewidth 1.5 linecolor rgb colour(i) notitle, \
    for [i = 1:count] data skip 1 index i - 1 using layer_column: \
        (mark_at(column(layer_column), i) ? column(mean_column) : NaN) \
        with points pointtype marker(i) pointsize 0.7 linecolor rgb colour(i) notitle, \
    for [i = 1:count] keyentry with linespoints linewidth 1.5 pointtype marker(i) \
        pointsize 0.7 linecolor rgb colour(i) title labels[i], \
    for [i = 1:fixed_count > 0] keyentry with lines linewidth 1 dashtype (16, 10) \
        linecolor rgb ink title 'fixed point'

unset label 1
unset label 2
unset title
unset nonlinear y
unset key
set tmargin at screen split - gap
set bmargin at screen bottom
set format x '%g'
set ytics autofreq
set xlabel 'layer' textcolor rgb ink
set ylabel 'variance ν' textcolor rgb ink
set yrange [variance_min:variance_max]
if (variance_log) {
    set logscale y
    set format y power_of_ten
}
plot for [i = 1:fixed_count > 0] $fixed using (0):2:(layer_max):(0) with vectors nohead \
        linewidth 1 dashtype (16, 10) linecolor rgb ink, \
    for [i = 1:count] data skip 1 index i - 1 using layer_column:variance_column with lines \
        linewidth 1.5 linecolor rgb colour(i), \
    for [i = 1:count] data skip 1 index i - 1 using layer_column: \
        (mark_at(column(layer_column), i) ? column(variance_column) : NaN) \
        with points pointtype marker(i) pointsize 0.7 linecolor rgb colour(i)
unset multiplot
