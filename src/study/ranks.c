/* MPI, or its absence. Only rank 0 and another talk with each other, and whoever waits for a
 * message looks for it a thousand times a second: MPI's own waiting keeps a processor busy, which
 * on a machine with as many threads as processors is taken from those that compute.
 */
#include "study/ranks.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* A number that a launcher has put into the environment; `otherwise` if none has. */
static long launched(const char *const *names, long otherwise)
{
    for (; *names != NULL; names++) {
        const char *text = getenv(*names);
        if (text != NULL && *text != '\0')
            return strtol(text, NULL, 10);
    }
    return otherwise;
}

static const char *const sizes[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", NULL};

#ifdef HAVE_MPI

#include <mpi.h>
#include <time.h>

enum { TAG = 1, CHUNK = 1 << 28 };

static bool is_running(void)
{
    int started = 0, ended = 0;
    MPI_Initialized(&started);
    MPI_Finalized(&ended);
    return started && !ended;
}

sn_status sn_ranks_start(bool *lead, sn_error *err)
{
    *lead = true;
    static const char *const ranks[] = {"PMIX_RANK", NULL};
    if (launched(sizes, 0) == 0 && launched(ranks, -1) < 0)
        return SN_OK;
    int provided;
    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS)
        return sn_fail(err, SN_ETOOL, "MPI does not start");
    *lead = sn_ranks_own() == 0;
    return SN_OK;
}

void sn_ranks_end(void)
{
    if (!is_running())
        return;
    if (sn_ranks_own() == 0)
        sn_ranks_tell(NULL, 0);
    MPI_Finalize();
}

int sn_ranks_count(void)
{
    int count = 1;
    if (is_running())
        MPI_Comm_size(MPI_COMM_WORLD, &count);
    return count;
}

int sn_ranks_own(void)
{
    int own = 0;
    if (is_running())
        MPI_Comm_rank(MPI_COMM_WORLD, &own);
    return own;
}

/* The size, and then the bytes in pieces that MPI can count. */
static void send_to(int rank, const void *bytes, size_t size)
{
    const uint64_t head = size;
    MPI_Send(&head, (int)sizeof head, MPI_BYTE, rank, TAG, MPI_COMM_WORLD);
    for (size_t at = 0; at < size; at += CHUNK) {
        const size_t left = size - at;
        MPI_Send((const char *)bytes + at, (int)(left < CHUNK ? left : CHUNK), MPI_BYTE, rank, TAG,
                 MPI_COMM_WORLD);
    }
}

void sn_ranks_tell(const void *bytes, size_t size)
{
    for (int rank = 1; rank < sn_ranks_count(); rank++)
        send_to(rank, bytes, size);
}

void sn_ranks_answer(const void *bytes, size_t size)
{
    send_to(0, bytes, size);
}

static void wait_for(int rank)
{
    enum { MOST = 1000000 };
    struct timespec pause = {0, 10000}; /* nanoseconds */
    for (int there = 0;;) {
        MPI_Iprobe(rank, TAG, MPI_COMM_WORLD, &there, MPI_STATUS_IGNORE);
        if (there)
            return;
        nanosleep(&pause, NULL);
        pause.tv_nsec = pause.tv_nsec < MOST / 2 ? 2 * pause.tv_nsec : MOST;
    }
}

void sn_ranks_hear(int rank, void **bytes, size_t *size)
{
    uint64_t head;
    wait_for(rank);
    MPI_Recv(&head, (int)sizeof head, MPI_BYTE, rank, TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    *size = (size_t)head;
    *bytes = malloc(*size > 0 ? *size : 1);
    if (*bytes == NULL)
        MPI_Abort(MPI_COMM_WORLD, 3);
    for (size_t at = 0; at < *size; at += CHUNK) {
        const size_t left = *size - at;
        MPI_Recv((char *)*bytes + at, (int)(left < CHUNK ? left : CHUNK), MPI_BYTE, rank, TAG,
                 MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    }
}

#else

sn_status sn_ranks_start(bool *lead, sn_error *err)
{
    static const char *const ranks[] = {"OMPI_COMM_WORLD_RANK", "PMI_RANK", NULL};
    const long count = launched(sizes, 1);
    *lead = launched(ranks, 0) == 0;
    if (count <= 1)
        return SN_OK;
    return sn_fail(err, SN_EINVAL,
                   "started %ld times by mpirun, but built without MPI (configure --with-mpi)",
                   count);
}

void sn_ranks_end(void) {}

int sn_ranks_count(void)
{
    return 1;
}

int sn_ranks_own(void)
{
    return 0;
}

void sn_ranks_tell(const void *bytes, size_t size)
{
    (void)bytes;
    (void)size;
}

void sn_ranks_answer(const void *bytes, size_t size)
{
    (void)bytes;
    (void)size;
}

void sn_ranks_hear(int rank, void **bytes, size_t *size)
{
    (void)rank;
    *bytes = NULL;
    *size = 0;
}

#endif
