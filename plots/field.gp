# --- field: where one layer moves a mean and a variance, and where that ends --------------------

right = 1 - 118.0 / width
bottom = bottom + 34.0 / height
set rmargin at screen right
set bmargin at screen bottom
set palette defined (0 '#c6d7e8', 1 '#7fa6cf', 2 '#2f6db0', 3 '#08306b')
set cbrange [0.01 * step_max:step_max]
set logscale cb
set format cb power_of_ten
if (!in_terminal) set cblabel 'length of the step, |(Δμ, Δν)|' \
    textcolor rgb ink offset 1.5
set colorbox user origin screen right + 0.02, screen bottom size screen 0.022, screen top - bottom
set style arrow 1 head filled size screen 0.008, 18 linewidth 1.1 linecolor palette
set key at screen (left + right) / 2, 20.0 / height center vertical maxrows 2 Left reverse samplen 1.5 \
    font font_name.',9'
set tics front

other_count = fixed_count - attracting_count - curve_count

plot data skip 1 every arrow_x:arrow_y:arrow_x0:arrow_y0 \
        using x_column:y_column: \
            (arrow_dx(mu(0), nu(0), dmu(0), dnu(0))):(arrow_dy(mu(0), nu(0), dmu(0), dnu(0))): \
            (sqrt(dmu(0)**2 + dnu(0)**2)) \
        with vectors arrowstyle 1 notitle, \
    for [i = 1:paths] paths_data skip 1 using paths_mu:paths_nu with lines linewidth 3.2 \
        linecolor rgb '#ffffff' notitle, \
    for [i = 1:paths] paths_data skip 1 using paths_mu:paths_nu with linespoints linewidth 1.8 \
        pointtype 7 pointsize 0.35 linecolor rgb '#d55e00' title 'trajectory', \
    for [i = 1:paths] paths_data skip 1 \
        using paths_mu:(column(paths_layer) == 0 ? column(paths_nu) : NaN) \
        with points pointtype 7 pointsize 1.1 linecolor rgb '#ffffff' notitle, \
    for [i = 1:paths] paths_data skip 1 \
        using paths_mu:(column(paths_layer) == 0 ? column(paths_nu) : NaN) \
        with points pointtype 6 pointsize 1.1 linewidth 1.8 linecolor rgb '#d55e00' \
        title 'its start', \
    for [i = 1:fixed_count > 0] $fixed using 1:2 with points pointtype 7 pointsize 1.7 \
        linecolor rgb '#ffffff' notitle, \
    for [i = 1:attracting_count > 0] $fixed using 1:($3 > 0 ? $2 : NaN) with points pointtype 7 \
        pointsize 1.4 linecolor rgb '#000000' title 'attracting fixed point', \
    for [i = 1:other_count > 0] $fixed using 1:($3 == 0 ? $2 : NaN) with points \
        pointtype 6 pointsize 1.4 linewidth 2 linecolor rgb '#000000' \
        title attracting_count > 0 ? 'other fixed point' : 'fixed point, not attracting', \
    for [i = 1:curve_count > 0] $fixed using 1:($3 < 0 ? $2 : NaN) with points \
        pointtype 12 pointsize 1.7 linewidth 2 linecolor rgb '#000000' \
        title 'fixed, on a curve'
