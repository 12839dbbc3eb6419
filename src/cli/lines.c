/* Lines of a name, a value and a remark. */
#include "cli/lines.h"

#include <math.h>
#include <stdio.h>

#include "report/number.h"

void print_line(int width, const char *name, const char *value, const char *remark)
{
    if (remark[0] != '\0')
        printf("  %-*s %-23s %s\n", width, name, value, remark);
    else
        printf("  %-*s %s\n", width, name, value);
}

void print_number(int width, const char *name, double value, const char *remark)
{
    char text[SN_NUMBER_SIZE];
    sn_number_text(value, text);
    print_line(width, name, text, remark);
}

void print_magnitude(int width, const char *name, double value, const char *remark)
{
    const double bound = value > 0 ? pow(10, floor(log10(value)) + 1) : 0;
    char text[SN_NUMBER_SIZE];
    snprintf(text, sizeof text, "at most %.0e", fmax(bound, 1e-14));
    print_line(width, name, text, remark);
}

void print_bound(int width, const char *name, double bound, const char *remark)
{
    char text[SN_NUMBER_SIZE], words[SN_NUMBER_SIZE + 8];
    sn_bound_text(bound, text);
    snprintf(words, sizeof words, "at most %s", text);
    print_line(width, name, words, remark);
}
