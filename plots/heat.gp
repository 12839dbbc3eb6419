
# --- a heat map: colours diverging from the main level, level lines with their values -----------

right = 1 - 118.0 / width
set rmargin at screen right
unset key
if (x_log) {
    set logscale x
    set format x '10^{%T}'
}
if (y_log) {
    set logscale y
    set format y '10^{%T}'
}

# The level lines of the (thinned) grid.
set contour base
unset surface
set cntrparam levels incremental level_from, level_step, level_to
set table $levels
splot data skip 1 every contour_x:contour_y:contour_x0:contour_y0 \
    using x_column:y_column:z_column
set cntrparam levels discrete main_level
set table $main
splot data skip 1 every contour_x:contour_y:contour_x0:contour_y0 \
    using x_column:y_column:z_column
unset table
unset contour

# Where the values go: at the middle of each line that is long enough to carry one.
set print $numbers
start = 0
lines = |$levels|
do for [i = 1:lines] {
    point = words($levels[i]) == 3 && substr($levels[i], 1, 1) ne '#'
    if (point && start == 0) {
        start = i
    }
    if (start > 0 && (!point || i == lines)) {
        middle = (start + i) / 2
        value = real(word($levels[middle], 3))
        if (i - start > 24 && abs(value - main_level) > 0.01 * level_step) {
            print word($levels[middle], 1), word($levels[middle], 2), sprintf('%.4g', value)
        }
        start = 0
    }
}
unset print

set xlabel x_label textcolor rgb ink
set ylabel y_label textcolor rgb ink
set cblabel z_label textcolor rgb ink
set xrange [x_min:x_max]
set yrange [y_min:y_max]

# Images are linear in their axes, so theirs are the second ones, in the logarithm where need be.
on_x(v) = x_log ? log10(v) : v
on_y(v) = y_log ? log10(v) : v
set x2range [on_x(x_min):on_x(x_max)]
set y2range [on_y(y_min):on_y(y_max)]
unset x2tics
unset y2tics

set cbrange [centre - reach:centre + reach]
set palette defined (-4 '#053061', -3 '#2166ac', -2 '#4393c3', -1 '#a6cee3', 0 '#f7f7f7', \
    1 '#fdc98c', 2 '#e08214', 3 '#b35806', 4 '#6b3206')
set style textbox opaque noborder fillcolor rgb '#f7f7f7' margins 0.4, 0.4
set colorbox user origin screen right + 0.02, screen bottom size screen 0.022, screen top - bottom
set tics front

plot data skip 1 every image_x:image_y:image_x0:image_y0 \
        using (on_x(column(x_column))):(on_y(column(y_column))):z_column axes x2y2 with image, \
    $levels using 1:($3 > main_level ? $2 : NaN) with lines linewidth 0.8 linecolor rgb ink, \
    $levels using 1:($3 < main_level ? $2 : NaN) with lines linewidth 0.8 dashtype 2 \
        linecolor rgb ink, \
    $main using 1:2 with lines linewidth 2.4 linecolor rgb '#000000', \
    for [i = 1:|$numbers| > 0] $numbers using 1:2:3 with labels boxed font font_name.',8' \
        textcolor rgb ink, \
    for [i = 1:fixed_count > 0] $fixed using 1:2 with points pointtype 7 pointsize 1.7 \
        linecolor rgb '#ffffff', \
    for [i = 1:fixed_count > 0] $fixed using 1:($3 > 0 ? $2 : NaN) with points pointtype 7 \
        pointsize 1.4 linecolor rgb '#000000', \
    for [i = 1:fixed_count > 0] $fixed using 1:($3 > 0 ? NaN : $2) with points pointtype 6 \
        pointsize 1.4 linewidth 2 linecolor rgb '#000000'
