
# --- a heat map: colours diverging from the main level, level lines with their values -----------

right = 1 - 118.0 / width
set rmargin at screen right
unset key

# Image and level lines are linear in the second axes, which take the logarithm where the first are
# logarithmic.
on_x(v) = x_log ? log10(v) : v
on_y(v) = y_log ? log10(v) : v

# The level lines of the (thinned) grid.
$levels << END
NaN NaN NaN
END
$main << END
NaN NaN NaN
END
set contour base
unset surface
set cntrparam levels incremental level_from, level_step, level_to
if (levels) {
    set table $levels
    splot data skip 1 every contour_x:contour_y:contour_x0:contour_y0 \
        using (on_x(column(x_column))):(on_y(column(y_column))):z_column
}
set cntrparam levels discrete main_level
if (main) {
    set table $main
    splot data skip 1 every contour_x:contour_y:contour_x0:contour_y0 \
        using (on_x(column(x_column))):(on_y(column(y_column))):z_column
}
unset table
unset contour

# Where their values go: at the middle of each line long enough to carry one or, if another value
# stands there, further along.
from_x = on_x(x_min)
from_y = on_y(y_min)
across = on_x(x_max) - from_x
up = on_y(y_max) - from_y
array placed_x[100]
array placed_y[100]
array placed_value[100]
placed = 0
array tries[7] = [0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9]
set print $numbers
print 'NaN NaN ?' # so that it exists
start = 0
lines = |$levels|
do for [i = 1:lines] {
    point = words($levels[i]) == 3 && substr($levels[i], 1, 1) ne '#'
    if (point && start == 0) {
        start = i
    }
    if (start > 0 && (!point || i == lines)) {
        value = word($levels[start], 3) + 0
        wanted = i - start > 24 && abs(value - main_level) > 0.01 * level_step && placed < 100
        do for [k = 1:7] {
            at = start + int(tries[k] * (i - start))
            a = (word($levels[at], 1) - from_x) / across
            b = (word($levels[at], 2) - from_y) / up
            free = wanted && a > 0.03 && a < 0.97 && b > 0.02 && b < 0.98
            do for [j = 1:placed] {
                same = abs(value - placed_value[j]) < 0.01 * level_step
                if (abs(a - placed_x[j]) < (same ? 0.6 : 0.07) \
                    && abs(b - placed_y[j]) < (same ? 0.15 : 0.035)) {
                    free = 0
                }
            }
            if (free) {
                placed = placed + 1
                placed_x[placed] = a
                placed_y[placed] = b
                placed_value[placed] = value
                print word($levels[at], 1), word($levels[at], 2), gprintf('%.4g', value)
                wanted = 0
            }
        }
        start = 0
    }
}
unset print

if (x_log) {
    set logscale x
    set format x power_of_ten
}
if (y_log) {
    set logscale y
    set format y power_of_ten
}
set xlabel x_label textcolor rgb ink
set ylabel y_label textcolor rgb ink
if (!in_terminal) set cblabel z_label textcolor rgb ink offset 1
set xrange [x_min:x_max]
set yrange [y_min:y_max]
set x2range [from_x:from_x + across]
set y2range [from_y:from_y + up]
unset x2tics
unset y2tics

set format cb '% g'
set cbrange [centre - reach:centre + reach]
set palette defined (-4 '#053061', -3 '#2166ac', -2 '#4393c3', -1 '#a6cee3', 0 '#f7f7f7', \
    1 '#fdc98c', 2 '#e08214', 3 '#b35806', 4 '#6b3206')
set style textbox opaque noborder fillcolor rgb '#f7f7f7' margins 0.4, 0.4
set colorbox user origin screen right + 0.02, screen bottom size screen 0.022, screen top - bottom
set tics front

plot data skip 1 every image_x:image_y:image_x0:image_y0 \
        using (on_x(column(x_column))):(on_y(column(y_column))):z_column axes x2y2 with image, \
    for [i = 1:levels] $levels using 1:($3 > main_level ? $2 : NaN) axes x2y2 with lines linewidth 0.8 \
        linecolor rgb ink, \
    for [i = 1:levels] $levels using 1:($3 < main_level ? $2 : NaN) axes x2y2 with lines linewidth 0.8 dashtype 2 \
        linecolor rgb ink, \
    for [i = 1:main] $main using 1:2 axes x2y2 with lines linewidth 2.4 linecolor rgb '#000000', \
    for [i = 1:placed > 0] $numbers using 1:2:3 axes x2y2 with labels boxed \
        font font_name.',8' textcolor rgb ink, \
    for [i = 1:fixed_count > 0] $fixed using 1:2 with points pointtype 7 pointsize 1.7 \
        linecolor rgb '#ffffff', \
    for [i = 1:fixed_count > 0] $fixed using 1:($3 > 0 ? $2 : NaN) with points pointtype 7 \
        pointsize 1.4 linecolor rgb '#000000', \
    for [i = 1:fixed_count > 0] $fixed using 1:($3 > 0 ? NaN : $2) with points pointtype 6 \
        pointsize 1.4 linewidth 2 linecolor rgb '#000000'
