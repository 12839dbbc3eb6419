/* Rounds over ranks, at any rank but the first: it reads the configuration that rank 0 sends, since
 * standard input is that one's alone, sees that its own data and version are the same, and computes
 * its share of every order. It never fails by itself: rank 0 is told why, and says when it is over.
 */
#include <stdlib.h>
#include <string.h>

#include "study/ranks.h"
#include "study/rounds.h"
#include "study/share.h"

/* The configuration of the opening, if its run is the same here. */
static sn_status read_opening(const sn_opening *head, sn_config **config, sn_error *err)
{
    const size_t *done = (const size_t *)(const void *)(head + 1);
    const char *path = (const char *)(done + head->n_points), *text = path + head->path;
    sn_config_errors errors = {0};
    sn_identity here = {0};
    sn_status status = sn_config_parse(path, text, head->text - 1, 0, NULL, config, &errors);
    if (status != SN_OK)
        sn_fail(err, status, "%s", errors.count > 0 ? errors.lines[0] : "no configuration");
    sn_config_errors_free(&errors);
    if (status == SN_OK)
        status = sn_identity_make(*config, &here, err);
    if (status == SN_OK && memcmp(here.digest, head->digest, sizeof here.digest) != 0)
        status = sn_fail(err, SN_EINVAL, "another version of selfnorm, or other input data");
    sn_identity_free(&here);
    return status;
}

static void answer_orders(sn_share *share, sn_message *out)
{
    const size_t own = (size_t)sn_ranks_own(), ranks = (size_t)sn_ranks_count();
    for (;;) {
        void *bytes;
        size_t size;
        sn_ranks_hear(0, &bytes, &size);
        sn_order asked;
        if (size == sizeof asked) {
            memcpy(&asked, bytes, sizeof asked);
            sn_share_compute(share, &asked, own, ranks, out);
            sn_ranks_answer(out->bytes, out->size);
        }
        free(bytes);
        if (size == 0)
            return;
    }
}

/* Nothing can be done here; rank 0 knows, and says when it is over. */
static void wait_for_end(void)
{
    for (size_t size = 1; size > 0;) {
        void *bytes;
        sn_ranks_hear(0, &bytes, &size);
        free(bytes);
    }
}

void sn_rounds_serve(const sn_watch *watch)
{
    void *bytes;
    size_t size;
    sn_error err = {0};
    sn_config *config = NULL;
    sn_share share = {0};
    sn_message out = {0};
    sn_ranks_hear(0, &bytes, &size);
    if (size > 0) {
        const sn_opening *head = bytes;
        sn_answer said = {read_opening(head, &config, &err), 0, ""};
        if (said.status == SN_OK)
            said.status = sn_share_init(&share, config, (const size_t *)(const void *)(head + 1),
                                        head->threads, watch, &err);
        if (said.status == SN_OK && !sn_message_make_room(&out, sizeof said))
            said.status = sn_fail(&err, SN_ENOMEM, "out of memory");
        memcpy(said.message, err.message, sizeof said.message);
        sn_ranks_answer(&said, sizeof said);
        if (said.status == SN_OK)
            answer_orders(&share, &out);
        else
            wait_for_end();
    }
    sn_share_clear(&share);
    sn_config_free(config);
    free(out.bytes);
    free(bytes);
}
