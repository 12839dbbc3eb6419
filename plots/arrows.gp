# --- arrows of a map's steps over the plane of mean and variance ----------------------------------

if (x_log) set logscale x
set xlabel x_label textcolor rgb ink
set ylabel y_label textcolor rgb ink
set xrange [x_min:x_max]
set yrange [y_min:y_max]
if (y_log) eval log_ticks

# Steps in fractions of the axes. An arrow keeps its direction on the paper; its length grows with
# the cube root of the step and is a cell's at most. The colour has the size of the step itself.
share_x(m, d) = x_log ? log(1 + d / m) / log(x_max / x_min) : d / (x_max - x_min)
share_y(v, d) = y_log ? log(1 + d / v) / log(y_max / y_min) : d / (y_max - y_min)
cell_x = 0.95 * arrow_x / (nx - 1)
cell_y = 0.95 * arrow_y / (ny - 1)
step(m, v, dm, dv) = sqrt((share_x(m, dm) / cell_x)**2 + (share_y(v, dv) / cell_y)**2)
shrink(s) = s > 0 ? (s < 8 ? (s / 8)**(1 / 3.) : 1) / s : 0
moved_x(m, f) = x_log ? m * ((x_max / x_min)**f - 1) : f * (x_max - x_min)
moved_y(v, f) = y_log ? v * ((y_max / y_min)**f - 1) : f * (y_max - y_min)
arrow_dx(m, v, dm, dv) = moved_x(m, share_x(m, dm) * shrink(step(m, v, dm, dv)))
arrow_dy(m, v, dm, dv) = moved_y(v, share_y(v, dv) * shrink(step(m, v, dm, dv)))

# The values of the row being read; gnuplot wants an argument.
mu(i) = column(x_column)
nu(i) = column(y_column)

