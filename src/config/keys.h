/* keys.h: the one table of configuration keys.
 *
 * A row (sn_key) says everything about a key: name, type, range, default, where its value goes and
 * what it means. The keys of an object make a shape (sn_shape). An object whose keys depend on what
 * it says itself has several variants: the file by its "kind", an activation by its "name". To add
 * a key, add a row; parser, suggestions, defaults, resolved JSON and schema follow.
 */
#ifndef SELFNORM_CONFIG_KEYS_H
#define SELFNORM_CONFIG_KEYS_H

#include "findings.h"
#include "memory.h"

/* Of a sweep, at most so many combinations and so many keys; and so many bytes for what all of them
 * point to, data files apart. */
enum { SN_MOST_POINTS = 10000, SN_MOST_SWEEPS = 64 };
#define SN_MOST_MEMORY ((size_t)1 << 26)

/* Of a decimal, at most so many characters (as sn_bound has room for); a smaller size than this is
 * a mistake. */
enum { SN_LONGEST_DECIMAL = 47 };
#define SN_SMALLEST_DECIMAL 1e-300

typedef struct sn_key sn_key;
typedef struct sn_shape sn_shape;

typedef enum sn_key_type {
    SN_KEY_NUMBER, /* lower to upper, both allowed unless above says otherwise */
    SN_KEY_WHOLE,  /* the same without a fraction */
    SN_KEY_FLAG,   /* true or false */
    SN_KEY_TEXT,   /* of at most upper characters */
    SN_KEY_NAME,   /* one of names */
    SN_KEY_OBJECT, /* of shape */
    SN_KEY_NAMES,  /* a list of at most upper different names */
    SN_KEY_LIST,   /* a list of lower to upper objects of shape, or of items */
    SN_KEY_SWEEP,  /* an object from pointers to lists of at most upper values in all, or ranges */

    /* Exact: a number that its double gives back as it is written, or a string that holds one, like
     * "0.1000000000000000055"; from lower to upper as a number. An interval of them is a list
     * [lower, upper], or one for both ends. */
    SN_KEY_DECIMAL,
    SN_KEY_INTERVAL
} sn_key_type;

typedef enum sn_presence {
    SN_REQUIRED,       /* no default */
    SN_OPTIONAL,       /* may be absent; a default, if any, depends on other keys */
    SN_DEFAULT_JSON,   /* default_json */
    SN_DEFAULT_NUMBER, /* default_number */
} sn_presence;

/* What a sweep over the key calls its column. */
typedef enum sn_column_naming {
    SN_COLUMN_OWN,    /* as the key: "width" */
    SN_COLUMN_PARENT, /* as the object it is in: "activation" for its "name" */
    SN_COLUMN_BOTH    /* as both: "input_mean" */
} sn_column_naming;

/* Names to choose from, with a line of doc each; both give NULL past the last. */
typedef struct sn_names {
    const char *(*name)(size_t index);
    const char *(*doc)(size_t index);
} sn_names;

struct sn_key {
    const char *name;
    const char *doc;
    sn_key_type type;
    sn_presence presence;
    const char *default_json;
    double default_number;
    double lower, upper;
    bool above; /* lower itself is not allowed */
    bool below; /* upper itself is not */
    const sn_names *names;
    const sn_shape *shape;
    const sn_key *item; /* of a list that is not of objects: what each of its values is */
    const sn_key
        *other;      /* what the value may be instead, told apart by its type in JSON; of that row
                            type, range, names, shape, item and other count */
    bool whole_file; /* speaks of the file as a whole and cannot be swept over */
    sn_column_naming column;

    /* Puts a checked value into the struct that the keys of the table fill, at offset. NULL: an
     * object's members go into the same struct, anything else nowhere. What the struct points to is
     * taken from memory. False: out of memory. */
    bool (*store)(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory);
    size_t offset;
};

struct sn_shape {
    const char *name; /* of the definition in the schema, NULL for the file; shapes of the same
                         name have the same keys, and the first of them is written */
    const sn_key *keys;
    size_t n_keys;
    size_t fewest; /* of all keys at least, */
    size_t most;   /* and at most, so many; 0: as many as there are */

    /* An object with variants has these instead of keys. key: the index-th key of a variant; false
     * past the last. variant: in words. pick: which one an object is, n_variants if it does not
     * say. allows: whether a name of the key that tells variants apart belongs to this one. */
    size_t (*n_variants)(void);
    bool (*key)(size_t variant, size_t index, sn_key *key);
    const char *(*variant)(size_t variant);
    size_t (*pick)(const cJSON *object);
    bool (*allows)(size_t variant, const char *key, const char *name);

    /* Checks what concerns several keys at once and fills in defaults that depend on other keys.
     * Members may be missing or wrong, which has been said by then. NULL: nothing to do. */
    void (*complete)(sn_findings *findings, const sn_path *path, cJSON *object);
};

/* The shape of a whole file; its variants are the kinds. */
extern const sn_shape sn_shape_file;

/* An activation's: by its name, its parameters. */
extern const sn_shape sn_shape_activation;

/* The tables of the kinds. */
extern const sn_key sn_map_keys[];
extern const size_t sn_n_map_keys;
extern const sn_key sn_simulate_keys[];
extern const size_t sn_n_simulate_keys;
extern const sn_key sn_verify_keys[];
extern const size_t sn_n_verify_keys;

/* An assertion's, in lists of a "verify" file: by its property. */
extern const sn_shape sn_shape_assertion;

/* What the complete of each kind of file does. */
void sn_complete_map(sn_findings *findings, const sn_path *path, cJSON *file);
void sn_complete_simulate(sn_findings *findings, const sn_path *path, cJSON *file);
void sn_complete_verify(sn_findings *findings, const sn_path *path, cJSON *file);

/* The row that says what a value is: the key's own or one of its others, by the value's type; NULL
 * where none takes values of that type. */
const sn_key *sn_key_choose(const sn_key *key, const cJSON *value);

/* The keys of one variant, for shapes whose variants have a table each. */
typedef struct sn_key_table {
    const sn_key *keys;
    size_t n;
} sn_key_table;

#define SN_KEY_TABLE(keys)                                                                         \
    {                                                                                              \
        keys, sizeof keys / sizeof keys[0]                                                         \
    }

/* *key becomes the index-th of a table; false past its last. */
bool sn_key_table_at(const sn_key_table *table, size_t index, sn_key *key);

/* Any shape's variants and keys; a shape without variants has one. */
size_t sn_shape_variants(const sn_shape *shape);
bool sn_shape_key(const sn_shape *shape, size_t variant, size_t index, sn_key *key);
size_t sn_shape_pick(const sn_shape *shape, const cJSON *object);

/* The key of that name in a variant; or in any, where variant is the number of variants. */
bool sn_shape_find(const sn_shape *shape, size_t variant, const char *name, sn_key *key);

/* The index of a name, or the number of names. */
size_t sn_names_find(const sn_names *names, const char *name);

/* The key's default as a new tree; NULL where there is none, or memory is out. */
cJSON *sn_key_default(const sn_key *key);

/* What the key takes, in words: "a whole number from 1 to 10". */
void sn_key_add_allowed(sn_text *text, const sn_key *key);

/* The ends of an interval that has been checked, or of what else there is; false if it has none. */
bool sn_interval_ends(const cJSON *value, const cJSON **lower, const cJSON **upper);

/* Stores of single values: a double, a size_t, a uint64_t, a bool, an enum; the text of a decimal,
 * an sn_decimals; an sn_activation. */
bool sn_store_real(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory);
bool sn_store_size(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory);
bool sn_store_seed(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory);
bool sn_store_flag(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory);
bool sn_store_name(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory);
bool sn_store_decimal(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory);
bool sn_store_interval(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory);
bool sn_store_activation(const sn_key *key, const cJSON *value, void *spec, sn_memory *memory);

/* Stores the members of a checked object into the struct its table fills. */
bool sn_shape_store(const sn_shape *shape, const cJSON *object, void *spec, sn_memory *memory);

/* The index-th key's name of a variant, or of all variants in a row; NULL past the last. The
 * context is an sn_keys_of. */
typedef struct sn_keys_of {
    const sn_shape *shape;
    size_t variant;
} sn_keys_of;

const char *sn_shape_key_name(const void *context, size_t index);

/* Complains: found this value, allowed is what the key takes. */
void sn_complain_value(sn_findings *findings, const sn_path *path, const sn_key *key,
                       const cJSON *value);

/* Checks a value of SN_KEY_DECIMAL or SN_KEY_INTERVAL. */
void sn_decimal_check(sn_findings *findings, const sn_path *path, const sn_key *key,
                      const cJSON *value);

/* Checks an object against its shape, and fills in every default. */
void sn_shape_check(sn_findings *findings, const sn_path *path, const sn_shape *shape,
                    cJSON *object);

#endif
