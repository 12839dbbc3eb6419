/* Fewer dimensions: faces of a box on which a quantity's extreme over the box is taken.
 *
 * The neuron map sees (mu, nu, omega, tau) through x = mu omega and y = nu tau (the bias only adds to
 * them). Fix (x, y) and see what is left:
 *
 *   - mu_next, xi_next, nu_next: nothing.
 *   - nu_next - nu: falls with nu.
 *   - chi1 = tau E f'(z)^2: grows with tau.
 *   - the spectral norm of J = A diag(omega, tau), where A = [M_x M_y; V_x V_y] depends on (x, y)
 *     alone: grows with |omega| and with tau, because |J v|, v = (v1, v2), is |A (omega v1, tau v2)|,
 *     and for D' = diag(omega', tau') with |omega| <= |omega'|, tau <= tau' is D = D' E with
 *     |E| <= 1: |A D| = |A D' E| <= |A D'|. (A weight on nu multiplies tau's column and changes A:
 *     the same argument.)
 *
 * So walk from any point of the box along the curve nu tau = y in the direction in which the quantity
 * does not get less extreme, say tau up and nu down. The walk ends at the box's boundary: where tau
 * is at its upper or nu at its lower end. The extreme is therefore taken on one of these two faces;
 * and both are kept for quantities that do not change along the walk, for which either direction
 * serves. In the same way along mu omega = x:
 *
 *   |omega| up, |mu| down: ends at omega's upper end (from omega > 0), at its lower end (from
 *       omega < 0), or, where mu cannot be 0, at the end of mu nearer to 0. If omega = 0 = x, mu is
 *       free: move it to that end, or to 0, and then |omega| up.
 *   |omega| down, |mu| up: ends at mu's upper end (from mu > 0), at its lower end (from mu < 0), or,
 *       where omega cannot be 0, at the end of omega nearer to 0. If mu = 0 = x, omega is free: move
 *       it to that end, or to 0, and then mu to any end.
 *
 * A face too many does no harm: whatever sign is in doubt counts as both. For the centred map x is
 * constant; mu and omega have no effect but on mu_next - mu, and any one value of them will do. The
 * ensemble map's y depends on mu as well, and no walk is taken. */
#include "certify/extreme.h"

/* A walk at fixed x or y. */
typedef enum walk { STAY, ANY, UP, DOWN } walk;

/* Which way omega (in size) and tau may go without making the quantity smaller. */
static void walks(sn_quantity quantity, walk *omega, walk *tau)
{
    *omega = *tau = STAY;
    switch (quantity) {
    case SN_Q_MU_NEXT:
    case SN_Q_XI_NEXT:
    case SN_Q_NU_NEXT:
        *omega = *tau = ANY;
        break;
    case SN_Q_MU_CHANGE:
        *tau = ANY;
        break;
    case SN_Q_NU_CHANGE:
    case SN_Q_CHI1:
        *omega = ANY;
        *tau = UP;
        break;
    case SN_Q_DMU_DMU: /* omega M_x */
    case SN_Q_DNU_DMU:
        *tau = ANY;
        break;
    case SN_Q_DMU_DNU: /* tau M_y */
    case SN_Q_DNU_DNU:
        *omega = ANY;
        break;
    case SN_Q_SPECTRAL_NORM:
        *omega = *tau = UP;
        break;
    case SN_Q_SPECTRAL_RADIUS:
    case SN_QUANTITY_COUNT:
        break;
    }
}

static walk backwards(walk w)
{
    return w == UP ? DOWN : w == DOWN ? UP : w;
}

/* The face of a cell where a side is at its upper or lower end. */
static sn_part face(const sn_part *cell, int side, bool upper)
{
    sn_part f = *cell;
    if (upper)
        f.from[side] = f.to[side];
    else
        f.to[side] = f.from[side];
    return f;
}

/* Whether a side of the cell reaches above 0, or below. */
typedef struct reach {
    bool above, below;
} reach;

static reach reach_of(arb_srcptr at)
{
    return (reach){!arb_is_nonpositive(at), !arb_is_nonnegative(at)};
}

/* Faces for a walk along first * second = constant, on which |second| grows; at: both sides. */
static size_t grow(const sn_part *cell, arb_srcptr at, int first, int second,
                   sn_part faces[SN_MAX_FACES])
{
    const reach of_first = reach_of(&at[first]), of_second = reach_of(&at[second]);
    size_t n = 0;
    if (of_second.above)
        faces[n++] = face(cell, second, true);
    if (of_second.below)
        faces[n++] = face(cell, second, false);
    if (!of_first.below || n == 0)
        faces[n++] = face(cell, first, false); /* nearer to 0, or all of second is 0 */
    if (!of_first.above)
        faces[n++] = face(cell, first, true);
    return n;
}

static bool is_point(const sn_search *s, int side)
{
    return arb_is_zero(&s->box->width[side]) || s->cell.from[side] == s->cell.to[side];
}

/* The faces for one of the two products, of a given cell. */
static size_t along(const sn_search *s, walk way, const sn_part *cell, int first, int second,
                    sn_part faces[SN_MAX_FACES])
{
    const bool fixed = is_point(s, first) || is_point(s, second); /* nowhere to walk */
    size_t n = 1;
    faces[0] = *cell;
    if (way == STAY || fixed)
        return n;
    arb_ptr at = _arb_vec_init(SN_BOX_DIM);
    sn_box_at(at, s->box, cell, 64);
    n = way == DOWN ? grow(cell, at, second, first, faces) : grow(cell, at, first, second, faces);
    _arb_vec_clear(at, SN_BOX_DIM);
    return n;
}

size_t sn_reduce(const sn_search *s, sn_part faces[SN_MAX_FACES])
{
    walk omega, tau;
    walks(s->measure.quantity, &omega, &tau);
    if (!s->is_upper) {
        omega = backwards(omega);
        tau = backwards(tau);
    }
    sn_part whole = s->cell;
    if (s->map->kind == SN_MAP_ENSEMBLE) {
        faces[0] = whole;
        return 1;
    }
    if (s->map->kind == SN_MAP_CENTRED) {
        whole = face(&whole, SN_BOX_OMEGA, false);
        if (s->measure.quantity != SN_Q_MU_CHANGE)
            whole = face(&whole, SN_BOX_MU, false);
        return along(s, tau, &whole, SN_BOX_NU, SN_BOX_TAU, faces);
    }
    sn_part halves[SN_MAX_FACES];
    const size_t n = along(s, omega, &whole, SN_BOX_MU, SN_BOX_OMEGA, halves);
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += along(s, tau, &halves[i], SN_BOX_NU, SN_BOX_TAU, faces + count);
    return count;
}
