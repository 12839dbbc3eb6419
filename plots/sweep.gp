# --- sweep: what networks end with, over one or two swept keys ----------------------------------

# Names along the axes: of those that would touch the one before none; long ones aslant.
if (is_cells) {
    left = (50.0 + 7.0 * (y_characters > 5 ? y_characters : 5)) / width
    right = 1 - 130.0 / width
} else {
    right = 1 - (70.0 + 7.3 * (label_characters > 20 ? label_characters : 20)) / width
}
x_width = (right - left) * width
slanted = x_named && x_count * 7.5 * (x_characters + 1) > x_width
# What a key below the cells has to tell.
keyed = 0
if (is_cells) {
    keyed = exploded_all + exploded_some + died_all + died_some > 0 \
        || x_count * 52 > x_width || y_count * 26 > (top - bottom) * height - 60
}
bottom = bottom + (keyed ? 26.0 : 0) / height \
    + (slanted ? 4.6 * (x_characters > 3 ? x_characters - 3 : 0) : 0) / height
set bmargin at screen bottom
set lmargin at screen left
set rmargin at screen right
if (!in_terminal) {
    set label 1 at screen 82.0 / width, 1 - 22.0 / height
    set label 2 at screen 82.0 / width, 1 - 22.0 / height - 1.35 * line * heading_lines
}

set xrange [x_min:x_max]
set xtics noenhanced
set xtics ('' x_min - 1)
if (slanted) {
    set xtics rotate by 35 right
}
room = (slanted ? 15.0 : x_named ? 0 : 7.5 * (x_characters + 1)) / x_width * (x_max - x_min)
taken = x_min - 2 * (x_max - x_min)
do for [i = 1:x_count] {
    if (x_places[i] - taken >= room) {
        set xtics add (x_names[i] x_places[i])
        taken = x_places[i]
    }
}
set xlabel x_label noenhanced textcolor rgb ink

if (is_cells) {
    # Words are read from the top.
    up = y_named ? -1 : 1
    set yrange [(y_named ? y_max : y_min):(y_named ? y_min : y_max)]
    set ytics noenhanced
    set ytics ('' y_min - 1)
    taken = y_min - 2 * (y_max - y_min)
    do for [i = 1:y_count] {
        if (y_places[i] - taken >= (y_named ? 14.0 : 20.0) / ((top - bottom) * height) * (y_max - y_min)) {
            set ytics add (y_names[i] y_places[i])
            taken = y_places[i]
        }
    }
    set ylabel y_label noenhanced textcolor rgb ink offset screen 0, 0
    set tics front

    # As in the heat maps of the layer map, but about 1 (about 0 for what may be negative).
    set cbrange [-reach:reach]
    set palette defined (-4 '#053061', -3 '#2166ac', -2 '#4393c3', -1 '#a6cee3', 0 '#f7f7f7', \
        1 '#fdc98c', 2 '#e08214', 3 '#b35806', 4 '#6b3206')
    if (logarithmic) {
        power_from = -reach - 1e-9
        power_to = reach + 1e-9
        eval power_ticks
        set cbtics ('' -2 * reach)
        do for [i = 1:power_count] {
            bound = beyond_low && power_places[i] < 1e-6 - reach ? '≤ ' \
                : beyond_high && power_places[i] > reach - 1e-6 ? '≥ ' : ''
            set cbtics add (bound.power_names[i] power_places[i])
        }
    } else {
        set format cb '% g'
    }
    colour_label = quantity.(about_theory ? logarithmic ? ', over its theory' : ', less its theory' : '')
    if (!in_terminal) {
        set cblabel colour_label noenhanced textcolor rgb ink offset 1
    }
    set colorbox user origin screen right + 0.02, screen bottom size screen 0.022, screen top - bottom
    set key at screen left - 0.01, 16.0 / height left center vertical maxrows 1 Left reverse \
        samplen 1.2 font font_name.',9'

    # What a cell says: its number, if there is room, else whether it is above or below.
    spacious = x_width / x_count > 52 && (top - bottom) * height / y_count > 26
    legible = x_width / x_count > 11 && (top - bottom) * height / y_count > 11
    mantissa(v) = floor(10.0**(v - floor(v)) + 0.5)
    far(v) = mantissa(v) < 10 ? ten_power(mantissa(v), int(floor(v))) : ten_power(1, int(floor(v)) + 1)
    told(v) = logarithmic && (v < -2 || v >= 4) ? far(v) : gprintf(logarithmic && v >= 2.999 ? '%.0f' : '%.3g', logarithmic ? 10.0**v : v)
    sign(v) = abs(v) < 0.02 * reach ? '' : v < 0 ? '−' : '+'
    text(v) = spacious ? told(v) : legible ? sign(v) : ''
    # Signs stand on white where that leaves something of the cell.
    cell_size = x_width / x_count < (top - bottom) * height / y_count \
        ? x_width / x_count : (top - bottom) * height / y_count
    ringed = cell_size > 22
    size = spacious ? 1.0 : ringed ? 0.8 : cell_size > 10 ? 0.5 : 0.3
    pen(v) = abs(v) > 0.5 * reach ? 0xffffff : 0x262626
    mid_x(i) = ($1 + $2) / 2
    shift(i) = spacious && $7 + $8 > 0 ? 0.2 * up * ($4 - $3) : 0
    place(i) = ($3 + $4) / 2 - shift(0)
    marked(i) = ($3 + $4) / 2 + 1.1 * shift(0)

    plot $cells using ($6 > 0 ? NaN : mid_x(0)):(place(0)):1:2:3:4 with boxxyerror linewidth 0.5 \
            fillstyle solid 1 border rgb '#ffffff' fillcolor rgb '#d0d0d0' notitle, \
        $cells using ($6 > 0 ? mid_x(0) : NaN):(place(0)):1:2:3:4:5 with boxxyerror linewidth 0.5 \
            fillstyle solid 1 border rgb '#ffffff' fillcolor palette notitle, \
        $cells using (mid_x(0)):(place(0)):($6 > 0 && (spacious || $7 + $8 == 0) ? text($5) : ''): \
            (pen($5)) with labels center textcolor rgb variable font font_name.',8' notitle, \
        $cells using ($7 + $8 > 0 && ringed ? mid_x(0) : NaN):(marked(0)) with points pointtype 7 \
            pointsize 1.9 * size linecolor rgb '#ffffff' notitle, \
        for [k = 1:2] $cells using ($7 == k ? mid_x(0) : NaN):(marked(0)):(ringed ? 0 : pen($5)) \
            with points pointtype 7 + k pointsize size linecolor rgb variable notitle, \
        for [k = 1:2] $cells using ($8 == k && $7 == 0 ? mid_x(0) : NaN):(marked(0)): \
            (ringed ? 0 : pen($5)) \
            with points pointtype 9 + k pointsize size linecolor rgb variable notitle, \
        for [i = 1:exploded_all > 0] keyentry with points pointtype 9 linecolor rgb '#000000' \
            title 'all replicas exploded', \
        for [i = 1:exploded_some > 0] keyentry with points pointtype 8 linecolor rgb '#000000' \
            title 'some exploded', \
        for [i = 1:died_all > 0] keyentry with points pointtype 11 linecolor rgb '#000000' \
            title 'all died', \
        for [i = 1:died_some > 0] keyentry with points pointtype 10 linecolor rgb '#000000' \
            title 'some died', \
        for [i = 1:legible && !spacious] keyentry with dots linecolor rgb '#ffffff' \
            title logarithmic ? '+ above 1, − below' : '+ above 0, − below'
} else {
    set yrange [y_from:y_to]
    set y2range [0:1]
    if (logarithmic) {
        eval power_yticks
    }
    set ylabel quantity noenhanced textcolor rgb ink
    if (!in_terminal) {
        set grid xtics ytics linecolor rgb '#e6e6e6' linetype 1 linewidth 0.6 dashtype 1
    }
    set key at screen right + 0.02, top left top Left reverse samplen 2.4 spacing 1.25 \
        maxrows 40 font font_name.',9'
    # Those that exploded stand at the upper edge, those that died at the lower, series by series.
    cell = (x_max - x_min) / (x_count + 0.0)
    aside(i) = (i - (count + 1) / 2.0) * 0.7 * cell / count
    # Words have no order: nothing leads from one to the next.
    joined = !x_named && x_count > 1
    plot for [i = 1:theory * joined * count] $points index i - 1 using 1:5 with lines linewidth 1.1 \
            dashtype (16, 10) linecolor rgb colour(i) notitle, \
        for [i = 1:theory * !joined * count] $points index i - 1 using \
            ($1 - 0.3 * cell):5:(0.6 * cell):(0) with vectors nohead linewidth 1.1 \
            dashtype (16, 10) linecolor rgb colour(i) notitle, \
        for [i = 1:joined * count] $points index i - 1 using 1:2 with lines linewidth 2 \
            linecolor rgb pale(i) notitle, \
        for [i = 1:errors * count] $points index i - 1 using \
            1:2:3:4 with yerrorbars linewidth 1.4 \
            pointtype 0 linecolor rgb colour(i) notitle, \
        for [i = 1:count] $points index i - 1 using 1:2 with points pointtype marker(i) \
            pointsize 1 linecolor rgb colour(i) notitle, \
        for [i = 1:count] for [k = 1:2] $points index i - 1 using \
            ($1 + aside(i)):($6 == k ? 0.97 : NaN) \
            axes x1y2 with points pointtype 7 + k pointsize 1.1 linecolor rgb colour(i) notitle, \
        for [i = 1:count] for [k = 1:2] $points index i - 1 using \
            ($1 + aside(i)):($7 == k ? 0.03 : NaN) \
            axes x1y2 with points pointtype 9 + k pointsize 1.1 linecolor rgb colour(i) notitle, \
        for [i = 1:count] keyentry with linespoints linewidth 2 pointtype marker(i) \
            pointsize 1 linecolor rgb colour(i) title labels[i], \
        for [i = 1:theory] keyentry with lines linewidth 1.1 dashtype (16, 10) \
            linecolor rgb '#595959' title drift ? 'theory, with 1/width' : 'theory', \
        for [i = 1:errors] keyentry with lines linewidth 1.4 linecolor rgb '#595959' \
            title '± 2 standard errors', \
        for [i = 1:exploded_all > 0] keyentry with points pointtype 9 linecolor rgb '#595959' \
            title 'all exploded', \
        for [i = 1:exploded_some > 0] keyentry with points pointtype 8 linecolor rgb '#595959' \
            title 'some exploded', \
        for [i = 1:died_all > 0] keyentry with points pointtype 11 linecolor rgb '#595959' \
            title 'all died', \
        for [i = 1:died_some > 0] keyentry with points pointtype 10 linecolor rgb '#595959' \
            title 'some died'
}
