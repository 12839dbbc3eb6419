# --- level lines of a grid, with their values ---------------------------------------------------
#
# z_at(i), the value of the row being read; z_levels, as set cntrparam takes them; main_level, drawn
# apart and without a value, level_name(value) for the others; level_step, what tells levels apart;
# is_free(a, b), whether a value may stand there, in fractions of the axes.

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
eval 'set cntrparam levels '.z_levels
if (levels) {
    set table $levels
    splot data skip 1 every contour_x:contour_y:contour_x0:contour_y0 \
        using (on_x(column(x_column))):(on_y(column(y_column))):(z_at(0))
}
set cntrparam levels discrete main_level
if (main) {
    set table $main
    splot data skip 1 every contour_x:contour_y:contour_x0:contour_y0 \
        using (on_x(column(x_column))):(on_y(column(y_column))):(z_at(0))
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
            free = wanted && is_free(a, b) && a > 0.03 && a < 0.97 && b > 0.02 && b < 0.98
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
                print word($levels[at], 1), word($levels[at], 2), level_name(value)
                wanted = 0
            }
        }
        start = 0
    }
}
unset print

