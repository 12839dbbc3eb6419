# --- style: what all pictures share -----------------------------------------------------------

set encoding utf8
set decimalsign '.'
set minussign
if (!exists('format')) format = 'png'
if (!exists('output')) output = name.'.'.format

in_terminal = format eq 'terminal'
font_name = 'DejaVu Sans'
power_of_ten = in_terminal ? '1e%T' : '10^{%T}'
if (format eq 'png') {
    set terminal pngcairo size 2*width,2*height fontscale 2 linewidth 2 pointscale 2 \
        enhanced butt font font_name.',10' background '#ffffff'
}
if (format eq 'svg') {
    set terminal svg size width,height fontscale 1.3 enhanced butt \
        font font_name.',10' background '#ffffff'
}
if (format eq 'pdf') {
    set terminal pdfcairo size width/96.,height/96. fontscale 0.68 pointscale 0.6 \
        enhanced butt font font_name.',10' background '#ffffff'
}
if (in_terminal) {
    set terminal dumb size 100,36 noenhanced
} else {
    set output output
}

# Okabe and Ito's colours, told apart by colour-blind readers, in an order of unlike greys.
array colours[8] = ['#0072b2', '#d55e00', '#009e73', '#000000', \
    '#cc79a7', '#e69f00', '#56b4e9', '#7f7f7f']
array pales[8] = ['#8cbfde', '#efb68c', '#8cd2bd', '#a6a6a6', '#e8c1d7', '#f4d38c', '#b3dcf5', \
    '#c4c4c4']
array markers[8] = [7, 5, 9, 13, 11, 6, 4, 8]
colour(i) = colours[(i - 1) % 8 + 1]
pale(i) = pales[(i - 1) % 8 + 1]
marker(i) = markers[(i - 1) % 8 + 1]
ink = '#262626'

set border linecolor rgb ink linewidth 0.8
set tics textcolor rgb ink scale 0.6
set key noenhanced textcolor rgb ink
set bars 0.6

# Fractions of the canvas: the heading above, then the plots between top and bottom.
line = 18.0 / height
top = 1 - 12.0 / height - 1.35 * line * heading_lines - 1.15 * line * subheading_lines - 0.5 * line
bottom = 62.0 / height
left = 82.0 / width
right = 1 - 24.0 / width
set lmargin at screen left
set rmargin at screen right
set tmargin at screen top
set bmargin at screen bottom
if (!in_terminal) {
    set label 1 heading at screen left, 1 - 22.0 / height left noenhanced \
        font font_name.' Bold,12' textcolor rgb ink
    set label 2 subheading at screen left, 1 - 22.0 / height - 1.35 * line * heading_lines left \
        noenhanced font font_name.',10' textcolor rgb '#595959'
} else {
    set title heading."\n".subheading noenhanced
}

# Ticks of an asinh axis, for what is near 0 here and far away there: powers of ten, no more than
# five on either side, with small ticks between them where there is none left out.
ten_to(k, sign) = k == 0 ? sign.'1' : sprintf(in_terminal ? '%s1e%d' : '%s10^{%d}', sign, k)
asinh_ticks = "set nonlinear y via asinh(y) inverse sinh(y); set ytics ('0' 0); \
    by = ceil(log10(reach) / 4); \
    do for [i = (by > 1):4] { \
        power = i * by; \
        set ytics add (ten_to(power, '') 10.0**power); \
        set ytics add (ten_to(power, '−') -10.0**power); \
        do for [k = 2:9] { \
            if (by == 1) { \
                set ytics add ('' k * 10.0**power 1); \
                set ytics add ('' -k * 10.0**power 1) \
            } \
        } \
    }"

# Between the powers of ten of a logarithmic y axis that shows two or three of them, also 2 and 5.
log_ticks = "set logscale y; \
    set format y y_max < 1e5 * y_min ? '%g' : power_of_ten; \
    do for [i = (y_max < 300 * y_min ? -15 : 1):(y_max < 300 * y_min ? 15 : 0)] { \
        do for [k = 2:5:3] { \
            tick = k * 10.0**i; \
            if (tick > y_min && tick < y_max) { \
                set ytics add (sprintf('%g', tick) tick) \
            } \
        } \
    }"
