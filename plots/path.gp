# --- path: the layers of networks in the plane of mean and variance, over the arrows of the map ---

right = 1 - (70.0 + 7.3 * (label_characters > 22 ? label_characters : 22)) / width
set rmargin at screen right
set datafile separator "\t" # text cells may hold spaces
set style arrow 1 head filled size screen 0.006, 18 linewidth 0.9 linecolor rgb '#bdbdbd'
set key at screen right + 0.02, top left top Left reverse samplen 2.4 spacing 1.25 \
    maxrows 40 font font_name.',9'
set tics front
unset colorbox

other_count = fixed_count - attracting_count - curve_count

# The points of a path shrink with the layer, and fade half-way to white.
fade(layer) = 0.5 * (1 - 0.8**layer)
size(layer) = 0.45 + 0.8 * 0.75**layer
part(i, k) = int('0x'.substr(colour(i), k, k + 1))
faded(value, layer) = int(value + (255 - value) * fade(layer))
shade(i, layer) = 65536 * faded(part(i, 2), layer) + 256 * faded(part(i, 4), layer) \
    + faded(part(i, 6), layer)

plot data skip 1 every arrow_x:arrow_y:arrow_x0:arrow_y0 \
        using x_column:y_column: \
            (arrow_dx(mu(0), nu(0), dmu(0), dnu(0))):(arrow_dy(mu(0), nu(0), dmu(0), dnu(0))) \
        with vectors arrowstyle 1 notitle, \
    for [i = 1:fixed_count > 0] $fixed using 1:2 with points pointtype 7 pointsize 2.1 \
        linecolor rgb '#ffffff' notitle, \
    for [i = 1:attracting_count > 0] $fixed using 1:($3 > 0 ? $2 : NaN) with points pointtype 7 \
        pointsize 1.8 linecolor rgb '#000000' notitle, \
    for [i = 1:other_count > 0] $fixed using 1:($3 == 0 ? $2 : NaN) with points \
        pointtype 6 pointsize 1.8 linewidth 2 linecolor rgb '#000000' notitle, \
    for [i = 1:curve_count > 0] $fixed using 1:($3 < 0 ? $2 : NaN) with points \
        pointtype 12 pointsize 1.7 linewidth 2 linecolor rgb '#000000' notitle, \
    for [i = 1:count] paths_data skip 1 index i - 1 using paths_mu:paths_nu with lines \
        linewidth 3.6 linecolor rgb '#ffffff' notitle, \
    for [i = 1:count] paths_data skip 1 index i - 1 using paths_mu:paths_nu with lines \
        linewidth 2 linecolor rgb pale(i) notitle, \
    for [i = 1:theory * count] paths_data skip 1 index i - 1 using theory_mu:theory_nu with lines \
        linewidth 1.2 dashtype (12, 7) linecolor rgb colour(i) notitle, \
    for [i = 1:count] paths_data skip 1 index i - 1 using paths_mu:paths_nu: \
        (size(column(paths_layer))):(shade(i, column(paths_layer))) \
        with points pointtype marker(i) pointsize variable linecolor rgb variable notitle, \
    for [i = 1:attracting_count > 0] $fixed using 1:($3 > 0 ? $2 : NaN) with points pointtype 6 \
        pointsize 2.4 linewidth 1.2 linecolor rgb '#000000' notitle, \
    for [k = 1:number_count > 0] $numbers using 1:2:3:(int('0x'.substr(colour(int($4)), 2, 7))) \
        with labels left offset character 0.7, 0.55 textcolor rgb variable \
        font font_name.' Bold,8' notitle, \
    for [i = 1:count] keyentry with linespoints linewidth 2 pointtype marker(i) \
        pointsize 0.8 linecolor rgb colour(i) title labels[i], \
    for [i = 1:theory] keyentry with lines linewidth 1.2 dashtype (12, 7) \
        linecolor rgb '#595959' title 'theory', \
    for [i = 1:attracting_count > 0] keyentry with points pointtype 7 pointsize 1.5 \
        linecolor rgb '#000000' title 'attracting fixed point', \
    for [i = 1:other_count > 0] keyentry with points pointtype 6 pointsize 1.5 linewidth 2 \
        linecolor rgb '#000000' \
        title attracting_count > 0 ? 'other fixed point' : 'fixed point, not attracting', \
    for [i = 1:curve_count > 0] keyentry with points pointtype 12 pointsize 1.5 linewidth 2 \
        linecolor rgb '#000000' title 'fixed, on a curve', \
    for [i = 1:number_count > 0] keyentry with dots linecolor rgb '#ffffff' \
        title '0, 1, 2, 4 … layers'
