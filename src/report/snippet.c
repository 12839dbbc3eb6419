/* The formats of snippets, and the one way to write any of them. */
#include "report/snippet.h"

#include <stdlib.h>

#include "report/snippet_parts.h"

static const struct {
    const char *name, *doc, *dialect;
} formats[] = {
#define ROW(id, name, doc, dialect) [id] = {name, doc, dialect},
    SN_SNIPPET_LIST(ROW)
#undef ROW
};

static void (*const writers[SN_SNIPPET_COUNT])(sn_snippet_pen *pen) = {
    [SN_SNIPPET_PYTORCH] = sn_snippet_pytorch,   [SN_SNIPPET_JAX] = sn_snippet_jax,
    [SN_SNIPPET_KERAS] = sn_snippet_keras,       [SN_SNIPPET_C] = sn_snippet_c,
    [SN_SNIPPET_ONNX] = sn_snippet_onnx,         [SN_SNIPPET_LATEX] = sn_snippet_latex,
    [SN_SNIPPET_MARKDOWN] = sn_snippet_markdown,
};

const char *sn_snippet_name(sn_snippet_format format)
{
    return format < SN_SNIPPET_COUNT ? formats[format].name : NULL;
}

const char *sn_snippet_doc(sn_snippet_format format)
{
    return format < SN_SNIPPET_COUNT ? formats[format].doc : NULL;
}

const char *sn_snippet_dialect(sn_snippet_format format)
{
    return format < SN_SNIPPET_COUNT ? formats[format].dialect : NULL;
}

sn_status sn_snippet_text(sn_snippet_format format, const sn_snippet *snippet, char **out,
                          sn_error *err)
{
    sn_draft draft = {0};
    sn_snippet_pen pen = {.out = &draft, .snippet = snippet};
    *out = NULL;
    writers[format](&pen);
    if (draft.failed) {
        free(draft.text);
        return sn_fail(err, SN_ENOMEM, "no memory for a snippet");
    }
    *out = draft.text;
    return SN_OK;
}
