# --- distribution: pre-activations of some layers beside the normal density ---------------------

set datafile separator "\t" # text cells may hold spaces
right = 1 - 152.0 / width
middle = left + 0.47 * (right - left)
if (in_terminal) {
    set terminal dumb size 100, 12 + 12 * panels noenhanced
}

# Early layers are light, late ones dark, in grey too.
array hues[6] = ['#f6c667', '#ef9a56', '#dd7280', '#b35fa5', '#7f52b5', '#4a43a8']
hue(k) = hues[layer_count > 1 ? 1 + int((k - 1) * 5.0 / (layer_count - 1) + 0.5) : 5]
gap = panels > 1 ? 36.0 / height : 0
note = networks > panels ? sprintf('%d more of %d networks not shown', networks - panels, networks) : ''
if (note ne '') bottom = bottom + 20.0 / height
lowest = 10.0**floor(log10(density_least))
if (lowest < 1e-8) lowest = 1e-8
if (lowest > 1e-4) lowest = 1e-4
reach = 0.01 + (z_max > -z_min ? z_max : -z_min)
named = panels > 1 || names[1] ne ''
if (named) top = top - 18.0 / height
row = (top - bottom + gap) / panels

has(k, i) = blocks[6 * (k - 1) + i] >= 0
at(k, i) = blocks[6 * (k - 1) + i] < 0 ? 0 : blocks[6 * (k - 1) + i]
first(k) = has(k, 1) ? at(k, 1) : 0
# In the tails what is zero lies below the axis.
inside(v) = v > 0.01 * lowest ? v : 0.01 * lowest
# A band is a box a bin, as the bins are steps.
stats data skip 1 index first(1) using z_column nooutput
half_bin = STATS_records > 1 ? 0.5 * (STATS_max - STATS_min) / (STATS_records - 1) : 0
bands = density_se > 0 && !in_terminal

if (!in_terminal) set grid xtics ytics linecolor rgb '#e6e6e6' linetype 1 linewidth 0.6 dashtype 1
unset colorbox
if (in_terminal) {
    unset title # wider than a panel
    set multiplot title heading."\n".subheading noenhanced
} else {
    set multiplot
}
do for [k = 1:panels] {
    set tmargin at screen top - (k - 1) * row
    set bmargin at screen top - k * row + gap
    if (k == panels) {
        set format x '%g'
        set xlabel 'pre-activation, in deviations' textcolor rgb ink
        if (!in_terminal && note ne '') {
            set label 4 note at screen left, 14.0 / height left noenhanced \
                font font_name.',9' textcolor rgb '#595959'
        }
    } else {
        set format x ''
    }
    if (named && !in_terminal) {
        set label 3 names[k] at graph 0, graph 1 offset character 0, 0.7 left \
            noenhanced font font_name.' Bold,9' textcolor rgb ink
    }
    if (named && in_terminal) {
        set label 3 names[k] at graph 0.04, graph 0.9 left noenhanced front
    }

    # To the left, linear.
    set lmargin at screen left
    set rmargin at screen middle
    unset logscale y
    set xrange [reach > 4.2 ? -4.2 : -reach:reach > 4.2 ? 4.2 : reach]
    set xtics 2
    set yrange [0:density_most < 0.4 ? 0.44 : density_most < 1.1 ? 1.1 * density_most : 1.21]
    set ytics density_most > 0.7 ? 0.5 : 0.1
    set format y '%g'
    set ylabel 'density' textcolor rgb ink
    unset key
    plot for [i = 1:bands * layer_count] data skip 1 index at(k, i) using \
            (has(k, i) ? column(z_column) : NaN):(column(density_column)): \
            (column(z_column) - half_bin):(column(z_column) + half_bin): \
            (column(density_column) - 2 * column(density_se)): \
            (column(density_column) + 2 * column(density_se)) \
            with boxxyerror linecolor rgb hue(i) fillstyle transparent solid 0.2 noborder, \
        for [i = 1:layer_count] data skip 1 index at(k, i) using \
            (has(k, i) ? column(z_column) : NaN):(column(density_column)) \
            with histeps linewidth 1.6 linecolor rgb hue(i), \
        data skip 1 index first(k) using z_column:normal_column \
            with lines linewidth 1.3 dashtype (8, 5) linecolor rgb '#000000'

    # To the right, the tails.
    unset label 1
    unset label 2
    unset label 3
    unset label 4
    set lmargin at screen middle + 62.0 / width
    set rmargin at screen right
    set logscale y
    set xrange [-reach:reach]
    set yrange [lowest:density_most > 0.4 ? 2 * density_most : 1]
    set ytics autofreq
    set format y power_of_ten
    unset ylabel
    plot for [i = 1:bands * layer_count] data skip 1 index at(k, i) using \
            (has(k, i) && column(density_column) > 0 ? column(z_column) : NaN): \
            (column(density_column)): \
            (column(z_column) - half_bin):(column(z_column) + half_bin): \
            (inside(column(density_column) - 2 * column(density_se))): \
            (inside(column(density_column) + 2 * column(density_se))) \
            with boxxyerror linecolor rgb hue(i) fillstyle transparent solid 0.14 noborder notitle, \
        for [i = 1:layer_count] data skip 1 index at(k, i) using \
            (has(k, i) ? column(z_column) : NaN):(inside(column(density_column))) \
            with histeps linewidth 1.6 linecolor rgb hue(i) notitle, \
        data skip 1 index first(k) using z_column:normal_column \
            with lines linewidth 1.3 dashtype (8, 5) linecolor rgb '#000000'
}

# What the colours mean, beside all panels.
set tmargin at screen top
set bmargin at screen bottom
unset logscale y
set yrange [0:1]
unset border
unset tics
unset grid
unset xlabel
set key at screen right + 0.015, screen top top left Left reverse samplen 2 maxrows 40 \
    spacing 1.25 font font_name.',9'
plot -1 notitle, \
    for [i = 1:layer_count] keyentry with lines linewidth 3 linecolor rgb hue(i) \
        title sprintf('layer %d', layers[i]), \
    keyentry with lines linewidth 1.3 dashtype (8, 5) linecolor rgb '#000000' title 'normal', \
    for [i = 1:bands] keyentry with boxes fillstyle solid 0.25 noborder \
        linecolor rgb '#595959' title '± 2 std. errors'
unset multiplot
