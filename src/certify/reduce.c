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
 *   - an entry of J: linear in omega, or in tau; mu_next - mu: falls with mu.
 *   - the spectral radius of J: quasi-convex, in omega and in tau. For it is at most r exactly if
 *     det J <= r^2 and r |tr J| <= r^2 + det J (Jury), which is a triangle in the plane of trace and
 *     determinant; and both of these are affine in omega, and in tau. So where it is at most r is
 *     an interval, and it is largest at an end.
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
 *   To that end of the walk which is better, not known beforehand: at any of the four ends. If
 *       omega = 0 = x, mu is free, and if mu = 0 = x, omega is: what was said of the walk above
 *       holds of that one as well.
 *
 * A face too many does no harm: whatever sign is in doubt counts as both. For the centred map x is
 * constant and J = A diag(0, tau); mu and omega have no effect but on mu_next - mu, and any one value
 * of them will do.
 *
 * The ensemble map has y = tau (nu + mu^2) and J = A [omega 0; 2 tau mu tau]. There the walk along
 * tau (nu + mu^2) = y, with mu and omega fixed, is taken alone: it changes x as little, trace and
 * determinant of J are affine in tau as well, and so is J, whence its norm is convex. */
#include "certify/extreme.h"

/* A walk at fixed x or y. */
typedef enum walk { STAY, ANY, UP, DOWN, ENDS } walk;

/* Which way omega (in size) and tau may go without making the quantity smaller. */
static void walks(const sn_search *s, walk *omega, walk *tau)
{
    const sn_map_kind kind = s->map->kind;
    *omega = *tau = ANY;
    switch (s->measure.quantity) {
    case SN_Q_MU_NEXT:
    case SN_Q_XI_NEXT:
    case SN_Q_NU_NEXT:
        break;
    case SN_Q_MU_CHANGE:
        *omega = ENDS;
        break;
    case SN_Q_NU_CHANGE:
    case SN_Q_CHI1:
        *tau = UP;
        break;
    case SN_Q_DMU_DMU: /* omega M_x; for the ensemble map 2 mu tau M_y as well */
    case SN_Q_DNU_DMU:
        *omega = ENDS;
        *tau = kind == SN_MAP_ENSEMBLE ? ENDS : ANY;
        break;
    case SN_Q_DMU_DNU: /* tau M_y */
    case SN_Q_DNU_DNU:
        *tau = ENDS;
        break;
    case SN_Q_SPECTRAL_NORM:
        *omega = *tau = UP;
        if (kind == SN_MAP_ENSEMBLE)
            *tau = s->is_upper ? ENDS : STAY;
        break;
    case SN_Q_SPECTRAL_RADIUS:
        *omega = *tau = s->is_upper ? ENDS : STAY;
        if (kind == SN_MAP_CENTRED)
            *tau = UP; /* tau |V_y| */
        break;
    case SN_QUANTITY_COUNT:
        *omega = *tau = STAY;
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
    if (way == ENDS) {
        for (n = 0; n < 4; n++)
            faces[n] = face(cell, n < 2 ? first : second, n % 2 == 1);
        return n;
    }
    arb_ptr at = _arb_vec_init(SN_BOX_DIM);
    sn_box_at(at, s->box, cell, 64);
    n = way == DOWN ? grow(cell, at, second, first, faces) : grow(cell, at, first, second, faces);
    _arb_vec_clear(at, SN_BOX_DIM);
    return n;
}

size_t sn_reduce(const sn_search *s, sn_part faces[SN_MAX_FACES])
{
    walk omega, tau;
    walks(s, &omega, &tau);
    if (!s->is_upper) {
        omega = backwards(omega);
        tau = backwards(tau);
    }
    sn_part whole = s->cell;
    if (s->map->kind == SN_MAP_ENSEMBLE)
        return along(s, tau, &whole, SN_BOX_NU, SN_BOX_TAU, faces);
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
